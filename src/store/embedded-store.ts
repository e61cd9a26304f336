import { IsnadError } from '../errors.ts';
import { isDatasetSlug, type Iris } from '../model/iris.ts';
import { isStorableIri } from '../rdf/stored-form/names.ts';
import type { PoolStatus, ReaderPool } from './engine/pool.ts';
import type { Writer } from './engine/writer.ts';
import type { GraphTable } from './graph-table.ts';
import type { Journal, JournaledCommit } from './journal/journal.ts';
import type { DirectoryLock } from './journal/lock.ts';
import type {
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
} from './store.ts';

export interface StoreStatus {
  readonly head: CommitRef;
  /** False once the journal could not be synced: reads go on, writes are refused. */
  readonly writable: boolean;
  /** Whether the engine that works changes out is there; if not, the next write starts it. */
  readonly writerReady: boolean;
  readonly readers: PoolStatus;
}

/** What the store is put together from. */
export interface StoreParts {
  readonly iris: Iris;
  readonly lock: DirectoryLock;
  readonly journal: Journal;
  readonly graphs: GraphTable;
  readonly readers: ReaderPool;
  readonly writer: Writer;
  readonly onNotice: (notice: string) => void;
}

/** A delta of more bytes than this keeps a reader away for so long that queries would notice. */
const largeDeltaBytes = 2 * 1024 * 1024;

/** The store over a journal and engines of this process. */
export class EmbeddedStore implements Store {
  readonly #parts: StoreParts;
  readonly #listeners = new Set<(record: CommitRecord) => void>();
  readonly #plans = new WeakSet<Plan>();
  /** The newest commit that queries are answered at. */
  #head: CommitRef;
  /** The end of the last thing asked of the writer, which does one at a time. */
  #busy: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#head = toRef(parts.journal.head);
  }

  head(): CommitRef {
    return this.#head;
  }

  async query(request: QueryRequest): Promise<QueryAnswer> {
    return this.#parts.readers.ask(request);
  }

  async readGraph(graph: string): Promise<GraphContent | undefined> {
    return this.#inTurn(async () => {
      const nquads = await this.#parts.writer.content(graph);
      return nquads && { graph, nquads };
    });
  }

  async listGraphs(): Promise<readonly GraphSummary[]> {
    return this.#parts.graphs.list();
  }

  async plan(desired: readonly DesiredGraph[]): Promise<Plan> {
    this.#checkNames(desired);
    return this.#inTurn(async () => {
      const base = toRef(this.#parts.journal.head);
      const plan = { base, deltas: await this.#parts.writer.plan(desired) };
      this.#plans.add(plan);
      return plan;
    });
  }

  async commit(plan: Plan, description: CommitDescription): Promise<CommitReceipt> {
    if (!this.#plans.has(plan))
      throw new IsnadError('invalid-parameter', 'This plan was not made by this store.');
    const dataset = description.details?.dataset;
    if (dataset !== undefined && !isDatasetSlug(dataset))
      throw new IsnadError('invalid-parameter', `"${dataset}" is not a dataset's short name.`);
    if (plan.deltas.length === 0) return { commit: undefined, head: this.#head };
    return this.#inTurn(async () => this.#write(plan, description));
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

  /** What an operator sees of the store. */
  status(): StoreStatus {
    return {
      head: this.#head,
      writable: this.#parts.journal.writable,
      writerReady: this.#parts.writer.isReady,
      readers: this.#parts.readers.status(),
    };
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { readers, writer, journal, lock } = this.#parts;
    await this.#busy;
    await Promise.all([readers.close(), writer.discard()]);
    await journal.close();
    lock.release();
  }

  /** Runs one thing after the other: plans and writes never meet. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closing) throw new IsnadError('store-busy', 'The store is closing.');
    const result = this.#busy.then(work);
    this.#busy = result.catch(() => undefined);
    return result;
  }

  #checkNames(desired: readonly DesiredGraph[]): void {
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

  /** Tries the change on the writer, journals it, and makes it visible, in this order. */
  async #write(plan: Plan, description: CommitDescription): Promise<CommitReceipt> {
    const { journal, writer, graphs } = this.#parts;
    if (plan.base.hash !== journal.head.hash)
      throw new IsnadError(
        'commit-conflict',
        `The plan was made at commit ${plan.base.sequence}; the store is at commit ${journal.head.sequence}.`,
      );
    if (!journal.writable)
      throw new IsnadError(
        'write-failed',
        'The journal could not be synced; restart to write again.',
      );
    await writer.attempt(plan.deltas);
    const { record, place } = await this.#journal(plan, description);
    await Promise.all([
      this.#parts.readers.publish(place, deltaBytes(plan) > largeDeltaBytes),
      writer.settle(place).catch((error: Error) => this.#parts.onNotice(error.message)),
    ]);
    graphs.apply(record);
    this.#head = toRef(record);
    this.#tell(record);
    return { commit: record, head: this.#head };
  }

  async #journal(plan: Plan, description: CommitDescription): Promise<JournaledCommit> {
    try {
      return await this.#parts.journal.append(plan.deltas, description);
    } catch (error) {
      await this.#parts.writer.discard();
      throw error;
    }
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

const toRef = ({ sequence, hash }: CommitRef): CommitRef => ({ sequence, hash });

const deltaBytes = ({ deltas }: Plan): number =>
  deltas
    .flatMap(({ added, removed }) => [...added, ...removed])
    .reduce((sum, piece) => sum + piece.length, 0);
