import { describe, expect, it } from 'vitest';
import { checkReach } from '../../../src/sparql/update/authorise.ts';
import { confineToGraph } from '../../../src/sparql/update/confine.ts';
import { planUpdate } from '../../../src/sparql/update/plan.ts';

const own = 'http://example.org/own';
const other = 'http://example.org/other';
const readOnly = 'http://example.org/provenance';
const prefix = `BASE <http://example.org/>`;
const operationsOf = (text: string) =>
  planUpdate(`${prefix} ${text}`, 'http://example.org/', undefined).operations;
const check = (text: string, onlyGraphs?: readonly string[]): void =>
  checkReach(operationsOf(text), { onlyGraphs, readOnly });

describe('an update that says it keeps to what it may write', () => {
  it.each([
    'INSERT DATA { GRAPH <own> { <a> <b> <c> } }',
    'WITH <own> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { GRAPH <other> { ?s ?p ?o } }',
    'DELETE WHERE { GRAPH <own> { ?s ?p ?o } }',
    'CREATE GRAPH <own>',
    'CLEAR GRAPH <own> ; DROP SILENT GRAPH <own>',
    'COPY <other> TO <own>',
    'ADD DEFAULT TO <own>',
    'INSERT { GRAPH ?g { <a> <b> <c> } } WHERE { GRAPH ?g { ?s ?p ?o } }',
  ])('is let through: %s', (text) => expect(() => check(text, [own])).not.toThrow());

  it.each([
    ['INSERT DATA { <a> <b> <c> }', ''],
    ['INSERT DATA { GRAPH <own> { <a> <b> <c> } GRAPH <other> { <a> <b> <c> } }', other],
    ['DELETE DATA { GRAPH <other> { <a> <b> <c> } }', other],
    ['DELETE { GRAPH <other> { ?s ?p ?o } } WHERE { ?s ?p ?o FILTER(false) }', other],
    ['WITH <other> INSERT { ?s ?p ?o } WHERE { GRAPH <own> { ?s ?p ?o } }', other],
    ['INSERT { ?s ?p ?o } USING <own> WHERE { ?s ?p ?o }', ''],
    ['DELETE WHERE { ?s ?p ?o }', ''],
    ['CREATE SILENT GRAPH <other>', other],
    ['DROP SILENT GRAPH <other>', other],
    ['CLEAR DEFAULT', ''],
    ['MOVE <other> TO <own>', other],
    ['MOVE <own> TO <other>', other],
    ['ADD <own> TO DEFAULT', ''],
    ['INSERT DATA { GRAPH <own> { <a> <b> <c> } } ; CLEAR GRAPH <other>', other],
  ])('is refused where it does not: %s', (text, graph) => {
    expect(() => check(text, [own])).toThrow(
      expect.objectContaining({ code: 'forbidden', extra: { graph, allowed: [own] } }),
    );
    expect(() => check(text)).not.toThrow();
  });

  it.each(['CLEAR ALL', 'DROP SILENT ALL', 'CLEAR NAMED', 'DROP NAMED'])(
    'is refused where it means all: %s',
    (text) => {
      expect(() => check(text, [own])).toThrow(expect.objectContaining({ code: 'forbidden' }));
      expect(() => check(text)).not.toThrow();
    },
  );

  it.each(['INSERT DATA { GRAPH <provenance> { <a> <b> <c> } }', 'DROP SILENT GRAPH <provenance>'])(
    'is refused to everybody where nobody writes: %s',
    (text) => expect(() => check(text)).toThrow(expect.objectContaining({ code: 'forbidden' })),
  );
});

describe('a patch', () => {
  it('has its graph in the place of the default graph', () => {
    const text =
      'INSERT DATA { <a> <b> <c> } ; CLEAR DEFAULT ; DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }';
    const named =
      'INSERT DATA { GRAPH <own> { <a> <b> <c> } } ; CLEAR GRAPH <own> ; WITH <own> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }';
    expect(confineToGraph(operationsOf(text), own)).toEqual(operationsOf(named));
    expect(confineToGraph(operationsOf(text), '')).toEqual(operationsOf(text));
  });

  it.each([
    'INSERT DATA { GRAPH <other> { <a> <b> <c> } }',
    'DROP ALL',
    'COPY DEFAULT TO <other>',
    'MOVE <other> TO DEFAULT',
    'CREATE GRAPH <other>',
  ])('of another graph is refused: %s', (text) => {
    expect(() => confineToGraph(operationsOf(text), own)).toThrow(
      expect.objectContaining({ code: 'query-unsupported' }),
    );
  });
});
