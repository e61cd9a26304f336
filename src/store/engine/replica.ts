import { IsnadError } from '../../errors.ts';
import { createIris, type Iris } from '../../model/iris.ts';
import { decodePayload } from '../journal/payload.ts';
import { journalStart, type Place } from '../journal/place.ts';
import { readRecords } from '../journal/read-records.ts';
import { readRedactions, type Redactions } from '../journal/redactions.ts';
import { toCommitRecord } from '../journal/record-format.ts';
import {
  isRemoval,
  type Change,
  type DesiredGraph,
  type GraphDelta,
  type GraphSummary,
} from '../store.ts';
import type {
  ChangeOutcome,
  DueChange,
  EngineCalls,
  EngineQuery,
  EngineStart,
  Settled,
} from './calls.ts';
import type { UpdateRequest } from '../update-operations.ts';
import { datasetOf } from './dataset.ts';
import { dumpGraph, type Engine, type EngineStore, type PieceChange } from './delta.ts';
import { addressOf } from './dump.ts';
import { effectiveDelta, withHash } from './effective-delta.ts';
import { judgeEngineError } from './engine-error.ts';
import { graphStateOf } from './graph-states.ts';
import { readReferences } from './image/references.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import type { RestoredImage } from './image/restore.ts';
import { saveImage } from './image/save.ts';
import { diffGraph } from './graph-diff.ts';
import { checkSpelling } from './spelling.ts';
import { provenanceText, type Step } from './steps.ts';
import { updateTimedOut } from './deadline-watch.ts';
import { tryQuad } from './try-quad.ts';
import { Copies } from './union/copies.ts';
import { UpdateTrial } from './update/trial.ts';
import { workOutUpdate } from './update/work-out-update.ts';

/**
 * One engine's store as a projection of the journal: it moves forward by reading records and answers
 * at the commit it has reached. Lives in a worker; every call is synchronous.
 */
export class Replica implements EngineCalls {
  readonly #engine: Engine;
  readonly #store: EngineStore;
  readonly #start: EngineStart;
  readonly #iris: Iris;
  readonly #onProgress: (sequence: number) => void;
  readonly #graphs: Set<string>;
  readonly #copies: Copies;
  #place: Place;
  /** The newest redaction of the journal when it was first read. */
  #generation: number | undefined;
  /** Commits whose changes are made here already, and whose records have not been read yet. */
  #ahead = 0;
  /** Whether a change is half made. */
  #torn = false;

  /** @param restored what an image had: the engine begins there, else at nothing */
  constructor(
    engine: Engine,
    start: EngineStart,
    restored: RestoredImage | undefined,
    onProgress: (sequence: number) => void,
  ) {
    this.#engine = engine;
    this.#start = start;
    this.#iris = createIris(start.baseIri);
    this.#store = restored?.store ?? new engine.Store();
    this.#graphs = new Set(restored?.header.graphs);
    this.#copies = new Copies(engine, this.#store);
    const copies = restored?.header.copies;
    if (restored) this.#copies.begin(copies && { copies, seen: restored.seen }, this.#graphs);
    this.#place = restored?.header.place ?? journalStart;
    this.#generation = restored && (restored.header.redactions ?? 0);
    this.#onProgress = onProgress;
  }

