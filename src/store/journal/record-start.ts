/** Where a record starts, to find it by its sequence. */
export interface RecordStart {
  /** Number of the segment file, from 1. */
  readonly segment: number;
  readonly offset: number;
}
