import { IsnadError } from '../errors.ts';
import { Canary } from './canary.ts';
import { Committer } from './committer.ts';
import { dropProjections } from './drop-projections.ts';
import type { JournalTime } from './history/time-travel.ts';
import type { Journal } from './journal/journal.ts';
import type { DirectoryLock } from './journal/lock.ts';
import type {
  Change,
  CommitDescription,
  CommitReceipt,
  CommitRecord,
  CommitRef,
  DesiredGraph,
  GraphContent,
  GraphSummary,
  Plan,
  QueryAnswer,
  QueryRequest,
  Store,
  WriteOptions,
} from './store.ts';
import { Publisher, type PublisherParts, toRef } from './publisher.ts';
import { planInWorker } from './redact/plan-in-worker.ts';
import { previewRedaction, redact, type RedactionParts } from './redact/redact.ts';
import type { Redaction, RedactionRequest, TimedStore } from './time.ts';
import { checkEngines } from './engine/check-engines.ts';
import type { Scrub } from './verify/scrub.ts';
import type { StoreStatus, TryOut, WatchedStore } from './watch.ts';
import { checkDescription, checkGraphNames } from './write-checks.ts';

/** How long a piece of a graph may take to be read from the disk. */
const readGraphTimeoutMs = 60_000;

/** What the store is put together from. */
export interface StoreParts extends PublisherParts {
  readonly dataDir: string;
  readonly lock: DirectoryLock;
  readonly journal: Journal;
  /** Verifies the journal in the background. */
  readonly scrub: Scrub;
  /** The past of the store, which writes through it. */
  readonly createTime: (store: Store) => JournalTime;
}

