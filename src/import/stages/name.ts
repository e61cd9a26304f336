import { localId } from '../../model/iris.ts';
import type { Iris } from '../../model/iris.ts';
import { namedNode, quad } from '../../rdf/terms.ts';
import type { NamedNode, Quad } from '../../rdf/terms.ts';
import { isPart, isTerm } from '../described.ts';
import type { Description, PartRef, RecordRef } from '../described.ts';

/** Gives descriptions their IRIs. */
export interface Namer {
  readonly nameOf: (thing: RecordRef | PartRef) => NamedNode;
  /** The descriptions as quads in the dataset's graph. */
  readonly name: (descriptions: readonly Description[]) => Quad[];
}

/** Enough for every record of one large manuscript. */
const rememberedMax = 20_000;

/**
 * A namer for one dataset: a record's IRI is made of its type and a hash of the dataset's slug and
 * the record's key, so that the same delivery always names the same things.
 */
export const createNamer = (iris: Iris, slug: string): Namer => {
  const graph = namedNode(iris.dataset(slug));
  const remembered = new Map<string, NamedNode>();
  const recordName = ({ type, key }: RecordRef): NamedNode => {
    const label = `${type} ${key}`;
    const known = remembered.get(label);
    if (known) return known;
    const node = namedNode(iris.record(type, localId(slug, key)));
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(label, node);
    return node;
  };
  const nameOf = (thing: RecordRef | PartRef): NamedNode =>
    isPart(thing) ? namedNode(`${recordName(thing.of).value}#${thing.part}`) : recordName(thing);
  return {
    nameOf,
    name: (descriptions) =>
      descriptions.flatMap(({ subject, statements }) => {
        const node = nameOf(subject);
        return statements.map(([property, value]) =>
          quad(node, namedNode(property), isTerm(value) ? value : nameOf(value), graph),
        );
      }),
  };
};
