import path from 'node:path';
import type { EmbeddedStoreOptions } from './embedded.ts';
import { EngineClient, type EngineEvents } from './engine/client.ts';
import { ImageKeeper } from './engine/image/keeper.ts';
import { ImageShelf } from './engine/image/shelf.ts';
import { compileEngine, type EngineModules } from './engine/module.ts';
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

/** How engines are started: all from the newest image there is at the time. */
const spawning =
  (
    modules: EngineModules,
    given: { readonly journalDirectory: string; readonly baseIri: string },
    shelf: ImageShelf,
    recent: RecentSteps,
  ): Spawn =>
  (kind, events) => {
    const { program } = modules;
    const image = shelf.newest?.path;
    const onBadImage = (file: string): void => shelf.discard(file);
    const start = { ...given, program, module: modules[kind], image };
    return new EngineClient(start, { ...events, onBadImage }, recent);
  };

/**
 * Starts the engines of a store; resolves as soon as the first of them can answer.
 *
 * @param journalDirectory where the engines read the journal
 */
export const startEngines = async (
  options: EmbeddedStoreOptions,
  journalDirectory: string,
  journal: Journal,
): Promise<Engines> => {
  const { baseIri, dataDir, onProgress, onNotice = () => undefined } = options;
  const modules = await compileEngine(options.engineMemoryMb);
  const { program } = modules;
  const shelf = new ImageShelf(path.join(dataDir, 'images'), { program, baseIri });
  await shelf.open((place) => journal.holds(place));
  const total = journal.head.sequence;
  const recent = new RecentSteps();
  const spawn = spawning(modules, { journalDirectory, baseIri }, shelf, recent);
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
      lanes: {
        light: options.engineReaders,
        heavy: (options.heavyLane ?? true) ? 1 : 0,
        spare: (options.warmSpare ?? true) ? 1 : 0,
      },
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
    head,
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
