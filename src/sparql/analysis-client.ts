import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../errors.ts';
import type { QueryAnalysis } from './analyse.ts';
import { Turns, untilGone, type Turn } from '../turns.ts';
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

/** The worker gets one at a time, so that it is known which one it died of. */
const bounds = { places: 1, placesOfOne: 1, waiting: 1000, waitingOfOne: 250 };

interface Running {
  readonly task: AnalysisTask;
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
  readonly #turns = new Turns(bounds, 'queries');
  #running: Running | undefined;
  readonly #cache = new Map<string, QueryAnalysis>();
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
    const closing = new IsnadError('query-failed', 'The service is closing.');
    this.#turns.close(closing);
    this.#running?.settled.reject(closing);
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
    turn: Turn = {},
  ): Promise<AnalysisResults[Kind]> {
    const leave = await this.#turns.enter(turn);
    this.#lastId += 1;
    // Who has left gives the worker up, not the turn: it is at that query until it replies.
    const analysed = this.#run({ id: this.#lastId, ...question }).finally(leave);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker pairs the two
    return (await untilGone(analysed, turn, tooLate)) as AnalysisResults[Kind];
  }

  async #run(task: AnalysisTask): Promise<AnalysisResults[keyof AnalysisResults]> {
    if (this.#turns.closed) throw this.#turns.closed;
    const running: Running = { task, settled: Promise.withResolvers() };
    this.#running = running;
    const tooLong = (): void => this.#replace('query-timeout', 'takes too long to be analysed');
    const watch = setTimeout(tooLong, this.#taskBudgetMs * (this.#worker ? 1 : startFactor));
    this.#worker ??= this.#start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(task);
    try {
      return await running.settled.promise;
    } finally {
      clearTimeout(watch);
      this.#running = undefined;
    }
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
    if ('error' in reply) running.settled.reject(fromWireError(reply.error));
    else running.settled.resolve(reply.analysis);
  }

  /** Fails the query under analysis and gives up its worker; the others go on in a new one. */
  #replace(code: 'query-failed' | 'query-timeout', what: string): void {
    // That it ends is all that is wanted of it; a thread that has ended already is ended.
    void this.#worker?.terminate();
    this.#worker = undefined;
    const running = this.#running;
    running?.settled.reject(
      new IsnadError(code, `The ${running.task.kind} ${what}; it was stopped.`),
    );
  }
}

const tooLate = (): IsnadError =>
  new IsnadError('query-timeout', 'The time limit came before the query was analysed.');
