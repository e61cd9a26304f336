import type { GraphSummary } from '../store.ts';
import type { Place } from './place.ts';
import type { RecordStart } from './record-start.ts';

/** All that opening a journal has to know of what lies before a commit. */
export interface JournalPoint {
  readonly place: Place;
  /** When the commit was recorded, ISO 8601 in UTC; empty before the first. */
  readonly recordedAt: string;
  /** What each graph holds after it. */
  readonly graphs: readonly GraphSummary[];
  /** Where each record up to it starts, the first commit's first. */
  readonly starts: readonly RecordStart[];
}
