import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../errors.ts';
import type { QueryAnalysis } from './analyse.ts';
import type { Asker } from './asker.ts';
import type {
  AnalysisQuestion,
  AnalysisReply,
  AnalysisResults,
  AnalysisTask,
} from './analysis-worker.ts';
import type { Graphs } from './update/operations.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./analysis-worker${path.extname(import.meta.url)}`, import.meta.url);

/** The longest one query may keep the worker, which the others wait for. */
const taskBudgetMs = 2000;
/** The first task of a worker also waits for it to start and to build the grammar. */
const startFactor = 4;
/** Parsing needs little; a query that needs more is ended with its worker. */
const workerHeapMb = 256;

const cacheSize = 500;
/** Longer queries are seldom asked twice and would fill the memory. */
const cachedCharactersMax = 8192;

const keyOf = (text: string, baseIri: string): string => `${baseIri} ${text}`;

/** How many may wait in all, and how many of one client: an address may stand for a whole institution. */
const waitingMax = { all: 1000, client: 250 };
/** Longest delay `setTimeout` takes. */
const timerMax = 2 ** 31 - 1;

/** Who wants to know, and how long: nobody is analysed for who has left, or whose time is over. */
export interface Turn extends Asker {
  /** In milliseconds of `Date.now()`. */
  readonly deadlineAt?: number | undefined;
}

interface Waiting {
  readonly task: AnalysisTask;
  readonly client: string | undefined;
  readonly settled: PromiseWithResolvers<AnalysisResults[keyof AnalysisResults]>;
}

/**
 * Analyses queries in one worker thread, one after another, in turns by client. A query that hangs or kills the worker
 * fails by itself; those behind it go on in a new one.
 */
export class QueryAnalyser {
  readonly #workerFile: URL;
  readonly #taskBudgetMs: number;
  #worker: Worker | undefined;
  /** The worker gets one at a time, so that it is known which one it died of. */
  readonly #waiting: Waiting[] = [];
  /** Whose turn it was last: another's comes before the next of theirs. */
  #lastClient: string | undefined;
  #running: Waiting | undefined;
  readonly #cache = new Map<string, QueryAnalysis>();
  #watch: NodeJS.Timeout | undefined;
  /** Whether the store has needed a query put so that it counts once: then it will again. */
  #putsOnce = false;
  #lastId = 0;

  /**
   * @param file the worker's file; another one, and another budget, only in tests
   * @param budgetMs the longest one query may keep the worker
   */
  constructor(file: URL = workerFile, budgetMs = taskBudgetMs) {
    this.#workerFile = file;
    this.#taskBudgetMs = budgetMs;
  }

