import type { ReadableQuads } from 'shacl-engine';
import { sh, xsd } from '../../src/model/terms.ts';
import {
  blankNode,
  literal,
  namedNode,
  typedLiteral,
  type QuadObject,
} from '../../src/rdf/terms.ts';

/** Values of a property that break one constraint of its shape. */
export interface Breaking {
  readonly constraint: string;
  readonly values: readonly QuadObject[];
  /** Values of other properties that the constraint compares with. */
  readonly others?: readonly (readonly [property: string, value: QuadObject])[];
}

const strange = typedLiteral('x', 'https://example.org/datatype');
const elsewhere = namedNode('https://example.org/elsewhere');

const moved = (limit: QuadObject, by: number): QuadObject => {
  const datatype = limit.termType === 'Literal' ? limit.datatype.value : xsd.integer;
  return typedLiteral(String(Number(limit.value) + by), datatype);
};

/** Two values of the shape's datatype, the greater first. */
const descending = (datatype: string | undefined): readonly [QuadObject, QuadObject] =>
  datatype === xsd.date
    ? [typedLiteral('0800-01-01', xsd.date), typedLiteral('0700-01-01', xsd.date)]
    : [typedLiteral('20', xsd.integer), typedLiteral('10', xsd.integer)];

type Breaker = (argument: QuadObject, datatype: string | undefined) => Omit<Breaking, 'constraint'>;

const breakers: Readonly<Record<string, readonly [constraint: string, breaker: Breaker]>> = {
  [sh.minCount]: [sh.MinCountConstraintComponent, () => ({ values: [] })],
  [sh.maxCount]: [
    sh.MaxCountConstraintComponent,
    ({ value }) => ({
      values: Array.from({ length: Number(value) + 1 }, (_, index) => literal(`value ${index}`)),
    }),
  ],
  [sh.datatype]: [sh.DatatypeConstraintComponent, () => ({ values: [strange] })],
  [sh.or]: [sh.OrConstraintComponent, () => ({ values: [strange] })],
  [sh.nodeKind]: [
    sh.NodeKindConstraintComponent,
    ({ value }) => ({ values: [value === sh.IRI ? strange : blankNode()] }),
  ],
  [sh.class]: [sh.ClassConstraintComponent, () => ({ values: [elsewhere] })],
  [sh.pattern]: [sh.PatternConstraintComponent, () => ({ values: [elsewhere, literal('§ §')] })],
  [sh.minLength]: [sh.MinLengthConstraintComponent, () => ({ values: [literal('')] })],
  [sh.minInclusive]: [
    sh.MinInclusiveConstraintComponent,
    (limit) => ({ values: [moved(limit, -1)] }),
  ],
  [sh.maxInclusive]: [
    sh.MaxInclusiveConstraintComponent,
    (limit) => ({ values: [moved(limit, 1)] }),
  ],
  [sh.minExclusive]: [sh.MinExclusiveConstraintComponent, (limit) => ({ values: [limit] })],
  [sh.lessThanOrEquals]: [
    sh.LessThanOrEqualsConstraintComponent,
    (property, datatype) => {
      const [greater, less] = descending(datatype);
      return { values: [greater], others: [[property.value, less]] };
    },
  ],
};

/** For every constraint of a property shape, values that break it. */
export const valuesThatBreak = (shapes: ReadableQuads, shape: string): readonly Breaking[] => {
  const quads = [...shapes.match(namedNode(shape))];
  const datatype = quads.find(({ predicate }) => predicate.value === sh.datatype)?.object.value;
  const compared =
    quads.some(({ predicate }) => predicate.value === sh.lessThanOrEquals) && datatype === undefined
      ? xsd.date
      : datatype;
  return quads.flatMap(({ predicate, object }) => {
    const known = breakers[predicate.value];
    return known ? [{ constraint: known[0], ...known[1](object, compared) }] : [];
  });
};
