import type { QueryRequest } from '../../store.ts';
import type { Lane } from './waiting.ts';

const shapesMax = 1000;
/** Data and load change: what overran long ago gets another chance. */
const rememberedMs = 10 * 60 * 1000;
/**
 * Overruns in a row by which a form, which many queries share, is known to be long. One may be of a
 * busy moment, and would put all look-ups of that form behind it; a query is judged by itself at once.
 */
const formOverruns = 3;

interface Overruns {
  count: number;
  /** In milliseconds of `Date.now()`. */
  until: number;
}

/**
 * The shapes of queries that outlived their light budget, so that the next of the same shape start in
 * the heavy lane. A shape is forgotten after a while, when it ends within the budget after all, or when
 * too many others came since.
 */
export class OverranShapes {
  readonly #overruns = new Map<string, Overruns>();

  get size(): number {
    return this.#overruns.size;
  }

  /** The lane a query starts in. One whose shape is not known starts light. */
  laneOf({ shape }: QueryRequest): Lane {
    if (!shape) return 'light';
    const isHeavy =
      shape.startsHeavy ||
      this.#countOf(`key ${shape.key}`) > 0 ||
      this.#countOf(`form ${shape.form}`) >= formOverruns;
    return isHeavy ? 'heavy' : 'light';
  }

  remember({ shape }: QueryRequest): void {
    if (!shape) return;
    this.#add(`key ${shape.key}`);
    this.#add(`form ${shape.form}`);
  }

  forget({ shape }: QueryRequest): void {
    if (!shape) return;
    this.#overruns.delete(`key ${shape.key}`);
    this.#overruns.delete(`form ${shape.form}`);
  }

  #countOf(name: string): number {
    const overruns = this.#overruns.get(name);
    return overruns && overruns.until > Date.now() ? overruns.count : 0;
  }

  #add(name: string): void {
    const count = this.#countOf(name) + 1;
    this.#overruns.delete(name);
    this.#overruns.set(name, { count, until: Date.now() + rememberedMs });
    const [oldest] = this.#overruns.keys();
    if (this.#overruns.size > shapesMax && oldest !== undefined) this.#overruns.delete(oldest);
  }
}