/** The store over a journal and engines of this process. */
export class EmbeddedStore implements TimedStore, WatchedStore {
  readonly time: JournalTime;
  readonly #parts: StoreParts;
  readonly #committer: Committer;
  readonly #canary: Canary;
  readonly #publisher: Publisher;
  readonly #plans = new WeakSet<Plan>();
  #closing: Promise<void> | undefined;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    const { journal, writer, dataDir, readers } = parts;
    const publisher = new Publisher(parts, journal.head);
    this.#publisher = publisher;
    this.#committer = new Committer({
      journal,
      writer,
      prepare: (commits) => publisher.prepare(commits),
      publish: async (commits) => publisher.publish(commits),
      withdraw: () => publisher.withdraw(),
      refusal: () => publisher.refusal,
    });
    const committer = this.#committer;
    this.#canary = new Canary({ dataDir, readers, writer, committer });
    this.time = parts.createTime(this);
  }

  head(): CommitRef {
    return this.#publisher.head;
  }

  async query(request: QueryRequest): Promise<QueryAnswer> {
    return this.#parts.readers.ask(request);
  }

  async readGraph(graph: string): Promise<GraphContent | undefined> {
    this.#checkOpen();
    if (!this.#parts.graphs.has(graph)) return undefined;
    const at = this.#publisher.head.sequence;
    const nquads: Uint8Array[] = [];
    const state = this.time.state({ at, graphs: [graph], timeoutMs: readGraphTimeoutMs });
    for await (const piece of state) nquads.push(piece);
    return { graph, nquads };
  }

  async listGraphs(): Promise<readonly GraphSummary[]> {
    return this.#parts.graphs.list();
  }

  async plan(desired: readonly DesiredGraph[]): Promise<Plan> {
    checkGraphNames(desired, this.#parts.iris.provenance);
    return this.#alone(async () => {
      const base = toRef(this.#parts.journal.head);
      const plan = { base, deltas: await this.#parts.writer.plan(desired) };
      this.#plans.add(plan);
      return plan;
    });
  }

  async commit(plan: Plan, description: CommitDescription): Promise<CommitReceipt> {
    if (!this.#plans.has(plan))
      throw new IsnadError('invalid-parameter', 'This plan was not made by this store.');
    checkDescription(description);
    if (plan.deltas.length === 0) return { commit: undefined, head: this.#publisher.head };
    this.#checkOpen();
    const commit = await this.#committer.write({ plan }, description);
    return { commit, head: commit ? toRef(commit) : this.#publisher.head };
  }

  async write(
    change: Change,
    description: CommitDescription,
    options: WriteOptions = {},
  ): Promise<CommitReceipt> {
    checkDescription(description);
    const { provenance } = this.#parts.iris;
    if (change.kind === 'graphs') checkGraphNames(change.graphs, provenance);
    if (change.kind === 'delta') checkGraphNames(change.deltas, provenance);
    this.#checkOpen();
    const commit = await this.#committer.write({ change, options }, description);
    return { commit, head: commit ? toRef(commit) : this.#publisher.head };
  }

  async redact(request: RedactionRequest): Promise<Redaction> {
    const parts: RedactionParts = {
      dataDir: this.#parts.dataDir,
      journal: this.#parts.journal,
      graphs: () => this.#parts.graphs.list().map(({ graph }) => graph),
      plan: planInWorker,
      commit: async (draft) => this.#committer.writeAlone(draft),
      renew: async () => this.#dropProjections(),
    };
    this.#checkOpen();
    if (request.dryRun === true) return previewRedaction(parts, request);
    return this.#alone(async () => redact(parts, request));
  }

  log(from?: number): AsyncIterable<CommitRecord> {
    return this.#parts.journal.records(from);
  }

  onCommit(listener: (record: CommitRecord) => void): () => void {
    return this.#publisher.onCommit(listener);
  }

  /** Makes an image of the newest commit now, from which the next start is quick. */
  async makeImage(): Promise<void> {
    await this.#parts.images.make();
  }

  /** Makes a checkpoint of the newest commit now, from which the next start checks and reads the journal. */
  async makeCheckpoint(): Promise<void> {
    await this.#parts.checkpoints.make();
  }

  /**
   * Lets every engine prove that it holds what the journal states: each works out the hash of each of its
   * graphs from its own dump. Writes wait meanwhile, for some seconds at a million quads; queries go on as
   * long as there is more than one engine to answer them.
   *
   * @returns what is not as it should be, one sentence each
   * @throws IsnadError `store-busy` when the store is closing, and what an engine threw
   */
  async checkEngines(): Promise<readonly string[]> {
    const { graphs } = this.#parts;
    return this.#alone(async () =>
      checkEngines(this.#parts, graphs.list(), this.#publisher.head.sequence),
    );
  }

  /** What an operator sees of the store. */
  status(): StoreStatus {
    const { journal, writer, readers, graphs, scrub } = this.#parts;
    return {
      head: this.#publisher.head,
      writable: journal.writable,
      writerReady: writer.isReady,
      writerMemoryBytes: writer.memoryBytes,
      writesWaiting: this.#committer.waiting,
      journalBytes: journal.bytesTo(journal.head),
      ...graphs.totals(),
      readers: readers.status(),
      scrub: scrub.status(),
    };
  }

  async tryOut(deadlineAt: number): Promise<TryOut> {
    this.#checkOpen();
    return this.#canary.tryOut(deadlineAt);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { readers, writer, images, checkpoints, journal, lock, scrub } = this.#parts;
    await Promise.all([this.#committer.idle(), scrub.close()]);
    await Promise.all([
      readers.close(),
      writer.discard(),
      images.close(),
      checkpoints.close(),
      this.time.close(),
    ]);
    await journal.close();
    lock.release();
  }

  #checkOpen(): void {
    if (this.#closing) throw new IsnadError('store-busy', 'The store is closing.');
  }

  /** Plans and writes never meet. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#checkOpen();
    return this.#committer.alone(work);
  }

  /** Removes what is derived from the journal, on the disk and in the engines, which begin anew. */
  async #dropProjections(): Promise<void> {
    const { dataDir, images, checkpoints, writer, readers } = this.#parts;
    await this.time.withoutProjections(async () => {
      await images.drop();
      await checkpoints.drop();
      await dropProjections(dataDir);
    });
    await writer.discard();
    writer.warm();
    readers.renew();
    images.consider();
  }
}
