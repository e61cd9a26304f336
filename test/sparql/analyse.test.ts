import * as fc from 'fast-check';
import { Store } from 'oxigraph';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { analyseQuery, type QueryAnalysis } from '../../src/sparql/analyse.ts';

const base = 'http://localhost:3030/';
const analyse = (text: string): QueryAnalysis => analyseQuery(text, base);

const outcome = (text: string): QueryAnalysis | IsnadError => {
  try {
    return analyse(text);
  } catch (error) {
    if (error instanceof IsnadError) return error;
    throw error;
  }
};

const rowsOf = (text: string): unknown => {
  const json = new Store().query(text, { base_iri: base, results_format: 'json' });
  if (typeof json !== 'string') throw new Error('The engine gave no text.');
  const answer: { results: { bindings: unknown } } = JSON.parse(json);
  return answer.results.bindings;
};

describe('what is known of a query before it runs', () => {
  it.each([
    ['SELECT * { ?s ?p ?o }', 'select'],
    ['# comment\nASK { }', 'ask'],
    ['PREFIX : <http://a/> CONSTRUCT { ?s :p ?o } WHERE { ?s ?p ?o }', 'construct'],
    ['DESCRIBE <x>', 'describe'],
    ['BASE <http://b/> PREFIX قرآن: <q/> SELECT ?آية { ?آية a قرآن:آية }', 'select'],
  ])('%s is of form %s', (text, form) => {
    expect(analyse(text)).toMatchObject({ form, isRepeatable: true, dataset: undefined });
  });

  it.each([
    'SELECT (RAND() AS ?x) {}',
    'SELECT * { ?s ?p ?o FILTER(?o < NOW()) }',
    'SELECT * { { SELECT (UUID() AS ?u) {} } }',
    'SELECT * {} ORDER BY STRUUID()',
    'ASK { ?s ?p ?o FILTER EXISTS { ?s ?q ?z FILTER(BNODE() = ?z) } }',
    'CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }',
  ])('%s may answer otherwise next time', (text) => {
    expect(analyse(text).isRepeatable).toBe(false);
  });

  it.each(['SELECT * { ?rand ?p "RAND() NOW()" } # UUID()', 'SELECT * { ?s ?p [] }'])(
    '%s only looks as if it did',
    (text) => {
      expect(analyse(text).isRepeatable).toBe(true);
    },
  );

  it('is how it counts once, where that matters and may be needed', () => {
    expect(analyse('ASK { ?s ?p ?o }').once).toBe('irrelevant');
    expect(analyse('SELECT * { ?s ?p ?o }').once).toBe('deferred');
    expect(analyse('SELECT * { GRAPH ?g { ?s ?p ?o } ?s a ?t }').once).toHaveProperty('general');
    expect(analyseQuery('SELECT * { ?s ?p ?o }', base, true).once).toHaveProperty('indexed');
  });

  it('sees that a query names its own dataset', () => {
    expect(analyse('SELECT * FROM <g> { ?s ?p ?o }').dataset).toEqual({
      default: [`${base}g`],
      named: [],
    });
    expect(analyse('PREFIX a: <a:> SELECT * FROM NAMED a:g { ?s ?p ?o }').dataset).toEqual({
      default: [],
      named: ['a:g'],
    });
  });
});

describe('a query that cannot be read', () => {
  it.each([
    ['SELECT * WHERE {\n  ?s ?p }', 2, 9],
    ['SELECT * WHERE {\n ?s ?p "abc\n }', 2, 8],
    ['SELECT ?x WHERE {\n ?x a:b ?y }', 2, 5],
    ['SELECT * {\r\n\r\n ?s ?p ?o . FILTER(?s) }}', 3, 25],
    ['SELECT * { ?s ?p ?o', 1, 20],
    ['قرآن', 1, 1],
    ['', 1, 1],
    ['  # nothing\n', 2, 1],
    ['SELECT (?x AS ?y)\n(1 AS ?y) { }', 2, 7],
    ['SELECT * { ?x ?y ?z .\n BIND (2 AS ?x) }', 2, 13],
  ])('%j is refused at line %d, column %d', (text, line, column) => {
    expect(outcome(text)).toMatchObject({ code: 'query-syntax', position: { line, column } });
  });

  it.each([
    ['INSERT DATA { <a> <b> <c> }', 'INSERT DATA'],
    ['PREFIX a: <b>\nDROP ALL', 'DROP'],
    ['LOAD SILENT <http://elsewhere.example/>', 'LOAD'],
    ['DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }', 'DELETE/INSERT'],
    ['INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }', 'DELETE/INSERT'],
  ])('%s is named as an update', (text, feature) => {
    const error = outcome(text);
    expect(error).toMatchObject({ code: 'query-syntax', extra: { feature } });
    expect(error).toHaveProperty('position.line');
  });
});

