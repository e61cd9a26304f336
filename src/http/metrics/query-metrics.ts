import { perStore, type Metric } from './metric.ts';

/** What is read from the engines that answer queries, and from the answers that are kept. */
export const queryMetrics: readonly Metric[] = [
  {
    name: 'isnad_queries_total',
    kind: 'counter',
    labels: ['lane', 'outcome'],
    help: 'Queries by the lane they ended in and how: answered, or refused before an engine was asked.',
    read: perStore(({ readers: { counters } }) => [
      [{ lane: 'light', outcome: 'answered' }, counters.answered.light],
      [{ lane: 'heavy', outcome: 'answered' }, counters.answered.heavy],
      [{ lane: 'none', outcome: 'refused' }, counters.refused],
    ]),
  },
  {
    name: 'isnad_query_overruns_total',
    kind: 'counter',
    labels: ['move'],
    help: 'Queries that outlived the light budget: moved to the heavy lane, or restarted there.',
    read: perStore(({ readers: { counters } }) => [
      [{ move: 'moved' }, counters.overrunsMoved],
      [{ move: 'restarted' }, counters.overrunsRestarted],
    ]),
  },
  {
    name: 'isnad_queries_running',
    kind: 'gauge',
    labels: ['lane'],
    help: 'Queries being answered.',
    read: perStore(({ readers: { answeringByLane } }) => [
      [{ lane: 'light' }, answeringByLane.light],
      [{ lane: 'heavy' }, answeringByLane.heavy],
    ]),
  },
  {
    name: 'isnad_queries_waiting',
    kind: 'gauge',
    labels: ['lane'],
    help: 'Queries waiting for an engine.',
    read: perStore(({ readers: { waitingByLane } }) => [
      [{ lane: 'light' }, waitingByLane.light],
      [{ lane: 'heavy' }, waitingByLane.heavy],
    ]),
  },
  {
    name: 'isnad_engine_kills_total',
    kind: 'counter',
    labels: ['reason'],
    help: 'Engines ended, by reason: deadline is a query that ran out of time, abandoned one whose client left.',
    read: perStore(({ readers: { counters } }) =>
      Object.entries(counters.kills).map(([reason, count]) => [{ reason }, count]),
    ),
  },
  {
    name: 'isnad_engine_rebuilds_total',
    kind: 'counter',
    labels: [],
    help: 'Engines built since the first.',
    read: perStore(({ readers: { counters } }) => [[{}, counters.rebuilds]]),
  },
  {
    name: 'isnad_engine_rebuild_seconds_total',
    kind: 'counter',
    labels: [],
    help: 'Time that building them took.',
    read: perStore(({ readers: { counters } }) => [[{}, counters.rebuildMs / 1000]]),
  },
  {
    name: 'isnad_engine_build_failures_total',
    kind: 'counter',
    labels: [],
    help: 'Engines that could not be built.',
    read: perStore(({ readers: { counters } }) => [[{}, counters.buildFailures]]),
  },
  {
    name: 'isnad_queries_quarantined',
    kind: 'gauge',
    labels: [],
    help: 'Queries refused at present because they cost engines.',
    read: perStore(({ readers: { quarantined } }) => [[{}, quarantined]]),
  },
  {
    name: 'isnad_engines_wanted',
    kind: 'gauge',
    labels: [],
    help: 'Engines for queries there are to be.',
    read: perStore(({ readers: { wanted } }) => [[{}, wanted]]),
  },
  {
    name: 'isnad_engines_current',
    kind: 'gauge',
    labels: [],
    help: 'Engines for queries that are at the newest commit.',
    read: perStore(({ readers: { current } }) => [[{}, current]]),
  },
  {
    name: 'isnad_engine_memory_bytes',
    kind: 'gauge',
    labels: ['engine'],
    help: 'Memory of each engine: the writer, and the readers by number.',
    read: perStore(({ readers, writerMemoryBytes }) => [
      [{ engine: 'writer' }, writerMemoryBytes],
      ...readers.engines.map(
        ({ memoryBytes }, index) => [{ engine: `reader-${index + 1}` }, memoryBytes] as const,
      ),
    ]),
  },
  {
    name: 'isnad_result_cache_lookups_total',
    kind: 'counter',
    labels: ['outcome'],
    help: 'Repeatable queries: hit, miss, or joined with an equal one under way.',
    read: ({ results }) =>
      results
        ? [
            [{ outcome: 'hit' }, results.hits],
            [{ outcome: 'miss' }, results.misses],
            [{ outcome: 'joined' }, results.joined],
          ]
        : [],
  },
  {
    name: 'isnad_result_cache_bytes',
    kind: 'gauge',
    labels: [],
    help: 'Bytes of the answers that are kept.',
    read: ({ results }) => (results ? [[{}, results.bytes]] : []),
  },
  {
    name: 'isnad_result_cache_entries',
    kind: 'gauge',
    labels: [],
    help: 'Answers that are kept.',
    read: ({ results }) => (results ? [[{}, results.entries]] : []),
  },
];
