import path from 'node:path';
import type { EmbeddedStoreOptions } from './embedded.ts';
import type { EngineStart } from './engine/calls.ts';
import type { CheckpointShelf } from './checkpoint/shelf.ts';
import { EngineClient, type EngineEvents } from './engine/client.ts';
import { ImageKeeper } from './engine/image/keeper.ts';
import { ImageShelf } from './engine/image/shelf.ts';
import { machineBytes, memoryMaximum } from './engine/memory-share.ts';
import { compileEngine, type EngineModules, readProgram } from './engine/module.ts';
import { type LaneSizes, replicasOf } from './engine/pool/lanes.ts';
import { ReaderPool } from './engine/pool/reader-pool.ts';
import { RecentSteps } from './engine/steps.ts';
import { Writer } from './engine/writer.ts';
import type { Journal } from './journal/journal.ts';

export interface Engines {
  readonly readers: ReaderPool;
  readonly writer: Writer;
  readonly recent: RecentSteps;
  readonly images: ImageKeeper;
}

type Spawn = (kind: keyof EngineModules, events: EngineEvents) => EngineClient;

const defaultLightBudgetMs = 100;

const lanesOf = ({ engineReaders, heavyLane, warmSpare }: EmbeddedStoreOptions): LaneSizes => ({
  light: engineReaders,
  heavy: (heavyLane ?? true) ? 1 : 0,
  spare: (warmSpare ?? true) ? 1 : 0,
});

/** Beside the readers: the writer, and at times the engine that makes an image. */
const otherEngines = 2;

const chooseMemory = (
  { engineMemoryMb, onNotice }: EmbeddedStoreOptions,
  lanes: LaneSizes,
  quads: number,
  imageBytes: number,
): number => {
  if (engineMemoryMb !== 'auto') return engineMemoryMb;
  const engines = replicasOf(lanes) + otherEngines;
  const needs = { machineBytes: machineBytes(), engines, quads, imageBytes };
  const { memoryMb, notice } = memoryMaximum(needs);
  if (notice !== undefined) onNotice?.(notice);
  return memoryMb;
};

/** How engines are started: all from the newest image there is at the time, else from a checkpoint. */
const spawning =
  (
    modules: EngineModules,
    given: Pick<EngineStart, 'journalDirectory' | 'baseIri' | 'program'>,
    shelf: ImageShelf,
    checkpoints: CheckpointShelf,
    recent: RecentSteps,
  ): Spawn =>
  (kind, events) => {
    const image = shelf.newest?.path;
    const onBadStart: EngineEvents['onBadStart'] = (what, file, { damaged, reason }) => {
      const owner = what === 'image' ? shelf : checkpoints;
      if (damaged) owner.discard(file);
      else owner.passOver(file, reason);
    };
    const checkpoint = checkpoints.newest?.directory;
    const answersQueries = kind === 'reader';
    const start = { ...given, module: modules[kind], answersQueries, image, checkpoint };
    return new EngineClient(start, { ...events, onBadStart }, recent);
  };

/**
 * Starts the engines of a store; resolves as soon as the first of them can answer.
 *
 * @param journalDirectory where the engines read the journal
 * @param quads how many the store holds
 */
export const startEngines = async (
  options: EmbeddedStoreOptions,
  journalDirectory: string,
  journal: Journal,
  checkpoints: CheckpointShelf,
  quads: number,
): Promise<Engines> => {
  const { baseIri, dataDir, onProgress, onNotice = () => undefined } = options;
  const program = await readProgram();
  const { sha256 } = program;
  const lanes = lanesOf(options);
  const key = { program: sha256, baseIri };
  const shelf = new ImageShelf(path.join(dataDir, 'images'), key, onNotice);
  await shelf.open((place) => journal.holds(place));
  const memoryMb = chooseMemory(options, lanes, quads, shelf.newest?.memoryBytes ?? 0);
  const modules = await compileEngine(program, memoryMb);
  const total = journal.head.sequence;
  const recent = new RecentSteps();
  const given = { journalDirectory, baseIri, program: sha256 };
  const spawn = spawning(modules, given, shelf, checkpoints, recent);
  let first = true;
  const spawnReader = (onLost: () => void): EngineClient => {
    const events =
      first && onProgress ? { onProgress: (done: number) => onProgress(done, total) } : {};
    first = false;
    return spawn('reader', { onLost, ...events });
  };
  const head = () => journal.head;
  const writer = new Writer({ spawn: (onLost) => spawn('writer', { onLost }), head, recent });
  const readers = new ReaderPool(
    {
      lanes,
      lightBudgetMs: options.lightBudgetMs ?? defaultLightBudgetMs,
      queueMax: options.queryQueueMax,
      spawn: spawnReader,
      onNotice,
    },
    journal.head,
  );
  const images = new ImageKeeper({
    shelf,
    spawn: () => spawn('reader', {}),
    head: () => readers.visible,
    bytesTo: (place) => journal.bytesTo(place),
    onNotice,
  });
  try {
    await readers.start();
    writer.warm();
  } catch (error) {
    await Promise.all([readers.close(), writer.discard()]);
    throw error;
  }
  onProgress?.(total, total);
  images.consider();
  return { readers, writer, recent, images };
};