  /**
   * @param baseIri base of relative IRIs
   * @throws IsnadError as `analyseQuery`; `query-timeout` when the query is too much for the parser, or at
   *   its deadline; `client-busy`, `store-busy` when too many wait
   */
  async analyse(text: string, baseIri: string, turn: Turn = {}): Promise<QueryAnalysis> {
    const key = keyOf(text, baseIri);
    const known = this.#cache.get(key);
    if (known) {
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const analysis = await this.#ask(
      { kind: 'query', text, baseIri, putOnce: this.#putsOnce },
      turn,
    );
    if (text.length <= cachedCharactersMax) this.#remember(key, analysis);
    return analysis;
  }

  /**
   * Analyses a query that the store needs in a form that counts once; from then on every query.
   *
   * @throws IsnadError as `analyse`
   */
  async putOnce(text: string, baseIri: string, turn: Turn = {}): Promise<QueryAnalysis> {
    if (!this.#putsOnce) this.#cache.clear();
    this.#putsOnce = true;
    // An analysis that was under way before may have come back without.
    this.#cache.delete(keyOf(text, baseIri));
    return this.analyse(text, baseIri, turn);
  }

  /**
   * @param using the dataset the protocol names
   * @throws IsnadError as `planUpdate`; `query-timeout` when the update is too much for the parser, or at its
   *   deadline; `client-busy`, `store-busy` when too many wait
   */
  async planUpdate(
    text: string,
    baseIri: string,
    using?: Graphs,
    turn: Turn = {},
  ): Promise<AnalysisResults['update']> {
    return this.#ask({ kind: 'update', text, baseIri, using }, turn);
  }

  /** Ends the worker. Analyses under way fail with `query-failed`. */
  async close(): Promise<void> {
    clearTimeout(this.#watch);
    const waiting = [this.#running, ...this.#waiting.splice(0)];
    this.#running = undefined;
    for (const each of waiting)
      each?.settled.reject(new IsnadError('query-failed', 'The service is closing.'));
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #remember(key: string, analysis: QueryAnalysis): void {
    this.#cache.set(key, analysis);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > cacheSize && oldest !== undefined) this.#cache.delete(oldest);
  }

  async #ask<Kind extends keyof AnalysisResults>(
    question: AnalysisQuestion & { readonly kind: Kind },
    { client, signal, deadlineAt = Infinity }: Turn = {},
  ): Promise<AnalysisResults[Kind]> {
    signal?.throwIfAborted();
    this.#admit(client);
    this.#lastId += 1;
    const task: AnalysisTask = { id: this.#lastId, ...question };
    const waiting: Waiting = { task, client, settled: Promise.withResolvers() };
    const leave = (reason: unknown): void => {
      const at = this.#waiting.indexOf(waiting);
      if (at >= 0) this.#waiting.splice(at, 1);
      waiting.settled.reject(reason);
    };
    const onAbort = (): void => leave(signal?.reason);
    const leftMs = Math.max(deadlineAt - Date.now(), 0);
    const timer = setTimeout(() => leave(tooLate()), Math.min(leftMs, timerMax));
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push(waiting);
    if (!this.#running) this.#next();
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker pairs the two
      return (await waiting.settled.promise) as AnalysisResults[Kind];
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #admit(client: string | undefined): void {
    if (this.#waiting.length >= waitingMax.all)
      throw new IsnadError('store-busy', 'Too many queries are waiting to be analysed.');
    if (client === undefined) return;
    const own = this.#waiting.filter((each) => each.client === client).length;
    if (own >= waitingMax.client)
      throw new IsnadError('client-busy', 'Too many queries of yours are waiting to be analysed.');
  }

  /** The next in line; but after one of a client, the first of another. */
  #take(): Waiting | undefined {
    const other = this.#waiting.findIndex(({ client }) => client !== this.#lastClient);
    const [next] = this.#waiting.splice(Math.max(other, 0), 1);
    this.#lastClient = next?.client;
    return next;
  }

  #next(): void {
    clearTimeout(this.#watch);
    this.#running = this.#take();
    if (!this.#running) return;
    const tooLong = (): void => this.#replace('query-timeout', 'takes too long to be analysed');
    const budgetMs = this.#taskBudgetMs * (this.#worker ? 1 : startFactor);
    this.#watch = setTimeout(tooLong, budgetMs);
    this.#worker ??= this.#start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(this.#running.task);
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
    });
    const lost = (): void => {
      if (this.#worker === worker) this.#replace('query-failed', 'could not be analysed');
    };
    worker.on('message', (reply: AnalysisReply) => this.#receive(reply));
    worker.on('error', lost);
    worker.on('exit', lost);
    // It holds nothing, so it must not keep the process alive.
    worker.unref();
    return worker;
  }

  #receive(reply: AnalysisReply): void {
    const running = this.#running;
    if (running?.task.id !== reply.id) return;
    this.#next();
    if ('error' in reply) running.settled.reject(fromWireError(reply.error));
    else running.settled.resolve(reply.analysis);
  }

  /** Fails the query under analysis, gives up its worker, and goes on with the others. */
  #replace(code: 'query-failed' | 'query-timeout', what: string): void {
    const running = this.#running;
    // That it ends is all that is wanted of it; a thread that has ended already is ended.
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#next();
    running?.settled.reject(
      new IsnadError(code, `The ${running.task.kind} ${what}; it was stopped.`),
    );
  }
}

const tooLate = (): IsnadError =>
  new IsnadError('query-timeout', 'The time limit came before the query was analysed.');
