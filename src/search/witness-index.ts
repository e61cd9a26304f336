import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { IsnadError } from '../errors.ts';
import type { CommitRecord, QueryAnswer, Store } from '../store/store.ts';
import { tsvRows } from './tsv-rows.ts';
import {
  touchesWitnesses,
  witnessQueries,
  witnessQueryNames,
  type WitnessQueryName,
} from './witness-queries.ts';
import type { WitnessSnapshot } from './witness-snapshot.ts';
import type { WitnessTask } from './witness-worker.ts';

/** The projection that tells which manuscripts bear which verses, kept up with the store. */
export interface WitnessIndex {
  /**
   * The projection as of a commit not older than the newest one at the time of the call, at once if
   * it is at hand, else when it has been rebuilt.
   *
   * @param deadlineAt when the caller gives up, in milliseconds of `Date.now()`
   * @throws IsnadError `store-busy` when the deadline comes first, or what the store threw
   */
  readonly current: (deadlineAt: number) => Promise<WitnessSnapshot>;
  /** Follows the store no longer. */
  readonly close: () => void;
}

/** After a commit the projection is rebuilt unasked, once no other commit has followed for this long. */
const quietMs = 250;
const rebuildTimeoutMs = 120_000;
const answerBytesMax = 1024 * 1024 * 1024;

/** Starts building the projection of `store` and keeps it up with every commit. */
export const createWitnessIndex = (store: Store, baseIri: string): WitnessIndex => {
  let snapshot: WitnessSnapshot | undefined;
  let running: Promise<WitnessSnapshot> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Graphs written since the snapshot, by the commit that wrote them. */
  let written: readonly CommitRecord[] = [];

  const isCurrent = (): boolean =>
    snapshot !== undefined && snapshot.commit >= store.head().sequence;

  const rebuild = async (): Promise<WitnessSnapshot> => {
    try {
      const built = await rebuilt(store, baseIri, snapshot, written);
      snapshot = built;
      written = written.filter(({ sequence }) => sequence > built.commit);
      return built;
    } finally {
      running = undefined;
    }
  };
  const refresh = (): Promise<WitnessSnapshot> => (running ??= rebuild());

  const refreshUnasked = (): void => {
    // A failure here is told to the next reader, who asks again.
    if (!isCurrent()) refresh().catch(() => undefined);
  };

  const stopListening = store.onCommit((record) => {
    written = [...written, record];
    clearTimeout(timer);
    timer = setTimeout(refreshUnasked, quietMs).unref();
  });
  refreshUnasked();

  return {
    current: async (deadlineAt) => {
      const target = store.head().sequence;
      let found = snapshot;
      while (found === undefined || found.commit < target) {
        found = await beforeDeadline(refresh(), deadlineAt);
      }
      return found;
    },
    close: () => {
      stopListening();
      clearTimeout(timer);
    },
  };
};

/** A projection of the store's present state: the old one where nothing of it was touched. */
const rebuilt = async (
  store: Store,
  baseIri: string,
  old: WitnessSnapshot | undefined,
  written: readonly CommitRecord[],
): Promise<WitnessSnapshot> => {
  const ask = askerOf(store, baseIri);
  if (old !== undefined) {
    const touched = new Set(written.flatMap(({ graphs }) => graphs.map(({ graph }) => graph)));
    if (old.graphs.every((graph) => !touched.has(graph))) {
      const head = written.at(-1)?.sequence ?? old.commit;
      const { body, commit } = await ask(touchesWitnesses([...touched]));
      const isTouched = [...tsvRows(body)].length > 0;
      if (!isTouched && commit === head) return { ...old, commit };
    }
  }
  return buildInWorker(await askAll(ask));
};

type Ask = (query: string) => Promise<QueryAnswer>;

const askerOf =
  (store: Store, baseIri: string): Ask =>
  (query) =>
    store.query({
      query,
      mediaType: 'text/tab-separated-values',
      defaultGraph: 'union',
      baseIri,
      deadlineAt: Date.now() + rebuildTimeoutMs,
      resultBytesMax: answerBytesMax,
    });

/** The answers to all witness queries at one commit: asked again while commits come in between. */
const askAll = async (ask: Ask): Promise<WitnessTask> => {
  const answers = new Map<WitnessQueryName, Uint8Array>();
  let commit: number | undefined;
  for (const name of witnessQueryNames) {
    const answer = await ask(witnessQueries[name]);
    if (commit !== undefined && answer.commit !== commit) return askAll(ask);
    ({ commit } = answer);
    answers.set(name, answer.body);
  }
  return { answers, commit: commit ?? 0 };
};

const buildInWorker = (task: WitnessTask): Promise<WitnessSnapshot> =>
  new Promise((resolve, reject) => {
    const file = `./witness-worker${path.extname(import.meta.filename)}`;
    const worker = new Worker(new URL(file, import.meta.url));
    worker.once('message', (snapshot: WitnessSnapshot) => {
      resolve(snapshot);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new IsnadError('internal', 'The witness worker ended early.')),
    );
    worker.postMessage(task, []);
  });

/** The promise's outcome, or `store-busy` at the deadline; the work goes on for the next reader. */
const beforeDeadline = async <Result>(
  work: Promise<Result>,
  deadlineAt: number,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const refuse = (): void =>
      reject(new IsnadError('store-busy', 'The index of witnesses is being rebuilt.'));
    timer = setTimeout(refuse, Math.max(0, deadlineAt - Date.now()));
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
};
