import path from 'node:path';
import { createIris } from '../model/iris.ts';
import { CheckpointKeeper } from './checkpoint/keeper.ts';
import { checkpointsName } from './checkpoint/list.ts';
import { CheckpointShelf } from './checkpoint/shelf.ts';
import { EmbeddedStore } from './embedded-store.ts';
import { provenanceText } from './engine/steps.ts';
import { GraphTable } from './graph-table.ts';
import type { Journal } from './journal/journal.ts';
import { openJournal } from './journal/open-journal.ts';
import { checkBaseIri } from './journal/read-history.ts';
import { JournalTime } from './history/time-travel.ts';
import { recoverRedaction } from './redact/recover.ts';
import { startEngines } from './start-engines.ts';
import { refuseWithoutJournal, takeDirectory } from './journal/data-directory.ts';
import { Scrub } from './verify/scrub.ts';
import { isPassing, unreadable } from './passing-error.ts';
import type { CommitRecord, Store } from './store.ts';

export interface EmbeddedStoreOptions {
  /** Directory that holds the journal and everything derived from it; made when absent. */
  readonly dataDir: string;
  /** Base IRI of the installation, ending in a slash; fixed by the first commit. */
  readonly baseIri: string;
  /** Light queries answered at the same time, each by a replica of its own. */
  readonly engineReaders: number;
  /** Memory maximum of one reader in megabytes, or `auto` for its part of the machine's memory. */
  readonly engineMemoryMb: number | 'auto';
  /** Whether long queries get a replica of their own; without it they delay the light ones. */
  readonly heavyLane?: boolean;
  /** Whether one replica more is kept to take over from a lost one; a short command can do without. */
  readonly warmSpare?: boolean;
  /** How long a query may work in the light lane, in milliseconds; 100 by default. */
  readonly lightBudgetMs?: number;
  /** Whether the index of the history follows each commit; else it is made when it is first asked. */
  readonly followHistory?: boolean;
  /** How often the journal is verified in the background; 0, the default, never. */
  readonly scrubIntervalHours?: number;
  /** Queries that may wait for an engine. */
  readonly queryQueueMax: number;
  /** Told how many commits of the journal the first reader has read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told in one sentence of what was put right on opening, and of engines that broke down. */
  readonly onNotice?: (notice: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface OpenedJournal {
  readonly journal: Journal;
  readonly checkpoints: CheckpointShelf;
  /** What each graph holds at the newest commit. */
  readonly graphs: GraphTable;
}

/** Opens the journal from the newest checkpoint on, once a redaction that was cut short is completed. */
const openFromCheckpoint = async (
  { dataDir, baseIri, onNotice = () => undefined, now = Date.now }: EmbeddedStoreOptions,
  directory: string,
): Promise<OpenedJournal> => {
  refuseWithoutJournal(dataDir);
  await recoverRedaction(dataDir, onNotice);
  const iris = createIris(baseIri);
  const graphs = new GraphTable(iris);
  const checkpoints = new CheckpointShelf(path.join(dataDir, checkpointsName), onNotice);
  const from = checkpoints.find();
  const known = checkpoints.newest?.manifest;
  if (from && known) {
    checkBaseIri(known.baseIri, baseIri);
    graphs.begin([...from.graphs, known.provenance], known.provenance.shared);
  }
  const onRecord = (record: CommitRecord): void =>
    graphs.apply(record, provenanceText(record, iris));
  const { witnessed } = checkpoints;
  const options = { directory, baseIri, from, witnessed, onRecord, onNotice, now };
  const journal = await openJournal(options);
  checkpoints.clearAway();
  return { journal, checkpoints, graphs };
};

/** What makes checkpoints of an open journal. */
const keepCheckpoints = (
  { baseIri, onNotice = () => undefined }: EmbeddedStoreOptions,
  journalDirectory: string,
  { journal, checkpoints: shelf }: OpenedJournal,
): CheckpointKeeper => {
  const keeper = new CheckpointKeeper({
    shelf,
    journalDirectory,
    baseIri,
    point: () => journal.point(),
    head: () => journal.head,
    bytesTo: (place) => journal.bytesTo(place),
    onNotice,
  });
  keeper.consider();
  return keeper;
};

/**
 * Opens the store of a data directory: takes its lock, verifies the journal from the newest checkpoint on,
 * and starts the engines. Resolves as soon as the first of them can answer. An absent directory becomes an
 * empty store at sequence 0.
 *
 * @throws IsnadError `setting-invalid` for a directory that cannot be used, `store-locked`, `store-damaged`,
 *   `store-unreadable`, `store-version`, `store-base-iri`; nothing is changed then
 */
export const createEmbeddedStore = async (
  options: EmbeddedStoreOptions,
): Promise<EmbeddedStore> => {
  const { dataDir, baseIri, onNotice = () => undefined, scrubIntervalHours = 0 } = options;
  const lock = await takeDirectory(dataDir);
  let opened: OpenedJournal | undefined;
  try {
    const directory = path.join(dataDir, 'journal');
    opened = await openFromCheckpoint(options, directory);
    const { journal, checkpoints, graphs } = opened;
    const quads = graphs.list().reduce((sum, graph) => sum + graph.quads, 0);
    const engines = await startEngines(options, directory, journal, checkpoints, quads);
    const createTime = (store: Store): JournalTime =>
      new JournalTime({
        dataDir,
        baseIri,
        store,
        head: () => journal.head,
        checkpoints,
        onNotice,
        followsFromStart: options.followHistory ?? false,
      });
    return new EmbeddedStore({
      dataDir,
      scrub: new Scrub({ dataDir, intervalHours: scrubIntervalHours, onNotice }),
      iris: createIris(baseIri),
      lock,
      journal,
      graphs,
      checkpoints: keepCheckpoints(options, directory, opened),
      onNotice,
      createTime,
      ...engines,
    });
  } catch (error) {
    await opened?.journal.close();
    lock.release();
    throw isPassing(error) ? unreadable(error) : error;
  }
};