describe('a query that is not offered', () => {
  it.each([
    ['SELECT * { SERVICE <http://x/> { ?s ?p ?o } }', 'SERVICE'],
    ['SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }', 'SERVICE SILENT'],
    ['SELECT * { OPTIONAL { { SELECT * { SERVICE ?x { } } } } }', 'SERVICE'],
    ['ASK { FILTER NOT EXISTS { SERVICE <x> {} } }', 'SERVICE'],
    [String.raw`SELECT * { \u0053ERVICE <http://x/> { } }`, 'SERVICE'],
    [
      String.raw`SELECT * { BIND("a\u005C" AS ?x) SERVICE <http://x/> {} #" AS ?x)
      }`,
      'SERVICE',
    ],
  ])('%s is refused by name', (text, feature) => {
    expect(outcome(text)).toMatchObject({ code: 'query-unsupported', extra: { feature } });
  });

  it.each([
    'SELECT * { ?s ?p "SERVICE <x> {}" } # SERVICE',
    'PREFIX service: <x> SELECT ?service { ?service service:SERVICE ?o }',
  ])('%s only speaks of SERVICE', (text) => {
    expect(analyse(text).form).toBe('select');
  });

  it.each([
    ['levels of nesting', `SELECT * { FILTER(${'STR('.repeat(240)}1${')'.repeat(240)}) }`],
    ['levels of nesting', `SELECT * ${'{'.repeat(3000)}${'}'.repeat(3000)}`],
    ['operators', `SELECT * { FILTER(1${'+1'.repeat(2304)}) }`],
    ['operators', `SELECT * { FILTER(1${'||1'.repeat(2304)}) }`],
    ['operators', `SELECT * { FILTER(${'!'.repeat(2304)}1) }`],
    ['UNION', `SELECT * { {}${' UNION {}'.repeat(2432)} }`],
    [
      'BIND',
      `SELECT * { ${Array.from({ length: 832 }, (_, i) => `BIND(1 AS ?v${i})`).join(' ')} }`,
    ],
    ['listed values', `SELECT * { ?s ?p ?o FILTER(?s IN (${'1,'.repeat(50_000)}1)) }`],
    ['characters', `SELECT * { } # ${'x'.repeat(500_000)}`],
  ])('too many %s are refused before anything can fall over', (what, text) => {
    const error = outcome(text);
    expect(error).toMatchObject({ code: 'query-unsupported' });
    expect(error).toHaveProperty('message', expect.stringContaining(what));
  });

  it('leaves room for what people write', () => {
    const values = Array.from({ length: 5000 }, (_, i) => `<http://a/${i}>`).join(' ');
    expect(analyse(`SELECT * { VALUES ?s { ${values} } ?s ?p ?o }`).form).toBe('select');
    const filter = Array.from({ length: 200 }, (_, i) => `?o = ${i}`).join(' || ');
    expect(analyse(`SELECT * { ?s ?p ?o FILTER(${filter}) }`).form).toBe('select');
  });
});

describe('code-point escapes', () => {
  it('mean in the engine what they meant in the query', () => {
    const character = fc.oneof(
      fc.integer({ min: 0x20, max: 0xff }),
      fc.constantFrom(0x642, 0x1f600, 0x22, 0x27, 0x5c, 0x0a),
    );
    const piece = fc.oneof(
      character.map((code) => ({
        written: `\\U${code.toString(16).padStart(8, '0')}`,
        meant: String.fromCodePoint(code),
      })),
      fc.constantFrom(
        { written: String.raw`\\`, meant: '\\' },
        { written: String.raw`\"`, meant: '"' },
        { written: 'u0022', meant: 'u0022' },
        { written: 'U', meant: 'U' },
        { written: String.raw`\u0642`, meant: 'ق' },
        { written: '#', meant: '#' },
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `SELECT ("${pieces.map(({ written }) => written).join('')}" AS ?x) {}`;
        const value = pieces.map(({ meant }) => meant).join('');
        expect(rowsOf(analyse(text).text)).toEqual([{ x: { type: 'literal', value } }]);
      }),
    );
  });

  it('never make the engine see a SERVICE that the analysis did not', () => {
    const piece = fc.constantFrom(
      '"',
      '"',
      '\\',
      String.raw`\u0022`,
      String.raw`\u005C`,
      String.raw`\U0000005c`,
      'u0022',
      'u005C',
      ' . SERVICE SILENT <x> {} ',
      '#',
      '\n',
      String.raw`\u000A`,
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const analysed = outcome(`SELECT * { ?s ?p "${pieces.join('')}" }`);
        if (analysed instanceof IsnadError) return;
        accepted += 1;
        // A silent SERVICE answers with one empty solution, where no data can give any.
        expect(rowsOf(analysed.text)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

describe('any text', () => {
  it('is either analysed or refused with a code of the catalogue', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'SELECT ',
        '* ',
        '{',
        '}',
        '(',
        ')',
        '?x ',
        '<a> ',
        '"',
        "'''",
        '#',
        '\n',
        'FILTER',
        'SERVICE ',
        'INSERT ',
        'DATA ',
        'a:b ',
        '^',
        '\\u0041',
        '\uD800',
        '@en',
        '.',
        ';',
        'WHERE ',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const result = outcome(pieces.join(''));
        expect(result instanceof IsnadError ? result.code : result.form).toMatch(
          /^(query-syntax|query-unsupported|select|ask|construct|describe)$/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
