import type { VNode } from 'preact';
import { isnad, rdf } from '../model/terms.ts';
import { dateView } from './date-view.ts';
import { statementsOf, valueOf, type RecordView } from './record-view.ts';

/** Whether the description says that a node is a time-span. */
export const isTimeSpan = (view: RecordView, iri: string): boolean =>
  statementsOf(view, iri, rdf.type).some(({ object }) => object.value === isnad.TimeSpan);

/**
 * A time-span as a date in words.
 *
 * @param written the words of the source, where the time-span itself has none
 */
export const timeSpanView = (view: RecordView, iri: string, written?: string): VNode =>
  dateView(
    view.context.words,
    {
      earliest: valueOf(view, iri, isnad.beginEarliest),
      latest: valueOf(view, iri, isnad.endLatest),
    },
    valueOf(view, iri, isnad.dateAsWritten) ?? written,
  );
