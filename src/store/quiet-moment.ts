/** How long to wait for a quiet moment. */
export interface Patience {
  /** So long nothing must happen. */
  readonly quietMs: number;
  /** After so long there is no more waiting, however much happens. */
  readonly patienceMs: number;
}

/** Puts work off to a moment in which nothing happens, but not for ever. */
export class QuietMoment {
  readonly #patience: Patience;
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;
  #dueSince: number | undefined;

  /** @param work begins at the quiet moment; it must not throw */
  constructor(patience: Patience, work: () => void) {
    this.#patience = patience;
    this.#work = work;
  }

  /** To be called whenever something happens while the work is due. */
  wait(): void {
    const now = Date.now();
    this.#dueSince ??= now;
    clearTimeout(this.#timer);
    const { quietMs, patienceMs } = this.#patience;
    const left = Math.max(this.#dueSince + patienceMs - now, 0);
    this.#timer = setTimeout(this.#work, Math.min(quietMs, left));
    // Nobody waits for it, so it must not keep the process alive.
    this.#timer.unref();
  }

  /** The work begins otherwise, or not at all. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** The work is done: what happens from now on is waited for anew. */
  forget(): void {
    this.#dueSince = undefined;
  }
}
