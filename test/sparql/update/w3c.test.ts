import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as oxigraph from 'oxigraph/web.js';
import { describe, expect, it } from 'vitest';
import { isIsnadError } from '../../../src/errors.ts';
import { planUpdate } from '../../../src/sparql/update/plan.ts';
import {
  type Dataset,
  held,
  ours,
  storeOf,
  theirs,
  updateBase,
} from '../../store/engine/update/oracle.ts';

const root = path.join(
  import.meta.dirname,
  '../../../../shared/conformance/rdf-tests/sparql/sparql11',
);
const suites = [
  'add',
  'basic-update',
  'clear',
  'copy',
  'delete',
  'delete-data',
  'delete-insert',
  'delete-where',
  'drop',
  'move',
  'update-silent',
];

/** LOAD is read, and refused; LOAD SILENT is left out, as the standard lets it fail. */
const loads = /\bLOAD\b(?!\s+SILENT)/i;

interface Row {
  readonly [name: string]: string;
}

/** The rows of a SELECT over a manifest. */
const ask = (store: oxigraph.Store, query: string): Row[] => {
  const text = store.query(query, { results_format: 'application/sparql-results+json' });
  if (typeof text !== 'string') throw new TypeError('The engine gave no text.');
  const answer = JSON.parse(text) as { results: { bindings: Record<string, { value: string }>[] } };
  return answer.results.bindings.map((binding) =>
    Object.fromEntries(Object.entries(binding).map(([name, { value }]) => [name, value])),
  );
};

const prefixes = `PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
  PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#>
  PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>`;

const manifest = (suite: string): oxigraph.Store => {
  const file = path.join(root, suite, 'manifest.ttl');
  const store = new oxigraph.Store();
  store.load(readFileSync(file, 'utf8'), {
    format: 'text/turtle',
    base_iri: pathToFileURL(file).href,
  });
  return store;
};

const textAt = (url: string): string => readFileSync(new URL(url), 'utf8');

/** Labels of one file's blank nodes must not meet those of another. */
const linesOf = (url: string, graph: string, number: number): string[] => {
  const store = new oxigraph.Store();
  const target = graph === '' ? oxigraph.defaultGraph() : oxigraph.namedNode(graph);
  store.load(textAt(url), { format: 'text/turtle', base_iri: url, to_graph_name: target });
  const text = store.dump({ format: 'application/n-quads' });
  return text
    .replaceAll(/_:(\w+)/g, `_:f${number}x$1`)
    .split('\n')
    .slice(0, -1);
};

const datasetOf = (store: oxigraph.Store, test: string, part: 'action' | 'result'): Dataset => {
  const files = ask(
    store,
    `${prefixes} SELECT ?file ?graph { <${test}> mf:${part} ?part .
      { ?part ut:data ?file } UNION { ?part ut:graphData [ ut:graph ?file ; rdfs:label ?graph ] } }`,
  );
  return {
    lines: files.flatMap(({ file = '', graph = '' }, index) => linesOf(file, graph, index)),
    emptyGraphs: files.flatMap(({ graph = '' }) => (graph === '' ? [] : [graph])),
  };
};

const refused = (text: string): string | undefined => {
  try {
    planUpdate(text, updateBase, undefined);
    return undefined;
  } catch (error) {
    if (isIsnadError(error)) return error.code;
    throw error;
  }
};

describe.skipIf(!existsSync(root))('the update suites of the W3C', () => {
  for (const suite of existsSync(root) ? suites : []) {
    const store = manifest(suite);
    const tests = ask(
      store,
      `${prefixes} SELECT ?test ?name ?request {
        ?test a mf:UpdateEvaluationTest ; mf:name ?name ; mf:action [ ut:request ?request ] }`,
    );
    it.each(tests)(`${suite}: $name`, async ({ test = '', request = '' }) => {
      const before = datasetOf(store, test, 'action');
      const text = textAt(request);
      const mine = ours(before, text);
      const isRefused = mine.failure?.includes('LOAD') ?? false;
      expect(isRefused).toBe(loads.test(text));
      const { quads } = await held(storeOf(datasetOf(store, test, 'result')));
      const result = await held(mine.store);
      expect(result.quads).toBe(quads);
      const engines = await held(isRefused ? storeOf(before) : theirs(before, text).store);
      expect(result).toEqual(engines);
    });
  }

  for (const suite of existsSync(root) ? ['syntax-update-1', 'syntax-update-2'] : []) {
    const tests = ask(
      manifest(suite),
      `${prefixes} SELECT ?kind ?name ?file { ?test a ?kind ; mf:name ?name ; mf:action ?file
        FILTER(CONTAINS(STR(?kind), "SyntaxTest")) }`,
    );
    it.each(tests)(`${suite}: $name`, ({ kind = '', file = '' }) => {
      const text = textAt(file);
      const unlessBad = loads.test(text) ? 'query-unsupported' : undefined;
      expect(refused(text)).toBe(kind.includes('Negative') ? 'query-syntax' : unlessBad);
    });
  }
});
