import type { ReadableQuads } from 'shacl-engine';
import { isnad, rdf, rdfs, sh } from '../../model/terms.ts';
import { namedNode, type Quad, type QuadObject, type Term } from '../../rdf/terms.ts';
import { compileConstraint, type Constraint } from './quick-constraints.ts';

/**
 * Tells of most nodes that they conform, some ten times faster than the engine can: nearly all nodes
 * of a delivery do, so only the others are given to the engine, which alone says what is wrong. The
 * check is one-sided: `true` is certain, `false` means that the engine has to look. A test holds it
 * to that with random data.
 */
export type QuickCheck = (data: ReadableQuads, node: Term) => boolean;

/** What may stand on a shape without constraining anything. */
const withoutEffect: ReadonlySet<string> = new Set([
  rdf.type,
  rdfs.label,
  rdfs.comment,
  sh.targetClass,
  sh.targetSubjectsOf,
  sh.path,
  sh.name,
  sh.description,
  sh.message,
  sh.severity,
  sh.order,
  sh.group,
  isnad.facet,
  isnad.listColumn,
]);

const objects = (quads: Iterable<Quad>): QuadObject[] => [...quads].map(({ object }) => object);

/** The values of a property; the node itself where a shape has no property. */
const valuesOf = (data: ReadableQuads, node: Term, path: Term | undefined): readonly Term[] =>
  path ? objects(data.match(node, path)) : [node];

/**
 * Compiles the quick check of a shape.
 *
 * @param shapes index of the shapes and the ontology
 * @returns nothing when the shape, or one it is made of, uses a constraint that is not checked quickly
 */
export const compileQuickCheck = (shapes: ReadableQuads, shape: Term): QuickCheck | undefined => {
  const [path, ...furtherPaths] = objects(shapes.match(shape, namedNode(sh.path)));
  if (furtherPaths.length > 0 || (path && path.termType !== 'NamedNode')) return undefined;
  const constraints: Constraint[] = [];
  for (const { predicate, object } of shapes.match(shape)) {
    if (withoutEffect.has(predicate.value)) continue;
    const constraint = compileConstraint(predicate.value, object, {
      shapes,
      compileShape: (inner) => compileQuickCheck(shapes, inner),
    });
    if (!constraint) return undefined;
    constraints.push(constraint);
  }
  return (data, node) => {
    const values = valuesOf(data, node, path);
    return constraints.every((holds) => holds({ data, node, values }));
  };
};
