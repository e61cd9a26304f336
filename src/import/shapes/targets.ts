import type { ReadableQuads } from 'shacl-engine';
import { rdf, sh } from '../../model/terms.ts';
import { namedNode, type Quad, type Term } from '../../rdf/terms.ts';
import { subclassesOf } from './quick-constraints.ts';

type Node = Quad['subject'];

/** A shape with the nodes of one batch that it speaks of. */
export interface Targeted {
  readonly shape: Node;
  readonly nodes: readonly Node[];
}

const put = (shapes: Map<string, Set<Node>>, key: string, shape: Node): void => {
  const known = shapes.get(key);
  if (known) known.add(shape);
  else shapes.set(key, new Set([shape]));
};

/**
 * Finds which nodes each shape targets: the members of `sh:targetClass` and its subclasses, and the
 * subjects of `sh:targetSubjectsOf`. Other targets do not stand in the shapes; a test holds them to it.
 *
 * @param shapes index of the shapes and the ontology
 */
export const createTargetFinder = (
  shapes: ReadableQuads,
): ((data: ReadableQuads) => readonly Targeted[]) => {
  const byClass = new Map<string, Set<Node>>();
  const byProperty = new Map<string, Set<Node>>();
  for (const { subject, object } of shapes.match(undefined, namedNode(sh.targetClass)))
    for (const member of subclassesOf(shapes, object.value)) put(byClass, member, subject);
  for (const { subject, object } of shapes.match(undefined, namedNode(sh.targetSubjectsOf)))
    put(byProperty, object.value, subject);

  return (data) => {
    const targets = new Map<Node, Map<string, Node>>();
    const aim = (aiming: Iterable<Node>, node: Node): void => {
      for (const shape of aiming) {
        const nodes = targets.get(shape) ?? new Map<string, Node>();
        nodes.set(`${node.termType} ${node.value}`, node);
        targets.set(shape, nodes);
      }
    };
    for (const { subject, object } of data.match(undefined, namedNode(rdf.type)))
      aim(byClass.get(object.value) ?? [], subject);
    for (const [property, aiming] of byProperty)
      for (const { subject } of data.match(undefined, namedNode(property))) aim(aiming, subject);
    return [...targets].map(([shape, nodes]) => ({ shape, nodes: [...nodes.values()] }));
  };
};

/** Every shape that has targets of its own. */
export const targetingShapes = (shapes: ReadableQuads): readonly Term[] => {
  const found = new Map<string, Term>();
  for (const property of [sh.targetClass, sh.targetSubjectsOf])
    for (const { subject } of shapes.match(undefined, namedNode(property)))
      found.set(subject.value, subject);
  return [...found.values()];
};
