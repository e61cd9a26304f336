import type { CompileConstraint, Shape } from 'shacl-engine';
import { sh } from '../../model/terms.ts';
import { namedNode, type NamedNode } from '../../rdf/terms.ts';

/**
 * The check of `sh:property`, in place of shacl-engine's: it passes over the property shapes that
 * cannot fail because the node has no value for them. A record type has some forty properties and a
 * record states ten of them, so this is most of the time of an import's validation.
 */

interface PropertyShape {
  readonly shape: Shape;
  /** The property, when the shape holds for every node that does not state it. */
  readonly onlyIfStated: NamedNode | undefined;
}

/** Parameters of the constraints that a missing value can break. */
const speaksOfAbsence = [
  sh.minCount,
  sh.hasValue,
  sh.equals,
  sh.qualifiedValueShape,
  sh.sparql,
].map((parameter) => namedNode(parameter));

const readPropertyShape = (shape: Shape): PropertyShape => {
  const path = shape.ptr.out([namedNode(sh.path)]).term;
  const mayBeAbsent = shape.ptr.out(speaksOfAbsence).terms.length === 0;
  return {
    shape,
    onlyIfStated: path?.termType === 'NamedNode' && mayBeAbsent ? path : undefined,
  };
};

const isEmpty = (values: Iterable<unknown>): boolean =>
  values[Symbol.iterator]().next().done === true;

/** Compiles `sh:property` for shacl-engine. */
export const compileProperty: CompileConstraint = (shape) => {
  const properties = [...shape.ptr.out([namedNode(sh.property)])].map((pointer) =>
    readPropertyShape(shape.validator.shape(pointer)),
  );
  return {
    generic: async (context) => {
      const focusNode = context.valueOrNode;
      const propertyContext = context.create({ focusNode });
      const { dataset, term } = focusNode;
      for (const { shape: property, onlyIfStated } of properties) {
        if (onlyIfStated && isEmpty(dataset.match(term, onlyIfStated))) continue;
        // oxlint-disable-next-line no-await-in-loop -- the engine keeps one report: order matters
        await property.validate(propertyContext);
      }
    },
  };
};
