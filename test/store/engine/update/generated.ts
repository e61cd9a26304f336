import * as fc from 'fast-check';
import type { Dataset } from './oracle.ts';

/** Small datasets, and update requests that meet what is in them. */
const base = 'http://example.org/';
const graphs = ['g1', 'g2', 'g3'];
const xsd = 'http://www.w3.org/2001/XMLSchema#';

const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const text = (
  parts: TemplateStringsArray,
  ...values: readonly fc.Arbitrary<string>[]
): fc.Arbitrary<string> =>
  fc.tuple(...values).map((chosen) => String.raw({ raw: parts.raw }, ...chosen));
const list = (
  each: fc.Arbitrary<string>,
  min: number,
  max: number,
  separator = ' ',
): fc.Arbitrary<string> =>
  fc.array(each, { minLength: min, maxLength: max }).map((all) => all.join(separator));

/** Spellings the engine keeps, in data; and others that it spells anew, in updates. */
const storedLiterals = [
  '"x"',
  '"x"@en',
  '"5"^^<i>',
  '"2.5"^^<d>',
  '"true"^^<b>',
  '"2024-01-01"^^<date>',
  '"مصحف"@ar',
];
const literals = [
  ...storedLiterals,
  '05',
  '+5',
  '5',
  '2.50',
  '2.5e0',
  '"x"@EN',
  '"1"^^<b>',
  '"005"^^<int>',
  '"P12M"^^<dur>',
  '"a\\nb\\"c"',
  '"5"^^<http://example.org/own>',
];
const datatypes: Readonly<Record<string, string>> = {
  i: 'integer',
  d: 'decimal',
  b: 'boolean',
  int: 'int',
  date: 'date',
  dur: 'duration',
};
const spelled = (literal: string): string =>
  literal.replace(/\^\^<(\w+)>/, (_, name: string) => `^^<${xsd}${datatypes[name] ?? name}>`);

const iri = pick('a', 'b', 'c').map((name) => `<${base}${name}>`);
const predicate = pick('p', 'q').map((name) => `<${base}${name}>`);
const graph = pick(...graphs).map((name) => `<${base}${name}>`);
const storedLiteral = pick(...storedLiterals.map(spelled));
const literal = pick(...literals.map(spelled));
const stored = pick('_:ab1', '_:named', '_:c3');
const variable = pick('?s', '?p', '?o', '?v', '?g');

const line = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: iri }, stored),
    predicate,
    fc.oneof(iri, storedLiteral, stored),
    fc.option(graph),
  )
  .map(([s, p, o, g]) => (g === null ? `${s} ${p} ${o} .` : `${s} ${p} ${o} ${g} .`));

export const datasets: fc.Arbitrary<Dataset> = fc.record({
  lines: fc.uniqueArray(line, { maxLength: 10 }),
  emptyGraphs: fc.subarray(graphs.map((name) => base + name)),
});

