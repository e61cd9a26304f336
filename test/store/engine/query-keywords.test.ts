import { describe, expect, it } from 'vitest';
import { queryKeywords } from '../../../src/store/engine/query-keywords.ts';

describe('the keywords of a query', () => {
  it.each([
    'SELECT * FROM <a:g> { ?s ?p ?o }',
    'select * from<a:g>{ ?s ?p ?o }',
    'SELECT * FROM NAMED ex:g { ?s ?p ?o }',
    'ASK\nFROM\n<a:g> {}',
    '# a comment\rSELECT * FROM <a:g> {}',
    'PREFIX : <a:> SELECT (1<2 AS ?x) FROM :g {}',
    String.raw`SELECT ("\"" AS ?x) FROM <a:g> {}`,
    `SELECT ('''it's ''' AS ?x) FROM <a:g> {}`,
  ])('show that it names its dataset: %s', (query) => {
    expect(queryKeywords(query)).toEqual({ from: true, graph: false, service: false });
  });

  it.each([
    'SELECT ?from { ?s $FROM ?o }',
    'SELECT * { ?s from:p ex:from, :FROM, _:from }',
    'SELECT * { ?s <http://x/FROM> "FROM", \'FROM\', "x"@from }',
    'SELECT * { ?s ?p """a "FROM" b""" }',
    "SELECT * { ?s ?p '''a 'SERVICE' \n FROM b''' }",
    'SELECT * { ?s ?p ?o } # FROM <x> SERVICE <y>',
    'SELECT * { ?s <a#FROM> ?o }',
    String.raw`SELECT * { ?s ?p "\" FROM <a:g> " }`,
    String.raw`SELECT * { ?s ex:a\-from ?o }`,
    'SELECT * { ?s ex:%20FROM ?o . ?fromage ?p FROMAGE }',
  ])('do not hide in names, texts and comments: %s', (query) => {
    expect(queryKeywords(query)).toEqual({ from: false, graph: false, service: false });
  });

  it('show that it calls another service, however it is written', () => {
    for (const query of [
      '{ ?s ?p 1.SERVICE <x> {} }',
      '{ ?s ?p ?o.SERVICE <x> {} }',
      '{ ?s ?p 1SERVICE <x> {} }',
      '{ SERVICE <x> {} }',
      '{service silent ?x{}}',
      '{ # c\nService\n<x> {} }',
    ])
      expect(queryKeywords(`SELECT * ${query}`)).toEqual({
        from: false,
        graph: false,
        service: true,
      });
  });

  it('show that it reads graphs by name', () => {
    for (const query of [
      '{ GRAPH?g{} }',
      '{ ?s ?p ?o . graph <a:g> {} }',
      '{ ?s ?p 1GRAPH ?g {} }',
    ])
      expect(queryKeywords(`SELECT * ${query}`)).toEqual({
        from: false,
        graph: true,
        service: false,
      });
    expect(queryKeywords('SELECT ?graph { <a#GRAPH> a ?graph }').graph).toBe(false);
  });

  it('are found in time that grows with the text only', () => {
    const started = performance.now();
    const starts = ['"""', "'''", '"', "'", '<', 'ex:', '#', '?', ''];
    const fillings = ['\\"a', '"', "'", 'a1', '1a', '<', 'a.', ':', '_', '\\', '%', '-', '"""a'];
    for (const start of starts)
      for (const filling of fillings)
        queryKeywords(`SELECT * { ?s ?p ${start}${filling.repeat(100_000)}\\`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
