import type { Catalogue } from './catalogue.ts';
import { geometricMean, type EngineFigures, type StoreFigures } from './figures.ts';

export interface Column {
  readonly catalogue: Catalogue;
  readonly engine: EngineFigures;
  readonly store: StoreFigures;
}

type Row = readonly [what: string, of: (column: Column) => string];

const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);
const times = (ours: number, theirs: number): string => `${round(ours / theirs)}×`;

const rows = ({ queryMs }: EngineFigures): Row[] => [
  ['start, new directory (ms)', ({ store }) => round(store.startNewMs)],
  ['restart from an image (ms)', ({ store }) => round(store.restartMs)],
  ['… and a tail of small commits (ms)', ({ store }) => round(store.restartWithTailMs)],
  ['restart after kill -9 (ms)', ({ store }) => round(store.restartAfterKillMs)],
  ['restart from a checkpoint (ms)', ({ store }) => round(store.restartFromCheckpointMs)],
  ['restart from the journal alone (ms)', ({ store }) => round(store.restartFromJournalMs)],
  ['bulk import (triples/s)', ({ store }) => round(store.importPerSecond)],
  ['… engine alone, load', ({ engine }) => round(engine.importPerSecond)],
  [
    '… time, ours to the engine’s',
    ({ store, engine }) => times(engine.importPerSecond, store.importPerSecond),
  ],
  ['making an image (ms)', ({ store }) => round(store.imageMs)],
  ['making a checkpoint (ms)', ({ store }) => round(store.checkpointMs)],
  ['small synced writes, 1 writer (/s)', ({ store }) => round(store.writesPerSecond)],
  ['small synced writes, 8 writers (/s)', ({ store }) => round(store.writesPerSecondBy8)],
  ['… engine alone, update, unsynced', ({ engine }) => round(engine.writesPerSecond)],
  [
    '… time, ours (8) to the engine’s',
    ({ store, engine }) => times(engine.writesPerSecond, store.writesPerSecondBy8),
  ],
  ['a write of 1,000 triples (ms)', ({ store }) => round(store.mediumWriteMs)],
  ['point lookups over HTTP, 8 clients (/s)', ({ store }) => round(store.lookupsPerSecond)],
  ['… remembered answers (/s)', ({ store }) => round(store.repeatedLookupsPerSecond)],
  ['… requests without work, /live (/s)', ({ store }) => round(store.liveRequestsPerSecond)],
  ['… p99 (ms)', ({ store }) => round(store.lookupP99Ms)],
  ['… engine alone, in-process (/s)', ({ engine }) => round(engine.lookupsPerSecond)],
  ['one lookup over HTTP, 1 client (ms)', ({ store }) => round(store.lookupMs)],
  ['… added to the engine’s (ms)', ({ store, engine }) => round(store.lookupMs - engine.lookupMs)],
  ...Object.keys(queryMs).map((name): Row => [
    `${name} (ms, ratio)`,
    ({ store, engine }) =>
      `${round(store.queryMs[name] ?? 0)}, ${times(store.queryMs[name] ?? 0, engine.queryMs[name] ?? 0)}`,
  ]),
  [
    'twelve queries, mean ratio',
    ({ store, engine }) =>
      `${round(geometricMean(Object.keys(queryMs).map((name) => (store.queryMs[name] ?? 0) / (engine.queryMs[name] ?? 1))))}×`,
  ],
  [
    'slowest lookup while an engine is replaced (ms)',
    ({ store }) => round(store.afterKilledQueryMs),
  ],
  [
    'memory, all of the server (MB)',
    ({ store, catalogue }) => round((store.bytesPerTriple * catalogue.triples) / 1e6),
  ],
  ['… (bytes/triple)', ({ store }) => round(store.bytesPerTriple)],
  ['… engine alone (bytes/triple)', ({ engine }) => round(engine.bytesPerTriple)],
  ['journal (bytes/triple)', ({ store }) => round(store.journalBytesPerTriple)],
];

/** Prints the figures as a table in Markdown, a column for each catalogue. */
export const printTable = (columns: readonly Column[]): void => {
  const [first] = columns;
  if (!first) return;
  const heads = columns.map(
    ({ catalogue }) => `${catalogue.triples / 1e6}M in ${catalogue.datasets}`,
  );
  console.log(`| triples in datasets | ${heads.join(' | ')} |`);
  console.log(`|---|${heads.map(() => '---:|').join('')}`);
  for (const [what, of] of rows(first.engine))
    console.log(`| ${what} | ${columns.map(of).join(' | ')} |`);
};
