import { laneOf, type Reader } from './reader.ts';
import type { FairLine } from './fair-line.ts';
import type { Lane } from './waiting.ts';

/** How many replicas a pool keeps, and for what. */
export interface LaneSizes {
  /** Queries of the light lane answered at the same time. */
  readonly light: number;
  /** Queries of the heavy lane answered at the same time; with none, the light lane answers both. */
  readonly heavy: number;
  /** Replicas beyond these, warm, to take over from a lost one and to read a new commit first. */
  readonly spare: number;
}

export const replicasOf = ({ light, heavy, spare }: LaneSizes): number => light + heavy + spare;

/** Whether there is one lane for all. */
export const isShared = ({ heavy }: LaneSizes): boolean => heavy === 0;

/** Replicas at work in a lane. */
export const working = (readers: Iterable<Reader>, lane: Lane): number =>
  [...readers].filter((reader) => laneOf(reader) === lane).length;

/**
 * Whether a lane may take one more query now. The heavy lane never takes the replica the light lane
 * will need next, unless no more can be built: then it is better slow than not at all.
 */
export const hasRoom = (
  readers: readonly Reader[],
  sizes: LaneSizes,
  lane: Lane,
  scarce: boolean,
): boolean => {
  const light = working(readers, 'light');
  const heavy = working(readers, 'heavy');
  if (isShared(sizes)) return light + heavy < sizes.light;
  if (lane === 'light') return light < sizes.light;
  if (heavy >= sizes.heavy) return false;
  const idle = readers.filter(({ activity }) => activity === 'idle').length;
  return scarce || idle > Math.max(sizes.light - light, 0);
};

const firstGuessMs: Readonly<Record<Lane, number>> = { light: 50, heavy: 3000 };
const longestS = 60;

/** Seconds until the line of a lane will have moved on, from how long queries took of late. */
export class WaitEstimate {
  readonly #meanMs: Record<Lane, number> = { ...firstGuessMs };

  /** A query ended after this long. */
  note(lane: Lane, tookMs: number): void {
    this.#meanMs[lane] += (tookMs - this.#meanMs[lane]) / 16;
  }

  seconds(line: FairLine, sizes: LaneSizes): number {
    const ofLane = (lane: Lane): number =>
      (line.count(lane) * this.#meanMs[lane]) / Math.max(sizes[lane], 1) / 1000;
    return Math.min(Math.max(Math.ceil(Math.max(ofLane('light'), ofLane('heavy'))), 1), longestS);
  }
}
