import { openStore } from './open-store.ts';

const perPiece = 20_000;
export const loadedGraph = 'http://localhost:3030/dataset/loaded';

const subject = (n: number): string => `<http://localhost:3030/id/manuscript/m${n}>`;

/**
 * Fills a data directory with a generated graph of so many triples, before it is served: about eight
 * statements a subject, joined in chains, so that products and paths have something to chew on.
 */
export const loadTriples = async (dataDir: string, triples: number): Promise<void> => {
  const line = (n: number): string => {
    const owner = Math.floor(n / 8);
    const value =
      n % 8 === 0 ? subject((owner * 7 + 1) % Math.ceil(triples / 8)) : `"value ${n % 1000}"`;
    return `${subject(owner)} <https://w3id.org/isnad/ontology#p${n % 8}> ${value} <${loadedGraph}> .\n`;
  };
  const nquads: Uint8Array[] = [];
  for (let from = 0; from < triples; from += perPiece) {
    const count = Math.min(perPiece, triples - from);
    nquads.push(Buffer.from(Array.from({ length: count }, (_, i) => line(from + i)).join('')));
  }
  const store = await openStore(dataDir);
  const plan = await store.plan([{ graph: loadedGraph, nquads }]);
  await store.commit(plan, { activity: 'import', actor: 'proof', message: 'loaded' });
  await store.close();
};

/** A query that a polite client asks: one subject's statements. */
export const politeQuery = (n: number): string => `SELECT ?p ?o { ${subject(n)} ?p ?o }`;

/** Queries that never end on such a graph. */
export const runawayQueries = [
  'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }',
  'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i',
  'SELECT (COUNT(*) AS ?n) { ?a (<https://w3id.org/isnad/ontology#p0>|!<a:b>)* ?b . ?c !<a:d>* ?d }',
  'SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?a), STR(?d)) AS ?x) FILTER(REGEX(?x, "(a|b)*z")) ?g ?h ?i }',
  'SELECT * { ?a ?b ?c MINUS { ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f) ?a ?h ?i } ?k ?l ?m . ?n ?o ?q }',
];
