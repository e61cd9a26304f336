import type { StoreStatus } from '../../store/watch.ts';
import type { ProcessReadings, Readings } from './sources.ts';

/** Label values, none of which comes from a request: their number is bounded. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** One metric: what it is called, what it means, and how it is read. `docs/metrics.md` lists the same. */
export interface Metric {
  readonly name: string;
  readonly kind: 'counter' | 'gauge';
  readonly labels: readonly string[];
  readonly help: string;
  readonly read: (readings: Readings) => readonly Sample[];
}

/** Reads a metric of the store, of which there is none until it is open. */
export const perStore =
  (read: (store: StoreStatus) => readonly Sample[]): Metric['read'] =>
  ({ store }) =>
    store ? read(store) : [];

/** Reads a metric of the process. */
export const perProcess =
  (name: keyof ProcessReadings): Metric['read'] =>
  ({ process: readings }) => [[{}, readings[name]]];
