import { IsnadError } from '../errors.ts';
import { isDatasetSlug, type Iris } from '../model/iris.ts';
import { isStorableIri } from '../rdf/stored-form/names.ts';
import { Canary } from './canary.ts';
import { Committer, type MadeCommit } from './committer.ts';
import type { CheckpointKeeper } from './checkpoint/keeper.ts';
import { compareStates } from './engine/graph-states.ts';
import type { ImageKeeper } from './engine/image/keeper.ts';
import type { ReaderPool } from './engine/pool/reader-pool.ts';
import { provenanceText, type RecentSteps, type Step } from './engine/steps.ts';
import { dropProjections } from './drop-projections.ts';
import type { Writer } from './engine/writer.ts';
import type { GraphTable } from './graph-table.ts';
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
import { planInWorker } from './redact/plan-in-worker.ts';
import { previewRedaction, redact, type RedactionParts } from './redact/redact.ts';
import type { Redaction, RedactionRequest, TimedStore } from './time.ts';
import type { Scrub } from './verify/scrub.ts';
import type { StoreStatus, TryOut, WatchedStore } from './watch.ts';

/** What the store is put together from. */
export interface StoreParts {
  readonly dataDir: string;
  readonly iris: Iris;
  readonly lock: DirectoryLock;
  readonly journal: Journal;
  readonly graphs: GraphTable;
  readonly readers: ReaderPool;
  readonly writer: Writer;
  readonly images: ImageKeeper;
  readonly checkpoints: CheckpointKeeper;
  /** Verifies the journal in the background. */
  readonly scrub: Scrub;
  /** The newest commits, for engines that are close behind. */
  readonly recent: RecentSteps;
  readonly onNotice: (notice: string) => void;
  /** The past of the store, which writes through it. */
  readonly createTime: (store: Store) => JournalTime;
}

/** A delta of more bytes than this keeps a reader away for so long that queries would notice. */
const largeDeltaBytes = 2 * 1024 * 1024;

