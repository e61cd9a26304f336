/**
 * Gathers things that are known to be the same into groups (the connected components of the pairs).
 *
 * @returns a function that gives the group's name: its least member, the same for every member; a
 *   thing in no pair is its own group
 */
export const groupSame = (
  pairs: Iterable<readonly [string, string]>,
): ((thing: string) => string) => {
  const parents = new Map<string, string>();
  const nameOf = (thing: string): string => {
    let name = thing;
    for (let up = parents.get(name); up !== undefined; up = parents.get(name)) name = up;
    return name;
  };
  for (const [one, other] of pairs) {
    const [least, greatest] = [nameOf(one), nameOf(other)].toSorted();
    if (least !== undefined && greatest !== undefined && least !== greatest) {
      parents.set(greatest, least);
    }
  }
  return nameOf;
};
