import type { QueryRequest } from '../../store.ts';
import type { Lane } from './waiting.ts';

const shapesMax = 1000;
/** Data and load change: what overran long ago gets another chance. */
const rememberedMs = 10 * 60 * 1000;

/**
 * The shapes of queries that outlived their light budget, so that the next of the same shape start in
 * the heavy lane. A shape is forgotten after a while, when it ends within the budget after all, or when
 * too many others came since.
 */
export class OverranShapes {
  readonly #until = new Map<string, number>();

  get size(): number {
    return this.#until.size;
  }

  /** The lane a query starts in. One whose shape is not known starts light. */
  laneOf({ shape }: QueryRequest): Lane {
    if (!shape) return 'light';
    if (shape.startsHeavy) return 'heavy';
    const until = this.#until.get(shape.form);
    if (until === undefined) return 'light';
    if (until > Date.now()) return 'heavy';
    this.#until.delete(shape.form);
    return 'light';
  }

  remember({ shape }: QueryRequest): void {
    if (!shape) return;
    this.#until.delete(shape.form);
    this.#until.set(shape.form, Date.now() + rememberedMs);
    const [oldest] = this.#until.keys();
    if (this.#until.size > shapesMax && oldest !== undefined) this.#until.delete(oldest);
  }

  forget({ shape }: QueryRequest): void {
    if (shape) this.#until.delete(shape.form);
  }
}
