import { IsnadError } from '../../errors.ts';
import { xsd } from '../../model/terms.ts';
import { canonicalTermText } from '../../rdf/canonical.ts';
import { literal, namedNode, type Term, typedLiteral } from '../../rdf/terms.ts';
import type { QuadTemplate, TemplateTerm } from '../../store/update-operations.ts';
import type { Update } from '../parser.ts';
import type { Names } from './names.ts';

type Operation = NonNullable<Update['updates'][number]['operation']>;
type Modify = Extract<Operation, { subType: 'modify' }>;
/** Quads as the parser gives them: triples, and triples in a graph. */
export type WrittenQuads = Modify['insert'];
type WrittenTriples = Extract<WrittenQuads[number], { type: 'pattern' }>['triples'];
type Written = WrittenTriples[number];
type Triple = Extract<Written, { type: 'triple' }>;
type Node = Triple['object'] | Triple['predicate'];

const fixed = (term: Term): TemplateTerm => ({ kind: 'fixed', text: canonicalTermText(term) });

const refuse = (detail: string): never => {
  throw new IsnadError('query-syntax', detail);
};

/**
 * One term in its stored form.
 *
 * @throws IsnadError `rdf-syntax` for a term no engine stores, `query-syntax` for a property path
 */
export const templateTerm = (node: Node, names: Names): TemplateTerm => {
  if (node.type === 'tripleCollection') return templateTerm(node.identifier, names);
  if (node.type !== 'term') return refuse('A property path cannot stand in a template.');
  if (node.subType === 'variable') return { kind: 'variable', name: node.value };
  if (node.subType === 'blankNode') return { kind: 'blank', label: node.label };
  if (node.subType === 'namedNode') return fixed(namedNode(names.iri(node)));
  const { langOrIri } = node;
  if (langOrIri === undefined) return fixed(typedLiteral(node.value, xsd.string));
  if (typeof langOrIri === 'string') return fixed(literal(node.value, langOrIri));
  return fixed(typedLiteral(node.value, names.iri(langOrIri)));
};

/** The triples of a collection or of `[…]` stand inside the triple that mentions it. */
const flatten = (written: readonly Written[]): Triple[] =>
  written.flatMap((each) => {
    if (each.type === 'tripleCollection') return flatten(each.triples);
    const inner = [each.subject, each.object].flatMap((node) =>
      node.type === 'tripleCollection' ? flatten(node.triples) : [],
    );
    return [...inner, each];
  });

const isLiteral = (term: TemplateTerm): boolean =>
  term.kind === 'fixed' && term.text.startsWith('"');

/**
 * The quads of a template or of data, one by one.
 *
 * @param graph where triples go that stand in no GRAPH; nothing for the default graph
 * @throws IsnadError `query-syntax` for a literal as a subject, `rdf-syntax` for a term no engine stores
 */
export const quadTemplates = (
  written: WrittenQuads,
  names: Names,
  graph?: TemplateTerm,
): QuadTemplate[] =>
  written.flatMap((part) => {
    const isGraph = part.type === 'graph';
    const into = isGraph ? templateTerm(part.graph, names) : graph;
    return flatten(isGraph ? part.triples.triples : part.triples).map((triple): QuadTemplate => {
      const subject = templateTerm(triple.subject, names);
      if (isLiteral(subject)) refuse('A literal cannot be the subject of a triple.');
      const predicate = templateTerm(triple.predicate, names);
      const object = templateTerm(triple.object, names);
      return { subject, predicate, object, graph: into };
    });
  });
