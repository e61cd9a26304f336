import { setTimeout as delay } from 'node:timers/promises';
import { runawayQueries } from '../../test/faults/load-data.ts';
import { sparql, startServer, type Server } from '../../test/faults/server.ts';
import { perManuscript, type Catalogue } from './catalogue.ts';
import { median, quantile } from './figures.ts';
import { loadOverHttp } from './http-load.ts';
import { domainQueries, lookupQuery, withPrefixes } from './queries.ts';
import { takeAway } from './write-store.ts';

const clients = 8;
const lookups = 12_000;
/** The code that answers is compiled well only after some thousand times. */
const warmUpLookups = 4000;
const json = {
  accept: 'application/sparql-results+json',
  'content-type': 'application/sparql-query',
};
/** Long enough for an image of the newest commit to be made, which waits for a quiet moment. */
const imageMs = 12_000;
/** Long enough for every engine to be built before anything is measured. */
const settleMs = 1500;

const start = async (dataDir: string): Promise<{ server: Server; tookMs: number }> => {
  const startedAt = performance.now();
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: '20000' });
  return { server, tookMs: performance.now() - startedAt };
};

/** The comment keeps a remembered answer from being measured in place of a computed one. */
let asked = 0;
const ask = async (server: Server, query: string): Promise<number> => {
  asked += 1;
  const answer = await server.ask(sparql(`${query} # ${asked}`, { headers: json }));
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer.ms;
};

const lookUp = async (
  server: Server,
  catalogue: Catalogue,
  count: number,
  by: number,
): Promise<number[]> => {
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      const n = (next * 7919) % (catalogue.triples / perManuscript);
      times.push(await ask(server, lookupQuery(n)));
    }
  };
  await Promise.all(Array.from({ length: by }, client));
  return times;
};

const lookupPath = (n: number, comment = ''): string =>
  `/sparql?query=${encodeURIComponent(lookupQuery(n) + comment)}`;

/** Requests a second: of answers that take no work, of remembered answers, of answers worked out each. */
const measureThroughput = async (
  { port }: Server,
  catalogue: Catalogue,
): Promise<
  Pick<ServeFigures, 'liveRequestsPerSecond' | 'repeatedLookupsPerSecond' | 'lookupsPerSecond'>
> => {
  const manuscripts = catalogue.triples / perManuscript;
  const manuscriptOf = (n: number): number => (n * 7919) % manuscripts;
  const perSecond = async (path: (n: number) => string): Promise<number> => {
    await loadOverHttp({ port, clients, requests: warmUpLookups, path });
    return (await loadOverHttp({ port, clients, requests: lookups, path })).perSecond;
  };
  return {
    liveRequestsPerSecond: await perSecond(() => '/live'),
    repeatedLookupsPerSecond: await perSecond((n) => lookupPath(manuscriptOf(n % 400))),
    lookupsPerSecond: await perSecond((n) => {
      asked += 1;
      return lookupPath(manuscriptOf(n), ` # ${asked}`);
    }),
  };
};

/** The first query loads the parser, which takes long on a busy machine. */
const awaitFirstAnswer = async (server: Server): Promise<void> => {
  let status = 0;
  while (status !== 200) ({ status } = await server.ask(sparql(lookupQuery(0), { headers: json })));
};

/** The slowest of the lookups while a query without end is killed and its engine replaced. */
const besideKilledQuery = async (dataDir: string, catalogue: Catalogue): Promise<number> => {
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: '1500' });
  await delay(settleMs);
  await awaitFirstAnswer(server);
  const times: number[] = [];
  const isOver = server
    .ask(sparql(runawayQueries[0] ?? ''))
    .then(async () => delay(settleMs, true));
  for (let n = 0; !(await Promise.race([isOver, delay(5, false)])); n += 1) {
    const query = lookupQuery((n * 31) % (catalogue.triples / perManuscript));
    // A refusal counts by the time it took: the bench measures, the proofs in test/faults judge.
    times.push((await server.ask(sparql(query, { headers: json }))).ms);
  }
  await server.child.kill();
  return Math.max(...times);
};

export interface ServeFigures {
  /** With the small commits to read that came after the image. */
  readonly restartWithTailMs: number;
  readonly restartMs: number;
  readonly restartFromCheckpointMs: number;
  readonly restartAfterKillMs: number;
  readonly restartFromJournalMs: number;
  /** Requests that ask for no work, as a measure of what HTTP alone allows on the machine. */
  readonly liveRequestsPerSecond: number;
  readonly repeatedLookupsPerSecond: number;
  readonly lookupsPerSecond: number;
  readonly lookupMs: number;
  readonly lookupP99Ms: number;
  readonly queryMs: Readonly<Record<string, number>>;
  readonly afterKilledQueryMs: number;
  readonly bytesPerTriple: number;
}

/** Serves a data directory and measures it over HTTP. */
export const serveStore = async (
  dataDir: string,
  catalogue: Catalogue,
  repeats: number,
): Promise<ServeFigures> => {
  const first = await start(dataDir);
  await delay(imageMs);
  await first.server.child.stop();
  const { server, tookMs: restartMs } = await start(dataDir);
  await delay(settleMs);
  const bytesPerTriple = server.residentBytes() / catalogue.triples;
  await awaitFirstAnswer(server);
  await lookUp(server, catalogue, warmUpLookups, clients);
  const alone = await lookUp(server, catalogue, 500, 1);
  const times = await lookUp(server, catalogue, lookups, clients);
  const throughput = await measureThroughput(server, catalogue);
  const queryMs: Record<string, number> = {};
  for (const [name, query] of Object.entries(domainQueries)) {
    const taken: number[] = [];
    for (let n = 0; n < repeats; n += 1) taken.push(await ask(server, withPrefixes(query)));
    queryMs[name] = median(taken);
  }
  await server.child.kill();
  const afterKill = await start(dataDir);
  await afterKill.server.child.kill();
  const afterKilledQueryMs = await besideKilledQuery(dataDir, catalogue);
  takeAway(dataDir, ['images']);
  const fromCheckpoint = await start(dataDir);
  await fromCheckpoint.server.child.kill();
  takeAway(dataDir, ['images', 'checkpoints', 'indexes']);
  const fromJournal = await start(dataDir);
  await fromJournal.server.child.kill();
  return {
    restartWithTailMs: first.tookMs,
    restartMs,
    restartFromCheckpointMs: fromCheckpoint.tookMs,
    restartAfterKillMs: afterKill.tookMs,
    restartFromJournalMs: fromJournal.tookMs,
    ...throughput,
    lookupMs: median(alone),
    lookupP99Ms: quantile(times, 0.99),
    queryMs,
    afterKilledQueryMs,
    bytesPerTriple,
  };
};
