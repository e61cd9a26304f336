import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  Worker,
  type WorkerOptions,
} from 'node:worker_threads';

/**
 * Threads that can be ended at any moment. Node.js 26 aborts the whole process when a thread is torn off
 * while it sets up one of zlib's compressors (`close before init`), as one in some hundred is that is ended
 * while it reads a journal. So a thread counts such work in memory it shares with the one that started it,
 * which waits for the end of that work, some milliseconds, before it ends the thread.
 */
const environmentKey = 'isnad:thread';
/** In the shared memory: how much is under way that must be whole, and whether to begin no more of it. */
const at = { busy: 0, ending: 1 } as const;

const given: unknown = isMainThread ? undefined : getEnvironmentData(environmentKey);
const own = given instanceof Int32Array ? given : undefined;

/** The shared memory of the threads that live. */
const living = new Map<Worker, Int32Array>();

/** Runs work that the thread must not be ended in the midst of: what makes a compressor of zlib's. */
export const whole = <Result>(work: () => Result): Result => {
  if (!own) return work();
  Atomics.add(own, at.busy, 1);
  // The thread will be ended at once: it waits for that, so that nothing takes this for a failure.
  while (Atomics.load(own, at.ending) === 1) {
    Atomics.store(own, at.busy, 0);
    Atomics.notify(own, at.busy);
    Atomics.wait(own, at.ending, 1);
  }
  try {
    return work();
  } finally {
    Atomics.sub(own, at.busy, 1);
    Atomics.notify(own, at.busy);
  }
};

/**
 * Starts a thread that `endThread` ends.
 *
 * @param file the module it runs, which uses zlib by way of `whole` only
 */
export const startThread = (file: URL, options: WorkerOptions = {}): Worker => {
  if (living.size === 0) process.once('exit', endAllWhole);
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  // The thread gets what is set at the moment of its start.
  setEnvironmentData(environmentKey, shared);
  const worker = new Worker(file, options);
  living.set(worker, shared);
  worker.once('exit', () => {
    living.delete(worker);
    if (living.size === 0) process.off('exit', endAllWhole);
    Atomics.store(shared, at.busy, 0);
    Atomics.notify(shared, at.busy);
  });
  return worker;
};

/** Ends a thread, whatever it is doing, and resolves when it is gone. */
export const endThread = async (worker: Worker): Promise<void> => {
  const shared = living.get(worker);
  if (!shared) return;
  Atomics.store(shared, at.ending, 1);
  for (let busy = 1; busy > 0; busy = Atomics.load(shared, at.busy))
    await Atomics.waitAsync(shared, at.busy, busy).value;
  await worker.terminate();
};

/** The longest that a process which ends waits for its threads. */
const exitPatienceMs = 2000;

/** A process that ends tears its threads off. */
const endAllWhole = (): void => {
  const until = Date.now() + exitPatienceMs;
  for (const shared of living.values()) Atomics.store(shared, at.ending, 1);
  for (const shared of living.values()) {
    let busy = Atomics.load(shared, at.busy);
    while (busy > 0 && Date.now() < until) {
      Atomics.wait(shared, at.busy, busy, Math.max(until - Date.now(), 0));
      busy = Atomics.load(shared, at.busy);
    }
  }
};
