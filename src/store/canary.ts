import { open } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../errors.ts';
import type { Probe } from './engine/pool/probe.ts';
import type { ReaderPool } from './engine/pool/reader-pool.ts';
import type { Writer } from './engine/writer.ts';
import type { Committer } from './committer.ts';
import type { TryOut } from './watch.ts';

export interface CanaryParts {
  readonly dataDir: string;
  readonly readers: ReaderPool;
  readonly writer: Writer;
  readonly committer: Committer;
}

/** The file that is synced; it means nothing. */
const fileName = 'ready-check';

const syncFile = async (dataDir: string): Promise<void> => {
  const file = await open(path.join(dataDir, fileName), 'w', 0o600);
  try {
    await file.write('ready?\n');
    await file.sync();
  } finally {
    await file.close();
  }
};

const within = async <Result>(
  work: Promise<Result>,
  deadlineAt: number,
  what: string,
): Promise<Result> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error('it took too long')),
    Math.max(0, deadlineAt - Date.now()),
  );
  try {
    return await Promise.race([work, late.promise]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IsnadError('store-busy', `${what}: ${reason}.`, { cause });
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Tries all parts of a store, as `WatchedStore.tryOut` says. What hangs is waited for by the next try too,
 * instead of being started once more: a dead disk must not take a thread with every try.
 */
export class Canary {
  readonly #parts: CanaryParts;
  #probing: Promise<Probe> | undefined;
  #syncing: Promise<void> | undefined;
  #writing: Promise<void> | undefined;

  constructor(parts: CanaryParts) {
    this.#parts = parts;
  }

  /** @throws IsnadError `store-busy`, `write-failed` */
  async tryOut(deadlineAt: number): Promise<TryOut> {
    const { refusal } = this.#parts.committer;
    if (refusal) throw refusal;
    const [readers, writer] = await Promise.all([
      within(this.#probe(), deadlineAt, 'An engine did not answer'),
      within(this.#tryWriter(), deadlineAt, 'The writer did not answer'),
      within(this.#sync(), deadlineAt, 'A file could not be synced'),
    ]);
    if (readers.answered + readers.busy === 0)
      throw new IsnadError('store-busy', 'No engine is there to answer queries.');
    return { ...readers, writer };
  }

  /** A writer at work, or just starting, has a deadline or a reader of its own. */
  async #tryWriter(): Promise<TryOut['writer']> {
    const { committer, writer } = this.#parts;
    if (!this.#writing) {
      if (committer.waiting > 0) return 'busy';
      if (!writer.isReady) {
        const { startProblem } = writer;
        writer.warm();
        if (startProblem !== undefined) throw new Error(startProblem);
        return 'starting';
      }
      this.#writing = committer
        .alone(async () => writer.tryOut())
        .finally(() => (this.#writing = undefined));
    }
    await this.#writing;
    return 'answered';
  }

  async #probe(): Promise<Probe> {
    const { readers } = this.#parts;
    this.#probing ??= readers.probe().finally(() => (this.#probing = undefined));
    return this.#probing;
  }

  async #sync(): Promise<void> {
    this.#syncing ??= syncFile(this.#parts.dataDir).finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }
}