/** The store over a journal and engines of this process. */
export class EmbeddedStore implements TimedStore, WatchedStore {
  readonly time: JournalTime;
  readonly #parts: StoreParts;
  readonly #committer: Committer;
  readonly #canary: Canary;
  readonly #listeners = new Set<(record: CommitRecord) => void>();
  readonly #plans = new WeakSet<Plan>();
  /** The newest commit that queries are answered at. */
  #head: CommitRef;
  #closing: Promise<void> | undefined;
  /** What the commits do that are on their way to the disk. */
  #prepared: readonly Step[] = [];

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#head = toRef(parts.journal.head);
    const { journal, writer, dataDir, readers } = parts;
    this.#committer = new Committer({
      journal,
      writer,
      prepare: this.#prepare.bind(this),
      publish: this.#publish.bind(this),
      withdraw: () => parts.readers.withdraw(),
    });
    const isWritable = (): boolean => journal.writable;
    const committer = this.#committer;
    this.#canary = new Canary({ dataDir, readers, writer, committer, isWritable });
    this.time = parts.createTime(this);
  }

  head(): CommitRef {
    return this.#head;
  }

  async query(request: QueryRequest): Promise<QueryAnswer> {
    return this.#parts.readers.ask(request);
  }

  async readGraph(graph: string): Promise<GraphContent | undefined> {
    return this.#alone(async () => {
      const nquads = await this.#parts.writer.content(graph);
      return nquads && { graph, nquads };
    });
  }

  async listGraphs(): Promise<readonly GraphSummary[]> {
    return this.#parts.graphs.list();
  }

  async plan(desired: readonly DesiredGraph[]): Promise<Plan> {
    this.#checkNames(desired);
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
    if (plan.deltas.length === 0) return { commit: undefined, head: this.#head };
    this.#checkOpen();
    const commit = await this.#committer.write({ plan }, description);
    return { commit, head: commit ? toRef(commit) : this.#head };
  }

  async write(
    change: Change,
    description: CommitDescription,
    options: WriteOptions = {},
  ): Promise<CommitReceipt> {
    checkDescription(description);
    if (change.kind === 'graphs') this.#checkNames(change.graphs);
    if (change.kind === 'delta') this.#checkNames(change.deltas);
    this.#checkOpen();
    const commit = await this.#committer.write({ change, options }, description);
    return { commit, head: commit ? toRef(commit) : this.#head };
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
    // A function of its own, so that the same listener given twice is called twice.
    const own = (record: CommitRecord): void => listener(record);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
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
    const { readers, writer, graphs } = this.#parts;
    return this.#alone(async () => {
      const stated = graphs.list();
      const { sequence } = this.#head;
      const written = compareStates(await writer.graphHashes(), stated);
      const read = (await readers.inspect()).flatMap(({ commit, graphs: found }) =>
        commit === sequence
          ? compareStates(found, stated)
          : [`it is at commit ${commit} instead of ${sequence}`],
      );
      return [
        ...written.map((problem) => `The writer: ${problem}.`),
        ...read.map((problem) => `A reader: ${problem}.`),
      ];
    });
  }

  /** What an operator sees of the store. */
  status(): StoreStatus {
    const { journal, writer, readers, graphs, scrub } = this.#parts;
    return {
      head: this.#head,
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

  #checkNames(desired: readonly { readonly graph: string }[]): void {
    const seen = new Set<string>();
    for (const { graph } of desired) {
      if (graph === this.#parts.iris.provenance)
        throw new IsnadError('invalid-parameter', `<${graph}> is read-only.`);
      if (graph !== '' && !isStorableIri(graph))
        throw new IsnadError('invalid-parameter', `<${graph}> is not an absolute IRI.`);
      if (seen.has(graph))
        throw new IsnadError('invalid-parameter', `<${graph}> is named twice in one plan.`);
      seen.add(graph);
    }
  }

  /** Lets the engines read commits that are on their way to the disk. */
  #prepare(commits: readonly MadeCommit[]): void {
    const { readers, writer, recent, iris } = this.#parts;
    const newest = commits.at(-1);
    if (!newest) return;
    const steps = commits.map(({ record, deltas }) => ({
      sequence: record.sequence,
      changes: deltas,
      provenance: provenanceText(record, iris),
    }));
    for (const step of steps) recent.add(step);
    this.#prepared = steps;
    readers.prepare(newest.place, bytesOf(steps) > largeDeltaBytes);
    writer.follow(newest.place);
  }

  /** Makes commits that are on the disk visible: to the first reader, the tables, the listeners. */
  async #publish(commits: readonly MadeCommit[]): Promise<void> {
    const { readers, graphs, images, checkpoints } = this.#parts;
    const newest = commits.at(-1);
    if (!newest) return;
    const steps = this.#prepared;
    await readers.publish();
    this.#head = toRef(newest.record);
    for (const [index, { record }] of commits.entries()) {
      const step = steps[index];
      if (step) graphs.apply(record, step.provenance);
      this.#tell(record);
    }
    images.consider();
    checkpoints.consider();
  }

  /** Removes what is derived from the journal, on the disk and in the engines, which begin anew. */
  async #dropProjections(): Promise<void> {
    const { dataDir, images, checkpoints, writer, readers } = this.#parts;
    await this.time.withoutIndex(async () => {
      await images.drop();
      await checkpoints.drop();
      await dropProjections(dataDir);
    });
    await writer.discard();
    writer.warm();
    readers.renew();
    images.consider();
  }

  #tell(record: CommitRecord): void {
    for (const listener of this.#listeners)
      try {
        listener(record);
      } catch (error) {
        this.#parts.onNotice(`A listener failed at commit ${record.sequence}: ${String(error)}`);
      }
  }
}

const bytesOf = (steps: readonly Step[]): number =>
  steps
    .flatMap(({ changes }) => changes)
    .flatMap(({ added, removed }) => [...added, ...removed])
    .reduce((sum, piece) => sum + piece.length, 0);

const toRef = ({ sequence, hash }: CommitRef): CommitRef => ({ sequence, hash });

const checkDescription = ({ details }: CommitDescription): void => {
  const dataset = details?.dataset;
  if (dataset !== undefined && !isDatasetSlug(dataset))
    throw new IsnadError('invalid-parameter', `"${dataset}" is not a dataset's short name.`);
};
