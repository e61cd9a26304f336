import { IsnadError, isIsnadError } from '../../errors.ts';
import { createIris } from '../../model/iris.ts';
import type { Place } from '../journal/place.ts';
import type { CommitDescription, CommitRecord, Store } from '../store.ts';
import type {
  DiffRequest,
  GraphChange,
  History,
  HistoryRequest,
  StateRequest,
  TimeTravel,
  UndoReceipt,
  UndoRequest,
} from '../time.ts';
import { IndexClient } from './index-client.ts';
import { graphsAt } from './graphs-at.ts';
import { PastClient } from './past-client.ts';
import type { UndoPlan } from './plan-undo.ts';
import { StateReader, type StateReaderParts } from './state-reader.ts';

export interface TimeParts {
  readonly dataDir: string;
  readonly baseIri: string;
  readonly store: Store;
  /** The newest commit on the disk. */
  readonly head: () => Place;
  readonly onNotice: (notice: string) => void;
  readonly checkpoints: StateReaderParts['checkpoints'];
  /** Whether the index follows from the start on; else it is made when it is first asked. */
  readonly followsFromStart: boolean;
}

/** How often an undo is planned anew when other commits came between. */
const attemptsMax = 10;

/** The past of an embedded store: an index that finds commits, and readers of the journal. */
export class JournalTime implements TimeTravel {
  readonly #parts: TimeParts;
  readonly #index: IndexClient;
  /** Looks up in the index, which is quick. */
  readonly #finder: PastClient;
  /** Reads records, which may take long, so that nobody who only looks up waits for it. */
  readonly #reader: PastClient;
  readonly #states: StateReader;
  readonly #stopFollowing: () => void;
  /** Calls that read the index or the journal at the moment. */
  readonly #reading = new Set<Promise<unknown>>();
  /** While the index is away, calls wait for this. */
  #away: Promise<void> | undefined;

  constructor(parts: TimeParts) {
    this.#parts = parts;
    const { dataDir, baseIri, onNotice } = parts;
    this.#index = new IndexClient({ dataDir, baseIri }, onNotice);
    this.#finder = new PastClient({ dataDir });
    this.#reader = new PastClient({ dataDir });
    this.#states = new StateReader(parts);
    if (parts.followsFromStart) this.#index.follow(parts.head());
    this.#stopFollowing = parts.store.onCommit(() => {
      if (this.#index.isFollowing) this.#index.follow(parts.head());
    });
  }

  async history({ of, before, limit, ...turn }: HistoryRequest): Promise<History> {
    return this.#read(async () => {
      const { sequence } = await this.#reachHead(turn.deadlineAt);
      const question = { of, limit, ...(before === undefined ? {} : { before }) };
      const found = await this.#finder.call('history', turn, question);
      return { commit: sequence, ...found };
    });
  }

  async diff({ of, from, to, ...turn }: DiffRequest): Promise<readonly GraphChange[]> {
    return this.#read(async () => {
      await this.#reachHead(turn.deadlineAt);
      return this.#reader.call('diff', turn, { from, to, ...(of === undefined ? {} : { of }) });
    });
  }

  async graphsAt(sequence: number): Promise<readonly string[]> {
    const { store, baseIri } = this.#parts;
    return graphsAt(store, createIris(baseIri), sequence);
  }

  async *state(request: StateRequest): AsyncGenerator<Uint8Array> {
    const newest = this.#parts.store.head().sequence;
    if (request.at > newest)
      throw new IsnadError(
        'not-found',
        `There is no commit ${request.at}; the newest is ${newest}.`,
      );
    const graphs = request.graphs ?? (await this.graphsAt(request.at));
    await this.#away;
    yield* this.#states.read({ ...request, graphs });
  }

  async undo(request: UndoRequest): Promise<UndoReceipt> {
    for (let attempt = 1; ; attempt += 1) {
      const { head, plan } = await this.#planUndo(request);
      const { withheldQuads, undone } = plan;
      if (withheldQuads > 0 && !request.partial) throw withheldConflict(undone, withheldQuads);
      if (plan.touchedLaterQuads > 0 && !request.partial) throw conflictOf(plan);
      try {
        const receipt = await this.#parts.store.write(
          { kind: 'delta', deltas: plan.deltas },
          describe(request, plan),
          { base: head, deadlineAt: request.deadlineAt },
        );
        return {
          ...receipt,
          undone: plan.undone,
          leftQuads: plan.touchedLaterQuads + withheldQuads,
        };
      } catch (error) {
        const moved = isIsnadError(error) && error.code === 'commit-conflict';
        if (!moved || attempt >= attemptsMax) throw error;
      }
    }
  }

  async #planUndo({ deadlineAt, sequence }: UndoRequest): Promise<{ head: Place; plan: UndoPlan }> {
    return this.#read(async () => {
      const head = await this.#reachHead(deadlineAt);
      const plan = await this.#reader.call('undo', { deadlineAt }, sequence, head.sequence);
      return { head, plan };
    });
  }

  /**
   * Runs `work` while nobody has the index or a checkpoint open, so that their files can be removed;
   * questions that come meanwhile wait, states that are being read end. Afterwards the index is made anew.
   */
  async withoutProjections(work: () => Promise<void>): Promise<void> {
    const { isFollowing } = this.#index;
    const away = Promise.withResolvers<void>();
    this.#away = away.promise;
    try {
      const reason = new IsnadError(
        'store-busy',
        'The journal was redacted while it was being read.',
      );
      await Promise.allSettled([...this.#reading, this.#states.endAll(reason)]);
      await this.#index.close();
      await work();
    } finally {
      this.#away = undefined;
      away.resolve();
    }
    if (isFollowing) this.#index.follow(this.#parts.head());
  }

  progress(): { readonly done: number; readonly total: number } {
    return { done: this.#index.reached, total: this.#parts.head().sequence };
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    this.#stopFollowing();
    await Promise.all([
      this.#finder.close(),
      this.#reader.close(),
      this.#states.close(),
      this.#index.close(),
    ]);
  }

  async #read<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#away;
    const reading = work();
    this.#reading.add(reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(reading);
    }
  }

  /** Gives the newest commit, which the index covers then. */
  async #reachHead(deadlineAt: number): Promise<Place> {
    const head = this.#parts.head();
    await this.#index.reach(head, deadlineAt);
    return head;
  }
}

const describe = (
  { actor, message, sequence }: UndoRequest,
  { undone, touchedLaterQuads }: UndoPlan,
): CommitDescription => ({
  activity: 'undo',
  actor,
  message: message ?? `Undo of commit ${sequence}: ${undone.description.message}`,
  details: {
    undoes: sequence,
    ...(touchedLaterQuads > 0 ? { counts: { leftQuads: touchedLaterQuads } } : {}),
  },
});

const withheldConflict = (undone: CommitRecord, withheldQuads: number): IsnadError =>
  new IsnadError(
    'undo-conflict',
    `${withheldQuads} of the quads that commit ${undone.sequence} changed are withheld by a redaction, ` +
      'which no undo takes back.',
    { extra: { withheldQuads } },
  );

const conflictOf = ({ undone, touchedLater, touchedLaterQuads }: UndoPlan): IsnadError =>
  new IsnadError(
    'undo-conflict',
    `Later commits touched ${touchedLaterQuads} of the quads that commit ${undone.sequence} changed.`,
    { extra: { touchedLater, touchedLaterQuads } },
  );