const dataTriple = text`${iri} ${predicate} ${fc.oneof(iri, literal)} .`;
/** Labels are of one operation, as SPARQL asks; the number makes them so. */
const labelled = text`${fc.oneof(iri, pick('_:x@', '[]'))} ${predicate} ${fc.oneof(iri, literal, pick('_:x@', '[ <http://example.org/q> _:y@ ]', '( 1 _:x@ )'))} .`;
const inGraphs = (triple: fc.Arbitrary<string>, name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  list(fc.oneof(triple, text`GRAPH ${name} { ${list(triple, 1, 2)} }`), 1, 3);

const pattern = text`${fc.oneof(variable, iri)} ${fc.oneof(pick('?p'), predicate)} ${fc.oneof(variable, iri, literal)} .`;
const expression = pick(
  '?o + 1',
  'STR(?o)',
  'IRI(CONCAT("http://example.org/", "c"))',
  'IRI("rel")',
  `STRDT("007", <${xsd}short>)`,
  'STRLANG("x", "EN")',
  '?o = ?s',
  '1.50 * 2',
  'BNODE()',
  'BNODE("k")',
  '?unbound',
  '?s',
  `<${xsd}double>("1.0E1")`,
);
const clause = fc.oneof(
  { weight: 5, arbitrary: pattern },
  { weight: 3, arbitrary: text`GRAPH ${fc.oneof(graph, pick('?g'))} { ${list(pattern, 1, 2)} }` },
  text`OPTIONAL { ${pattern} }`,
  text`{ ${pattern} } UNION { ${pattern} }`,
  text`MINUS { ${pattern} }`,
  text`FILTER(${pick('BOUND(?o)', 'isLiteral(?o)', '?o > 1', `EXISTS { ?s <${base}q> ?z }`)})`,
  text`VALUES ?v { ${list(fc.oneof(iri, literal, pick('UNDEF')), 0, 3)} }`,
  text`{ SELECT ?s (COUNT(*) AS ?v) { ${pattern} } GROUP BY ?s }`,
  text`?s (${predicate}/${predicate}?)|^${predicate} ?o .`,
);
const where = text`${list(clause, 0, 3)} ${fc.oneof(pick(''), text`BIND(${expression} AS ?new)`)}`;

const templateTerm = fc.oneof(variable, iri, pick('?new'));
const deleteTemplate = inGraphs(
  text`${templateTerm} ${fc.oneof(pick('?p'), predicate)} ${fc.oneof(templateTerm, literal)} .`,
  fc.oneof(graph, pick('?g')),
);
const insertTemplate = inGraphs(
  text`${fc.oneof(templateTerm, pick('_:x@'))} ${fc.oneof(pick('?p'), predicate)} ${fc.oneof(templateTerm, literal, pick('_:x@', '[]'))} .`,
  fc.oneof(graph, pick('?g', '?o')),
);
const dataset = fc.oneof(
  { weight: 3, arbitrary: pick('') },
  list(fc.oneof(text`USING ${graph}`, text`USING NAMED ${graph}`), 1, 3),
);
const actions = fc.oneof(
  text`DELETE { ${deleteTemplate} } INSERT { ${insertTemplate} }`,
  text`INSERT { ${insertTemplate} }`,
  text`DELETE { ${deleteTemplate} }`,
);
const modify = text`${fc.oneof({ weight: 3, arbitrary: pick('') }, text`WITH ${graph}`)} ${actions} ${dataset} WHERE { ${where} }`;

const target = fc.oneof(text`GRAPH ${graph}`, pick('DEFAULT', 'NAMED', 'ALL'));
const place = fc.oneof(pick('DEFAULT'), graph);
const silent = pick('', 'SILENT');
const management = fc.oneof(
  text`CREATE ${silent} GRAPH ${graph}`,
  text`${pick('CLEAR', 'DROP')} SILENT ${target}`,
  text`${pick('CLEAR', 'DROP')} ${target}`,
  // Without SILENT the engine takes an absent source for an empty one; here that is an error.
  text`${pick('ADD', 'COPY')} SILENT ${place} TO ${place}`,
  text`MOVE ${silent} ${place} TO ${place}`,
);

const operation = fc.oneof(
  { weight: 3, arbitrary: text`INSERT DATA { ${inGraphs(labelled, graph)} }` },
  { weight: 2, arbitrary: text`DELETE DATA { ${inGraphs(dataTriple, graph)} }` },
  { weight: 2, arbitrary: text`DELETE WHERE { ${inGraphs(pattern, graph)} }` },
  { weight: 7, arbitrary: modify },
  { weight: 3, arbitrary: management },
);

/** Operations of a request, labels of blank nodes numbered so that no two operations share one. */
const numbered = (operations: readonly string[]): string =>
  operations.map((each, index) => each.replaceAll('@ ', `${index} `)).join(' ;\n');

export const requests: fc.Arbitrary<string> = fc
  .array(operation, { minLength: 1, maxLength: 4 })
  .map(numbered);
