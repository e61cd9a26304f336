import type { ReadableQuads } from 'shacl-engine';
import { rdf, rdfs, sh, xsd } from '../../model/terms.ts';
import { namedNode, type Literal, type QuadObject, type Term } from '../../rdf/terms.ts';
import { hasDatatype } from './datatypes.ts';
import type { QuickCheck } from './quick-check.ts';

/** One node, or the values of one of its properties, as a constraint sees them. */
interface Subject {
  readonly data: ReadableQuads;
  readonly node: Term;
  readonly values: readonly Term[];
}

/** Whether a constraint certainly holds. */
export type Constraint = (subject: Subject) => boolean;

interface Surroundings {
  readonly shapes: ReadableQuads;
  readonly compileShape: (shape: Term) => QuickCheck | undefined;
}

type Compile = (argument: QuadObject, surroundings: Surroundings) => Constraint | undefined;

const ofEach =
  (holds: (value: Term, subject: Subject) => boolean): Constraint =>
  (subject) =>
    subject.values.every((value) => holds(value, subject));

const isLiteral = (term: Term): term is Literal => term.termType === 'Literal';

const numericTypes: ReadonlySet<string> = new Set([xsd.integer, xsd.decimal, xsd.double]);
const plainDate = /^\d{4}-\d\d-\d\d$/;

/** What a literal sorts by: its number, or its text when it is a date of four digits without zone. */
const sortKey = (term: Term): number | string | undefined => {
  if (!isLiteral(term)) return undefined;
  if (numericTypes.has(term.datatype.value)) return Number(term.value);
  return term.datatype.value === xsd.date && plainDate.test(term.value) ? term.value : undefined;
};

/** Compares two literals; never true of what cannot be compared. */
const compares = (
  left: Term,
  right: Term,
  holds: (left: number | string, right: number | string) => boolean,
): boolean => {
  const keys = [sortKey(left), sortKey(right)] as const;
  return keys[0] !== undefined && typeof keys[0] === typeof keys[1] && holds(keys[0], keys[1] ?? 0);
};

const bound =
  (holds: (value: number | string, limit: number | string) => boolean): Compile =>
  (limit) =>
    ofEach((value) => compares(value, limit, holds));

const termTypes: Readonly<Record<string, readonly string[]>> = {
  [sh.IRI]: ['NamedNode'],
  [sh.Literal]: ['Literal'],
  [sh.IRIOrLiteral]: ['NamedNode', 'Literal'],
};

/** The class and all its subclasses. */
export const subclassesOf = (shapes: ReadableQuads, superclass: string): ReadonlySet<string> => {
  const found = new Set([superclass]);
  for (const known of found)
    for (const { subject } of shapes.match(undefined, namedNode(rdfs.subClassOf), namedNode(known)))
      found.add(subject.value);
  return found;
};

/** The members of an RDF list. */
const listOf = (shapes: ReadableQuads, head: Term): QuadObject[] => {
  const members: QuadObject[] = [];
  let node: Term | undefined = head;
  while (node && node.value !== rdf.nil) {
    const [first] = shapes.match(node, namedNode(rdf.first));
    const [rest]: Iterable<{ readonly object: QuadObject }> = shapes.match(
      node,
      namedNode(rdf.rest),
    );
    if (first) members.push(first.object);
    node = rest?.object;
  }
  return members;
};

const compileClass: Compile = ({ value }, { shapes }) => {
  const accepted = subclassesOf(shapes, value);
  return ofEach((node, { data }) =>
    [...data.match(node, namedNode(rdf.type))].some(({ object }) => accepted.has(object.value)),
  );
};

const compileOr: Compile = (list, { shapes, compileShape }) => {
  const checks = listOf(shapes, list).map(compileShape);
  const known = checks.filter((check) => check !== undefined);
  if (known.length < checks.length) return undefined;
  return ofEach((value, { data }) => known.some((check) => check(data, value)));
};

const compileProperty: Compile = (shape, { compileShape }) => {
  const check = compileShape(shape);
  return check && ofEach((value, { data }) => check(data, value));
};

/** More than one cannot be counted quickly: a value said in two graphs is one value. */
const compileMinCount: Compile = ({ value }) =>
  Number(value) <= 1 ? ({ values }) => values.length >= Number(value) : undefined;

const compilers: Readonly<Record<string, Compile>> = {
  [sh.minCount]: compileMinCount,
  [sh.maxCount]:
    ({ value }) =>
    ({ values }) =>
      values.length <= Number(value),
  [sh.datatype]: (datatype) =>
    ofEach((value) => isLiteral(value) && hasDatatype(value, datatype.value)),
  [sh.nodeKind]: ({ value: kind }) =>
    ofEach((value) => termTypes[kind]?.includes(value.termType) ?? false),
  [sh.class]: compileClass,
  [sh.pattern]: ({ value: pattern }) => {
    const expression = new RegExp(pattern);
    return ofEach((value) => expression.test(value.value));
  },
  [sh.minLength]: ({ value: length }) =>
    ofEach((value) => value.termType !== 'BlankNode' && value.value.length >= Number(length)),
  [sh.minInclusive]: bound((value, limit) => value >= limit),
  [sh.maxInclusive]: bound((value, limit) => value <= limit),
  [sh.minExclusive]: bound((value, limit) => value > limit),
  [sh.maxExclusive]: bound((value, limit) => value < limit),
  [sh.lessThanOrEquals]: (property) =>
    ofEach((value, { data, node }) =>
      [...data.match(node, property)].every(({ object }) =>
        compares(value, object, (left, right) => left <= right),
      ),
    ),
  [sh.hasValue]:
    (expected) =>
    ({ values }) =>
      values.some((value) => value.equals(expected)),
  [sh.or]: compileOr,
  [sh.property]: compileProperty,
};

/** Compiles one constraint of a shape; nothing when it is not among those checked quickly. */
export const compileConstraint = (
  parameter: string,
  argument: QuadObject,
  surroundings: Surroundings,
): Constraint | undefined => compilers[parameter]?.(argument, surroundings);
