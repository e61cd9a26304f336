import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/http/metrics/registry.ts';
import type { Readings } from '../../src/http/metrics/sources.ts';
import { newCounters } from '../../src/store/engine/pool/status.ts';

const readings: Readings = {
  opening: { done: 5, total: 9 },
  commits: new Map([['import', 3]]),
  connectionsDropped: 9,
  process: {
    residentBytes: 1,
    heapUsedBytes: 2,
    cpuSeconds: 3,
    openFiles: 4,
    uptimeSeconds: 5,
    loopDelayMeanSeconds: 6,
    loopDelayP99Seconds: 7,
    loopDelayMaxSeconds: 8,
  },
};

const open: Readings = {
  ...readings,
  history: { done: 11, total: 12 },
  results: { hits: 21, misses: 22, joined: 23, entries: 24, bytes: 25 },
  store: {
    head: { sequence: 12, hash: '' },
    writable: true,
    writerReady: true,
    writerMemoryBytes: 31,
    writesWaiting: 32,
    journalBytes: 33,
    graphs: 34,
    quads: 35,
    scrub: { runs: 1, doubts: 0, failures: 0, endedAt: 1000, lastRunMs: 1 },
    readers: {
      visible: 12,
      current: 2,
      wanted: 3,
      catchingUp: 1,
      answering: 1,
      answeringByLane: { light: 1, heavy: 0 },
      waiting: 4,
      waitingByLane: { light: 3, heavy: 1 },
      waitingClients: 2,
      memoryBytes: 77,
      engines: [{ role: 'idle', commit: 12, memoryBytes: 77 }],
      quarantined: 6,
      overranShapes: 0,
      counters: {
        ...newCounters(),
        answered: { light: 41, heavy: 42 },
        kills: { ...newCounters().kills, deadline: 43 },
      },
    },
  },
};

const textOf = async (given: Readings): Promise<string> =>
  (await createMetrics(() => given).text()).body;

/** Names, types and help texts as Prometheus reads them. */
const described = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\w+)$/gm)].map(
      ([, name = '', help = '', kind = '']) => [name, `${kind}: ${help}`],
    ),
  );

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'metrics.md'), 'utf8');
const documented = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/^\| `([a-z_0-9]+)` \| (\w+) \| [^|]* \| (.*) \|$/gm)].map(
      ([, name = '', kind = '', help = '']) => [name, `${kind}: ${help}`],
    ),
  );

describe('the metrics', () => {
  it('say what the store, its engines, its cache and its history report', async () => {
    const lines = (await textOf(open)).split('\n');
    for (const expected of [
      'isnad_commits_total{activity="import"} 3',
      'isnad_last_commit_sequence 12',
      'isnad_queries_total{lane="light",outcome="answered"} 41',
      'isnad_queries_waiting{lane="heavy"} 1',
      'isnad_engine_kills_total{reason="deadline"} 43',
      'isnad_engine_memory_bytes{engine="writer"} 31',
      'isnad_engine_memory_bytes{engine="reader-1"} 77',
      'isnad_queries_quarantined 6',
      'isnad_journal_bytes 33',
      'isnad_result_cache_lookups_total{outcome="hit"} 21',
      'isnad_history_index_commits 11',
      'isnad_event_loop_delay_p99_seconds 7',
      'isnad_http_connections_dropped_total 9',
    ])
      expect(lines).toContain(expected);
  });

  it('say nothing of a store that is not open, rather than 0', async () => {
    const text = await textOf(readings);
    expect(text).toMatch(/^isnad_store_open 0$/m);
    expect(text).toMatch(/^isnad_opening_commits_done 5$/m);
    expect(text).not.toMatch(/^isnad_store_writable/m);
    expect(text).not.toMatch(/^isnad_last_commit_sequence/m);
  });

  it('count requests by route and never make a label of what a client sent', async () => {
    const metrics = createMetrics(() => readings);
    const request = { requestId: 'abc', route: '/doc/:type/:localId', status: '200' };
    metrics.count({ ...request, method: 'GET', milliseconds: 2 });
    metrics.count({ ...request, method: 'PROPFIND', milliseconds: 20 });
    const { body } = await metrics.text();
    const counted = 'isnad_http_requests_total{route="/doc/:type/:localId",method=';
    expect(body).toContain(`${counted}"GET",status="200"} 1`);
    expect(body).toContain(`${counted}"other",status="200"} 1`);
    expect(body).not.toContain('PROPFIND');
    expect(body).toMatch(/duration_seconds_bucket\{le="0.003",route="[^"]*"\} 1/);
  });

  it('are documented, and no others', async () => {
    const served = described(await textOf(open));
    expect(served.size).toBeGreaterThan(30);
    expect(documented(page)).toEqual(served);
  });
});
