import { IsnadError, fromWireError } from '../errors.ts';
import { endThread, startThread } from '../threads.ts';
import type { Finding } from './findings.ts';
import type { ImportProgress } from './import-request.ts';
import type { Prepared, PrepareJob } from './preparation.ts';
import type { WorkerMessage } from './worker.ts';

/** All that a delivery yields: the content of the graph, and what there is to tell. */
export interface PreparedDelivery extends Prepared {
  readonly nquads: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

export interface PrepareOptions {
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Ends the worker at once. */
  readonly signal?: AbortSignal | undefined;
}

/** A delivery of hostile size dies in its worker, not in the service; the catalogue needs a third. */
const workerHeapMb = 1024;

const isTypeScript = import.meta.url.endsWith('.ts');
const workerFile = new URL(isTypeScript ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Prepares a delivery in a worker thread of its own, which is thrown away afterwards: whatever is in
 * the files cannot hurt the service.
 *
 * @throws IsnadError what `prepare` throws, `import-cancelled`, `delivery-too-large` when the worker
 *   ran out of memory
 */
export const prepareInWorker = (
  job: PrepareJob,
  { onProgress, signal }: PrepareOptions,
): Promise<PreparedDelivery> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled());
      return;
    }
    const worker = startThread(workerFile, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
    });
    const nquads: Uint8Array[] = [];
    const findings: Finding[] = [];
    // The caller goes on when the thread is gone and its memory given back.
    let ended = false;
    const end = (finish: () => void): void => {
      if (ended) return;
      ended = true;
      signal?.removeEventListener('abort', cancel);
      endThread(worker).then(finish, finish);
    };
    const cancel = (): void => end(() => reject(cancelled()));
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      switch (message.type) {
        case 'nquads':
          nquads.push(message.nquads);
          break;
        case 'findings':
          for (const finding of message.findings) findings.push(finding);
          break;
        case 'progress':
          onProgress?.(message.progress);
          break;
        case 'prepared':
          end(() => resolve({ ...message.prepared, nquads, findings }));
          break;
        case 'failed':
          end(() => reject(fromWireError(message.error)));
          break;
      }
    });
    worker.on('error', (error) => end(() => reject(workerError(error))));
    worker.on('exit', () =>
      end(() => reject(new IsnadError('internal', 'The import’s worker ended without an answer.'))),
    );
  });

const cancelled = (): IsnadError =>
  new IsnadError('import-cancelled', 'The import was stopped. Nothing was changed.');

const workerError = (error: unknown): IsnadError => {
  const isMemory = error instanceof Error && 'code' in error && error.code === outOfMemory;
  return isMemory
    ? new IsnadError(
        'delivery-too-large',
        `The delivery needs more than the ${workerHeapMb} MB of memory that an import has.`,
        { extra: { max: workerHeapMb, unit: 'MB' }, cause: error },
      )
    : new IsnadError('internal', error instanceof Error ? error.message : String(error), {
        cause: error,
      });
};

const outOfMemory = 'ERR_WORKER_OUT_OF_MEMORY';
