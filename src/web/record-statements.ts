import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { rdf } from '../model/terms.ts';
import type { Quad } from '../rdf/terms.ts';
import {
  isPart,
  objectView,
  propertyName,
  propertyView,
  statementsOf,
  type RecordView,
} from './record-view.ts';
import { isTimeSpan, timeSpanView } from './time-span.ts';

/** Parts of parts are shown to this depth; data that goes in circles ends here. */
const depthMax = 4;

/** What is stated of the record: a row for each property, each value with its sources. */
export const statementList = (view: RecordView): VNode =>
  html`<dl class="statements">
    ${rowsOf(view, view.description.iri, 0)} ${partsPointingToIt(view)}
  </dl>`;

/** Parts that point to the record while nothing points to them, as who catalogued it. */
const partsPointingToIt = (view: RecordView): VNode[] => {
  const { iri, quads } = view.description;
  const pointedTo = new Set(quads.map(({ object }) => object.value));
  const pointing = quads
    .filter(({ object, subject }) => object.value === iri && isPart(view, subject.value))
    .map(({ subject }) => subject.value)
    .filter((part) => !pointedTo.has(part));
  return [...new Set(pointing)].map((part) => {
    const types = statementsOf(view, part, rdf.type).map(({ object }) => object.value);
    return html`<dt>${types.map((type) => propertyView(view, type))}</dt>
      <dd><dl class="part">${rowsOf(view, part, 1)}</dl></dd>`;
  });
};

/** The rows of one node: its properties in the order of its shape, then by name. */
const rowsOf = (view: RecordView, subject: string, depth: number): VNode[] => {
  const statements = statementsOf(view, subject).filter(({ predicate, object }) =>
    predicate.value === rdf.type || object.value === view.description.iri
      ? false
      : !isEmptyPart(view, object.value),
  );
  const groups = Map.groupBy(statements, ({ predicate }) => predicate.value);
  return [...groups]
    .toSorted(([a], [b]) => orderOf(view, a) - orderOf(view, b) || compareNames(view, a, b))
    .map(
      ([property, own]) =>
        html`<dt>
            ${propertyView(view, property)}${
              view.description.shortcuts.has(property) &&
              html` <span class="tag" title=${view.context.words.say('derivedAbout')}
                >${view.context.words.say('derived')}</span
              >`
            }
          </dt>
          <dd>${valuesOf(view, own, depth)}</dd>`,
    );
};

/** Properties without a place in the shape come last. */
const orderOf = ({ description }: RecordView, property: string): number =>
  description.propertyOrder.get(property) ?? Number.MAX_SAFE_INTEGER;

const compareNames = (view: RecordView, a: string, b: string): number =>
  propertyName(view, a).value.localeCompare(
    propertyName(view, b).value,
    view.context.words.language,
  );

/** A part of which nothing is stated but its type says nothing to a reader. */
const isEmptyPart = (view: RecordView, iri: string): boolean =>
  isPart(view, iri) &&
  statementsOf(view, iri).every(({ predicate }) => predicate.value === rdf.type);

/** The values of one property, the same value of several sources once. */
const valuesOf = (view: RecordView, statements: readonly Quad[], depth: number): VNode[] => {
  const values = Map.groupBy(statements, ({ object }) =>
    object.termType === 'Literal'
      ? `${object.value}@${object.language}^^${object.datatype.value}`
      : object.value,
  );
  return [...values.values()].flatMap((own) => {
    const object = own[0]?.object;
    if (object === undefined) return [];
    const graphs = [...new Set(own.map(({ graph }) => graph.value))];
    const marks = view.sources.marks(graphs);
    if (isTimeSpan(view, object.value)) {
      return html`<div>${timeSpanView(view, object.value)}${marks}</div>`;
    }
    // The statements of a part have marks of their own.
    return isPart(view, object.value) && depth < depthMax
      ? html`<dl class="part">${rowsOf(view, object.value, depth + 1)}</dl>`
      : html`<div>${objectView(view, object)}${marks}</div>`;
  });
};
