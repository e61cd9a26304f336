import { describe, expect, it } from 'vitest';
import { fillParameters } from '../../src/catalogue/named-query-values.ts';
import { bindTerms } from '../../src/sparql/bind.ts';
import { analyseQuery } from '../../src/sparql/analyse.ts';
import { readNamedQueries, namedQueriesFolder } from '../../src/catalogue/named-queries.ts';
import type { QueryShape } from '../../src/store/store.ts';

const shape = (text: string): QueryShape => analyseQuery(text, 'http://localhost:3030/').shape;

const form = (text: string): string => shape(text).form;

describe('the key of a query', () => {
  const original =
    'PREFIX a: <http://x/> SELECT ?s { ?s a:p ?o . OPTIONAL { ?o a:q "x"@en } VALUES ?o { 1 2 } } LIMIT 5';
  it.each([
    [
      'other names',
      'PREFIX a: <http://x/> SELECT ?t { ?t a:p ?v . OPTIONAL { ?v a:q "x"@en } VALUES ?v { 1 2 } } LIMIT 5',
    ],
    [
      'other prefixes',
      'PREFIX b: <http://x/> PREFIX no: <c:d> SELECT ?s { ?s b:p ?o . OPTIONAL { ?o b:q "x"@en } VALUES ?o { 1 2 } } LIMIT 5',
    ],
    [
      'no prefixes',
      'SELECT ?s { ?s <http://x/p> ?o . OPTIONAL { ?o <http://x/q> "x"@en } VALUES ?o { 1 2 } } LIMIT 5',
    ],
    [
      'comments and spaces',
      "PREFIX a:<http://x/>\n# so\nselect ?s where{?s a:p ?o OPTIONAL{?o a:q 'x'@en}\tVALUES ?o{1 2}} limit 5",
    ],
  ])('is the same with %s', (_, text) => {
    expect(shape(text).key).toBe(shape(original).key);
  });
  it.each([
    ['another constant', original.replace('"x"@en', '"y"@en')],
    ['another language', original.replace('@en', '@ar')],
    ['other values', original.replace('1 2', '1 3')],
    ['another limit', original.replace('LIMIT 5', 'LIMIT 6')],
    ['other variables joined', original.replace('?o a:q', '?z a:q')],
    ['another meaning of its prefix', original.replace('http://x/', 'http://y/')],
    ['another variable chosen', original.replace('SELECT ?s', 'SELECT ?o')],
    ['another base', `BASE <http://b/> ${original}`],
  ])('differs with %s', (_, text) => {
    expect(shape(text).key).not.toBe(shape(original).key);
  });
});

describe('the form of a query', () => {
  it('is the same for other constants, and differs with other predicates', () => {
    const one = 'SELECT * { <a:x> <a:p> ?o . ?o <a:q> "1" FILTER(?o > 3) } LIMIT 5';
    const other = 'SELECT * { <a:y> <a:p> ?o . ?o <a:q> "2"@en FILTER(?o > 4) } LIMIT 9';
    expect(form('SELECT * { <a:x> <a:p> ?o }')).toBe(form('SELECT * { <a:y> <a:p> ?o }'));
    expect(form(one)).toBe(form(other));
    expect(form(one)).not.toBe(form(one.replace('<a:q>', '<a:r>')));
    expect(form('SELECT * { VALUES ?x { 1 2 } ?x ?p ?o }')).toBe(
      form('SELECT * { VALUES ?x { 3 } ?x ?p ?o }'),
    );
  });
});

describe('what starts heavy', () => {
  it.each([
    'SELECT * { ?a ?b ?c . ?d ?e ?f }',
    'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }',
    'SELECT * { ?a ?b ?c { ?d ?e ?f } }',
    'SELECT * { GRAPH ?g { ?a ?b ?c . ?d ?e ?f } }',
    'SELECT * { ?x a <a:C> OPTIONAL { ?a ?b ?c . ?d ?e ?f } }',
    'SELECT * { ?a a <a:C> . ?b a <a:D> }',
    'SELECT * { { SELECT * { ?a <a:p> ?b . ?c <a:p> ?d } } }',
    'SELECT * { ?a <a:p>* ?b }',
    'SELECT * { ?a (<a:p>/<a:q>)+ ?b . ?a <a:r> ?c }',
  ])('%s', (text) => {
    expect(shape(text).startsHeavy).toBe(true);
  });
  it.each([
    'SELECT * { ?a ?b ?c }',
    'SELECT * { ?a <a:p> ?b . ?b <a:q> ?c . ?c <a:r> [ <a:s> ?d ] }',
    'SELECT * { <a:x> <a:p> ?b . ?c <a:q> <a:y> }',
    'SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } }',
    'SELECT * { <a:x> <a:p>* ?b }',
    'SELECT * { ?x <a:p> <a:y> . ?x <a:q>+ ?z }',
    'SELECT * { VALUES ?x { <a:x> } ?x <a:q>* ?z }',
    'SELECT * { ?a <a:p> ?b OPTIONAL { ?b <a:q> ?c } MINUS { ?a <a:r> ?d } }',
    'ASK {}',
  ])('but not %s', (text) => {
    expect(shape(text).startsHeavy).toBe(false);
  });
  it('but none of the questions that come with the service', () => {
    const heavy = [...readNamedQueries(namedQueriesFolder).values()].filter(
      (question) =>
        shape(bindTerms(question.text, fillParameters(question, {}).bindings)).startsHeavy,
    );
    expect(heavy.map(({ name }) => name)).toEqual([]);
  });
});
