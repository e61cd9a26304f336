import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../errors.ts';
import type { QueryAnalysis } from './analyse.ts';
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

interface Waiting {
  readonly task: AnalysisTask;
  readonly resolve: (analysis: AnalysisResults[keyof AnalysisResults]) => void;
  readonly reject: (error: IsnadError) => void;
}

/**
 * Analyses queries in one worker thread, one after another. A query that hangs or kills the worker
 * fails by itself; those behind it go on in a new one.
 */
export class QueryAnalyser {
  readonly #workerFile: URL;
  readonly #taskBudgetMs: number;
  #worker: Worker | undefined;
  /** The worker gets one at a time, so that it is known which one it died of. */
  readonly #waiting: Waiting[] = [];
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
   * @throws IsnadError as `analyseQuery`; `query-timeout` when the query is too much for the parser
   */
  async analyse(text: string, baseIri: string): Promise<QueryAnalysis> {
    const key = keyOf(text, baseIri);
    const known = this.#cache.get(key);
    if (known) {
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const analysis = await this.#ask({ kind: 'query', text, baseIri, putOnce: this.#putsOnce });
    if (text.length <= cachedCharactersMax) this.#remember(key, analysis);
    return analysis;
  }

  /**
   * Analyses a query that the store needs in a form that counts once; from then on every query.
   *
   * @throws IsnadError as `analyse`
   */
  async putOnce(text: string, baseIri: string): Promise<QueryAnalysis> {
    if (!this.#putsOnce) this.#cache.clear();
    this.#putsOnce = true;
    // An analysis that was under way before may have come back without.
    this.#cache.delete(keyOf(text, baseIri));
    return this.analyse(text, baseIri);
  }

  /**
   * @param using the dataset the protocol names
   * @throws IsnadError as `planUpdate`; `query-timeout` when the update is too much for the parser
   */
  async planUpdate(
    text: string,
    baseIri: string,
    using?: Graphs,
  ): Promise<AnalysisResults['update']> {
    return this.#ask({ kind: 'update', text, baseIri, using });
  }

  /** Ends the worker. Analyses under way fail with `query-failed`. */
  async close(): Promise<void> {
    clearTimeout(this.#watch);
    const waiting = [this.#running, ...this.#waiting.splice(0)];
    this.#running = undefined;
    for (const each of waiting)
      each?.reject(new IsnadError('query-failed', 'The service is closing.'));
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
  ): Promise<AnalysisResults[Kind]> {
    this.#lastId += 1;
    const task: AnalysisTask = { id: this.#lastId, ...question };
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      if (!this.#running) this.#next();
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker pairs the two
    return answer as AnalysisResults[Kind];
  }

  #next(): void {
    clearTimeout(this.#watch);
    this.#running = this.#waiting.shift();
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
    if ('error' in reply) running.reject(fromWireError(reply.error));
    else running.resolve(reply.analysis);
  }

  /** Fails the query under analysis, gives up its worker, and goes on with the others. */
  #replace(code: 'query-failed' | 'query-timeout', what: string): void {
    const running = this.#running;
    // That it ends is all that is wanted of it; a thread that has ended already is ended.
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#next();
    running?.reject(new IsnadError(code, `The ${running.task.kind} ${what}; it was stopped.`));
  }
}
