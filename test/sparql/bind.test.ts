import * as fc from 'fast-check';
import {
  literal as engineLiteral,
  namedNode as engineIri,
  quad as engineQuad,
  Store,
} from 'oxigraph';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { xsd } from '../../src/model/terms.ts';
import { integerLiteral, literal, namedNode, typedLiteral } from '../../src/rdf/terms.ts';
import { analyseQuery } from '../../src/sparql/analyse.ts';
import { type Bindings, bindTerms } from '../../src/sparql/bind.ts';

type Row = Readonly<Record<string, { readonly type: string; readonly value: string }>>;

const ask = (store: Store, text: string): readonly Row[] => {
  const json = store.query(text, { results_format: 'json' });
  if (typeof json !== 'string') throw new Error('The engine gave no text.');
  const answer: { results: { bindings: Row[] } } = JSON.parse(json);
  return answer.results.bindings;
};
const node = (name: string) => engineIri(`http://n.example/${name}`);
const empty = new Store();
const rows = (text: string, bindings: Bindings): readonly Row[] =>
  ask(empty, bindTerms(text, bindings));

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '"""',
        '\\',
        '}',
        '{',
        ')',
        '> .',
        '#',
        '\n',
        '\r',
        '?x',
        '\u0000',
        '\\u0022',
        '\\',
        'u0041',
        'UNION',
        ' SERVICE <x> {}',
        'قُرآن',
        '\u202E\u2066',
        '@en',
        '^^',
        '😀',
        '\uD800',
      ),
    )
    .map((parts) => parts.join('')),
);

/** The code of the error that a call throws, or nothing when it throws none. */
const codeOf = (call: () => unknown): string | undefined => {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof IsnadError) return error.code;
    throw error;
  }
};

describe('binding the parameters of a query', () => {
  it('keeps every text one literal, whatever is in it', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom('', 'ar', 'ar-Latn-x-dmg'), (text, language) => {
        const value = language === '' ? literal(text) : literal(text, language);
        const found = rows('SELECT ?v (STRLEN(?v) AS ?length) { FILTER(STR(?v) = STR(?v)) }', {
          v: value,
        });
        expect(found).toHaveLength(1);
        expect(found[0]?.['v']?.value).toBe(text.toWellFormed());
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps it one literal when the query is analysed afterwards', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const bound = bindTerms('SELECT ?v { FILTER(STR(?v) = STR(?v)) }', { v: literal(text) });
        const found = ask(empty, analyseQuery(bound, 'http://base.example/').text);
        expect(found[0]?.['v']?.value).toBe(text.toWellFormed());
      }),
    );
  });

  it('takes absolute IRIs and refuses anything that could leave its angle brackets', () => {
    const iri = fc.oneof(
      nasty,
      nasty.map((text) => `http://a.example/${text}`),
    );
    fc.assert(
      fc.property(iri, (text) => {
        const bind = () => bindTerms('SELECT ?v {}', { v: namedNode(text) });
        const outcome = codeOf(bind) ?? ask(empty, bind());
        const taken = [{ v: { type: 'uri', value: text } }];
        expect(['invalid-parameter', taken]).toContainEqual(outcome);
      }),
    );
  });

  it.each(['http://a/> } DROP ALL #', 'relative', '', 'http://a/ b', 'a:"'])(
    'refuses <%s>',
    (iri) => {
      expect(() => bindTerms('SELECT ?v {}', { v: namedNode(iri) })).toThrow(/not an absolute IRI/);
    },
  );

  it('refuses a language tag that is more than one', () => {
    expect(() => bindTerms('SELECT ?v {}', { v: literal('x', 'en . ?s ?p ?o') })).toThrow(
      /no language tag/,
    );
  });

  it('reaches every place where the variable stands', () => {
    const store = new Store();
    const add = (s: string, p: string, o: string, g: string) =>
      store.add(engineQuad(node(s), node(p), node(o), node(g)));
    add('a', 'p', 'b', 'g');
    add('a', 'q', 'c', 'g');
    add('z', 'p', 'b', 'h');
    store.add(
      engineQuad(node('a'), node('n'), engineLiteral('7', engineIri(xsd.integer)), node('g')),
    );
    const text = `PREFIX n: <http://n.example/>
      SELECT ?s ?g (COUNT(*) AS ?count) (BOUND(?s) AS ?bound) WHERE {
        GRAPH ?g { ?s n:p ?o . OPTIONAL { ?s ?property ?c } }
        { SELECT ?s (MAX(?n) AS ?most) { GRAPH ?any { ?s n:n ?n FILTER(?n > ?least) } } GROUP BY ?s }
        FILTER EXISTS { GRAPH ?g { ?s n:p/^n:p ?s } }
        FILTER(?s IN (n:a, n:z))
      } GROUP BY ?s ?g HAVING(COUNT(?s) > 0) ORDER BY ?s`;
    const bindings = {
      s: namedNode('http://n.example/a'),
      g: namedNode('http://n.example/g'),
      property: namedNode('http://n.example/q'),
      least: integerLiteral(5),
    };
    expect(ask(store, bindTerms(text, bindings))).toMatchObject([
      {
        s: { value: 'http://n.example/a' },
        g: { value: 'http://n.example/g' },
        count: { value: '1' },
        bound: { value: 'true' },
      },
    ]);
    expect(ask(store, bindTerms(text, { ...bindings, least: integerLiteral(8) }))).toEqual([]);
    expect(
      ask(store, bindTerms(text, { ...bindings, s: namedNode('http://n.example/z') })),
    ).toEqual([]);
  });

  it('keeps datatypes', () => {
    const [row] = rows('SELECT (DATATYPE(?v) AS ?type) (?v + 1 AS ?next) {}', {
      v: typedLiteral('41', xsd.integer),
    });
    expect(row).toMatchObject({ type: { value: xsd.integer }, next: { value: '42' } });
  });

  it('describes and constructs with terms', () => {
    const term = namedNode('http://a.example/');
    expect(bindTerms('DESCRIBE ?x', { x: term })).toContain('<http://a.example/>');
    expect(bindTerms('CONSTRUCT { ?x ?p ?o } { ?x ?p ?o }', { x: term })).not.toContain('?x');
  });

  it.each([
    ['a subject', 'SELECT * { ?v ?p ?o }'],
    ['a property', 'SELECT * { ?s ?v ?o }'],
    ['the name of a graph', 'SELECT * { GRAPH ?v { ?s ?p ?o } }'],
    ['what is described', 'DESCRIBE ?v'],
  ])('refuses a literal as %s', (place, text) => {
    expect(() => bindTerms(text, { v: literal('x') })).toThrow(place);
  });

  it.each([
    ['SELECT * { ?s ?p ?o }', /no variable \?v/],
    ['SELECT * { BIND(1 AS ?v) }', /assigns its own parameter/],
    ['SELECT * { VALUES ?v { 1 } }', /assigns its own parameter/],
  ])('names a query that cannot take the parameter: %s', (text, message) => {
    expect(() => bindTerms(text, { v: literal('x') })).toThrow(message);
  });

  it('leaves the query as it was for the next caller', () => {
    const text = 'SELECT ?v {}';
    const [first] = rows(text, { v: literal('one') });
    const [second] = rows(text, { v: literal('two') });
    expect([first?.['v']?.value, second?.['v']?.value]).toEqual(['one', 'two']);
  });
});
