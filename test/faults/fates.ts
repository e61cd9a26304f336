import { pendingAt, sectorBytes, type Fate } from './disk-image.ts';
import type { FileEvent } from './record-files.ts';

/** Every fate that is told apart from all others by one change only: the systematic part. */
export const simpleFates = (
  events: readonly FileEvent[],
  cut: number,
): ((at: number) => Fate)[] => {
  const pending = pendingAt(events, cut);
  const isPending = new Set(pending.map(({ at }) => at));
  const rest = (others: Fate, at: number, own: Fate) => (asked: number) => {
    if (!isPending.has(asked)) return 'kept';
    return asked === at ? own : others;
  };
  const fates = [rest('dropped', -1, 'kept'), rest('kept', -1, 'kept')];
  for (const { at, event } of pending) {
    fates.push(rest('dropped', at, 'kept'), rest('kept', at, 'dropped'));
    if (event.op !== 'write') continue;
    const sectors = Math.ceil(event.bytes.length / sectorBytes) + 1;
    for (let k = 1; k < sectors; k += 1) {
      fates.push(rest('dropped', at, { sectors: (sector) => sector < k }));
      fates.push(rest('kept', at, { sectors: (sector) => sector < k }));
      fates.push(rest('kept', at, { sectors: (sector) => sector >= k }));
    }
  }
  return fates;
};

/** A fate by chance for everything that was not synced. */
export const randomFate = (events: readonly FileEvent[], cut: number, random: () => number) => {
  const fates = new Map<number, Fate>();
  for (const { at, event } of pendingAt(events, cut)) {
    const dice = random();
    const chosen = new Map<number, boolean>();
    const sectors = (sector: number): boolean => {
      if (!chosen.has(sector)) chosen.set(sector, random() < 0.5);
      return chosen.get(sector) ?? false;
    };
    if (event.op === 'write' && dice < 0.4) fates.set(at, { sectors });
    else fates.set(at, dice < 0.7 ? 'kept' : 'dropped');
  }
  return (at: number): Fate => fates.get(at) ?? 'kept';
};

/** The same items in an order by chance. */
export const shuffled = <Item>(items: readonly Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
