/** Gathers values by key, in the order in which the keys first came. */
export const groupRows = <Item, Value>(
  items: Iterable<Item>,
  entryOf: (item: Item) => readonly [key: string, value: Value] | undefined,
): Map<string, Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const item of items) {
    const entry = entryOf(item);
    if (entry === undefined) continue;
    const group = groups.get(entry[0]);
    if (group === undefined) groups.set(entry[0], [entry[1]]);
    else group.push(entry[1]);
  }
  return groups;
};

/** The values without repeats, the first of each kept: two are the same if `keyOf` says the same. */
export const distinctBy = <Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Value[] => {
  const seen = new Set<string>();
  return values.filter((value) => {
    const { size } = seen;
    return seen.add(keyOf(value)).size > size;
  });
};
