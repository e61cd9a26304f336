/**
 * The engine alone in a process of its own, as the measure of what the store adds: `node
 * bench/store/bare-engine.ts TRIPLES DATASETS WRITES REPEATS` loads the catalogue, asks and updates it
 * in-process, and prints its figures as one line of JSON.
 */
import { Store } from 'oxigraph';
import { datasetPieces, perManuscript } from './catalogue.ts';
import type { EngineFigures } from './figures.ts';
import { median } from './figures.ts';
import { domainQueries, lookupQuery, withPrefixes } from './queries.ts';

const [triples = 0, datasets = 1, writes = 1, repeats = 1] = process.argv.slice(2).map(Number);
const store = new Store();

const timed = (work: () => unknown): number => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};

let loadMs = 0;
for (let dataset = 0; dataset < datasets; dataset += 1)
  for (const piece of datasetPieces({ triples, datasets }, dataset).nquads)
    loadMs += timed(() => store.load(piece, { format: 'application/n-quads' }));

const ask = (query: string): unknown =>
  store.query(query, {
    results_format: 'application/sparql-results+json',
    use_default_graph_as_union: true,
  });

const lookups = 2000;
const lookupMs = timed(() => {
  for (let n = 0; n < lookups; n += 1) ask(lookupQuery((n * 7919) % (triples / perManuscript)));
});
const queryMs = Object.fromEntries(
  Object.entries(domainQueries).map(([name, query]) => [
    name,
    median(Array.from({ length: repeats }, () => timed(() => ask(withPrefixes(query))))),
  ]),
);
const writeMs = timed(() => {
  for (let n = 0; n < writes; n += 1)
    store.update(`INSERT DATA { GRAPH <a:w${n % 50}> { <a:s${n}> <a:p> "${n}" } }`);
});
const figures: EngineFigures = {
  importPerSecond: (triples / loadMs) * 1000,
  lookupsPerSecond: (lookups / lookupMs) * 1000,
  lookupMs: lookupMs / lookups,
  queryMs,
  writesPerSecond: (writes / writeMs) * 1000,
  bytesPerTriple: process.memoryUsage.rss() / triples,
};
console.log(JSON.stringify(figures));