  advance(to: Place): void {
    const { journalDirectory, checkpoint } = this.#start;
    const redactions = this.#redactions();
    if (this.#place.sequence === 0 && checkpoint !== undefined) this.#load(checkpoint, to);
    for (const { record, end } of readRecords(journalDirectory, this.#place, to, redactions)) {
      const changes = decodePayload(record).map(({ entry, ...pieces }) => ({
        ...entry,
        ...pieces,
      }));
      this.#make(changes);
      this.#addProvenance(provenanceText(toCommitRecord(record, record.header), this.#iris));
      this.#place = end;
      this.#onProgress(end.sequence);
    }
    this.#place = to;
  }

  /** Makes ready what queries need to know of what was read. */
  learn(): void {
    this.#copies.learn();
  }

  follow(to: Place, steps: readonly Step[]): void {
    for (const { changes } of steps) this.#make(changes);
    this.#addProvenance(Buffer.concat(steps.map(({ provenance }) => provenance)));
    this.#place = to;
  }

  saveImage(path: string): void {
    const union = this.#copies.save();
    const { program, baseIri } = this.#start;
    saveImage(
      path,
      Buffer.from(this.#engine.exports.memory.buffer),
      {
        program,
        baseIri,
        place: this.#place,
        redactions: this.#generation ?? 0,
        graphs: [...this.#graphs],
        ...(union ? { copies: union.copies } : {}),
        storeAddress: addressOf(this.#store),
        references: readReferences(this.#engine.exports['__wbindgen_externrefs']),
      },
      union?.seen,
    );
  }

  query(request: EngineQuery): Uint8Array {
    const shown = [...this.#graphs].filter((graph) => graph !== this.#iris.provenance);
    const answer = this.#store.query(this.#copies.textFor(request), {
      ...datasetOf(this.#engine, request, shown),
      base_iri: request.baseIri,
      results_format: request.mediaType,
    });
    if (typeof answer !== 'string') throw new IsnadError('internal', 'The engine gave no text.');
    const limit = request.resultBytesMax;
    // A UTF-16 unit never takes less than a byte, so a long text need not be encoded to be refused.
    if (answer.length > limit || Buffer.byteLength(answer) > limit)
      throw new IsnadError('result-too-large', `The answer is larger than ${limit} bytes.`, {
        extra: { limit, unit: 'bytes' },
      });
    return new TextEncoder().encode(answer);
  }

  graphHashes(): GraphSummary[] {
    this.#copies.putBack();
    return ['', ...this.#graphs]
      .map((graph) => graphStateOf(this.#engine, this.#store, graph))
      .filter(({ graph, quads }) => graph !== '' || quads > 0);
  }

  tryOut(): void {
    tryQuad(this.#engine, this.#store);
  }

  plan(desired: readonly DesiredGraph[]): GraphDelta[] {
    this.#copies.putBack();
    return desired.flatMap((each) => this.#planGraph(each));
  }

  attempt(deltas: readonly GraphDelta[]): void {
    for (const delta of deltas) checkSpelling(this.#engine, delta.added);
    this.#torn = true;
    for (const delta of deltas) {
      this.#copies.apply(delta, false);
      this.#noteGraph(delta);
    }
    this.#torn = false;
    this.#ahead += 1;
  }

  changeAll(
    settled: Settled | undefined,
    changes: readonly DueChange[],
    turn: Int32Array,
  ): ChangeOutcome[] {
    if (settled?.steps) this.follow(settled.to, settled.steps);
    else if (settled) this.advance(settled.to);
    return changes.map((due, index) => {
      Atomics.store(turn, 0, index);
      return this.#tryChange(due);
    });
  }

  #tryChange({ change, deadlineAt }: DueChange): ChangeOutcome {
    try {
      if (deadlineAt <= Date.now()) throw updateTimedOut();
      const deltas = this.#workOut(change);
      checkReach(
        change,
        deltas.map(({ graph }) => graph),
      );
      if (deltas.length > 0) this.attempt(deltas);
      return { deltas };
    } catch (thrown) {
      const { error, poisoned } = judgeEngineError(thrown);
      if (poisoned || this.#torn) throw thrown;
      return { error };
    }
  }

  #load(checkpoint: string, to: Place): void {
    const apply = (change: PieceChange): void => this.#copies.apply(change, true);
    const loaded = loadCheckpoint(apply, checkpoint, to, this.#onProgress);
    if (!loaded) return;
    for (const graph of loaded.graphs) this.#graphs.add(graph);
    this.#place = loaded.place;
  }

  /** Whether a failed call has left the store with half a change. */
  get isTorn(): boolean {
    return this.#torn || this.#copies.isTorn;
  }

  #workOut(change: Change): readonly GraphDelta[] {
    this.#copies.putBack();
    if (change.kind === 'graphs') return this.plan(change.graphs);
    if (change.kind === 'update') return this.#workOutUpdate(change, change.update);
    return change.deltas.flatMap((delta) =>
      effectiveDelta(this.#engine, this.#store, delta, this.#has(delta.graph)),
    );
  }

  #workOutUpdate(change: Change, update: UpdateRequest): GraphDelta[] {
    const { provenance: readOnly } = this.#iris;
    const ground = {
      engine: this.#engine,
      store: this.#store,
      copies: this.#copies,
      graphs: this.#graphs,
      readOnly,
    };
    const trial = new UpdateTrial(ground);
    try {
      const deltas = workOutUpdate(ground, trial, update);
      // Also where nothing comes of it: else one could try what stands in graphs beyond one's reach.
      checkReach(change, [...trial.touched()]);
      return deltas;
    } finally {
      this.#torn = true;
      trial.undo();
      this.#torn = trial.isTorn;
    }
  }

  #noteGraph({ graph, created, dropped }: Pick<GraphDelta, 'graph' | 'created' | 'dropped'>): void {
    if (created) this.#graphs.add(graph);
    if (dropped) this.#graphs.delete(graph);
  }

  /**
   * What is withheld of the journal. An engine that began to read before a redaction holds lines that the
   * journal no longer removes, so it must not go on.
   */
  #redactions(): Redactions {
    const redactions = readRedactions(this.#start.journalDirectory);
    this.#generation ??= redactions.generation;
    if (this.#generation === redactions.generation) return redactions;
    throw new IsnadError('query-failed', 'The journal was redacted: it must be read anew.');
  }

  /** Makes what a commit does, unless it was made ahead of it. */
  #make(changes: readonly PieceChange[]): void {
    if (this.#ahead > 0) {
      this.#ahead -= 1;
      return;
    }
    for (const change of changes) {
      this.#copies.apply(change, true);
      this.#noteGraph(change);
    }
  }

  #addProvenance(lines: Uint8Array): void {
    const graph = this.#iris.provenance;
    const change = { graph, created: false, dropped: false, removed: [], added: [lines] };
    this.#copies.apply(change, true);
    this.#graphs.add(graph);
  }

  #has(graph: string): boolean {
    return graph === '' || this.#graphs.has(graph);
  }

  #planGraph(desired: DesiredGraph): GraphDelta[] {
    const { graph } = desired;
    const dropped = isRemoval(desired);
    if (dropped && !this.#has(graph)) return [];
    const stored = this.#has(graph)
      ? dumpGraph(this.#engine, this.#store, graph)
      : new Uint8Array();
    const difference = diffGraph(graph, stored, dropped ? [] : desired.nquads);
    const created = !dropped && !this.#has(graph);
    const changes = created || dropped || difference.addedQuads + difference.removedQuads > 0;
    return changes ? [withHash({ graph, ...difference, created, dropped })] : [];
  }
}

/** @throws IsnadError `forbidden` where a change reaches a graph that it may not */
const checkReach = ({ onlyGraphs }: Change, graphs: readonly string[]): void => {
  const beyond = onlyGraphs && graphs.find((graph) => !onlyGraphs.includes(graph));
  if (beyond === undefined) return;
  const name = beyond === '' ? 'the default graph' : `<${beyond}>`;
  throw new IsnadError('forbidden', `This would change ${name}. Nothing was changed.`, {
    extra: { graph: beyond, allowed: onlyGraphs },
  });
};
