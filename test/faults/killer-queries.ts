/**
 * Queries that kill an engine, one after the other: those that pass the limits over HTTP, and
 * below the limits, in this process, those that the limits refuse. Each gets an honest error, and a polite
 * query after it its answer. One round is one query.
 */
import { loadedGraph, loadTriples, politeQuery } from './load-data.ts';
import { codeOf, openStore } from './open-store.ts';
import { ms, prove, quantile } from './proof.ts';
import { problemCode, sparql, startServer } from './server.ts';

const repeat = (count: number, of: (n: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, n) => of(n)).join(between);

/** Within the limits of nesting, operators, clauses and commas, and still as heavy as they allow. */
const withinLimits: readonly ((n: number) => string)[] = [
  (n) => `SELECT * { ?s ?p ?o FILTER(?s IN (${repeat(9900, (i) => `<a:${n}-${i}>`, ',')})) }`,
  (n) => `SELECT (${repeat(60, () => 'STR(')}${n}${repeat(60, () => ')')} AS ?x) {}`,
  (n) => `SELECT * { ${repeat(60, () => '{')} ?s ?p ${n} ${repeat(60, () => '}')} }`,
  (n) => `SELECT * { ${repeat(390, (i) => `BIND(${n} + ${i} AS ?b${i})`)} }`,
  (n) => `SELECT (${repeat(990, (i) => `${n}${i}`, '+')} AS ?x) {}`,
  (n) => `SELECT * { ?s ${repeat(900, (i) => `<a:${n}-${i}>`, '/')} ?o }`,
  (n) => `SELECT * { ?s (${repeat(900, (i) => `<a:${n}-${i}>`, '|')})* ?o }`,
  (n) => `SELECT * { ${repeat(390, (i) => `{ ?s <a:${n}-${i}> ?o }`, ' UNION ')} }`,
  (n) => `SELECT * { ?s ?p ${n} ${repeat(390, (i) => `OPTIONAL { ?s <a:o${i}> ?o${i} }`)} }`,
  (n) => `SELECT * { ?s ?p ?o ${repeat(190, (i) => `FILTER EXISTS { ?s ?p ${n}${i} }`)} }`,
  (n) => `SELECT * { ${repeat(400, (i) => `?s${i} <a:p${n}> ?s${i + 1} .`)} }`,
  (n) => `SELECT * { VALUES (?a ?b) { ${repeat(9000, (i) => `(${n} ${i})`)} } ?s ?p ?a }`,
  (n) => `SELECT * { ?s ?p ?o FILTER(${repeat(990, () => '!')}BOUND(?x${n})) }`,
  (n) => `SELECT * { ${repeat(30, (i) => `?s ((<a:${n}-${i}>*)*)* ?o .`)} }`,
];

/** Refused over HTTP; each breaks the engine it reaches. */
const beyondLimits: readonly ((n: number) => string)[] = [
  (n) => `SELECT (${repeat(240 + n, () => 'STR(')}1${repeat(240 + n, () => ')')} AS ?x) {}`,
  (n) => `${repeat(360 + n, () => 'SELECT * { {')}${repeat(360 + n, () => '} }')}`,
  (n) => `SELECT * { ?s ?p ?o FILTER(?s IN (${repeat(50_000, (i) => `<a:${n}-${i}>`, ',')})) }`,
];

await prove('killer-queries', { short: 14, full: 100 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 20_000);
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: '3000' });
  proof.atEnd(server.child.kill);
  const outcomes = new Map<string, number>();
  const heals: number[] = [];
  for (let n = 0; n < proof.rounds; n += 1) {
    const make = withinLimits[n % withinLimits.length];
    const query = make?.(n) ?? '';
    const answer = await server.ask(sparql(query));
    const code =
      answer.status === 200 ? 'answered' : (problemCode(answer) ?? 'no problem document');
    outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    if (answer.status === 500 || code === 'internal')
      proof.fail(`${query.slice(0, 80)}…: ${answer.status} ${answer.body.slice(0, 200)}`);
    const polite = await server.ask(sparql(politeQuery(n)));
    heals.push(polite.ms);
    if (polite.status !== 200) proof.fail(`a polite query after it: ${polite.body.slice(0, 200)}`);
  }
  await server.child.stop();

  const store = await openStore(dataDir, { engineReaders: 2, warmSpare: true });
  const ask = async (query: string): Promise<string> =>
    store
      .query({
        query,
        mediaType: 'text/csv',
        defaultGraph: 'union',
        baseIri: 'http://localhost:3030/',
        deadlineAt: Date.now() + 10_000,
        resultBytesMax: 1_000_000,
      })
      .then(({ body }) => Buffer.from(body).toString(), codeOf);
  let killed = 0;
  for (let n = 0; n < proof.rounds; n += 1) {
    const code = await ask(beyondLimits[n % beyondLimits.length]?.(n) ?? '');
    if (/^(query|store)-/.test(code)) killed += 1;
    else proof.fail(`a killing query was answered: ${code.slice(0, 100)}`);
    const startedAt = performance.now();
    const polite = await ask(politeQuery(n));
    heals.push(performance.now() - startedAt);
    if (!polite.startsWith('p,o')) proof.fail(`a polite query after a killing one: ${polite}`);
  }
  await store.write(
    {
      kind: 'graphs',
      graphs: [{ graph: 'a:after', nquads: [Buffer.from('<a:s> <a:p> "1" <a:after> .\n')] }],
    },
    { activity: 'update', actor: 'proof', message: 'after' },
  );
  const graphs = (await store.listGraphs()).map(({ graph }) => graph);
  if (!graphs.includes('a:after') || !graphs.includes(loadedGraph))
    proof.fail('a graph is missing');
  await store.close();
  const counted = [...outcomes].map(([code, count]) => `${count} ${code}`).join(', ');
  return (
    `over HTTP ${proof.rounds} (${counted}), below the limits ${killed} engines killed in a row; ` +
    `a polite query after each: p50 ${ms(quantile(heals, 0.5))}, p99 ${ms(quantile(heals, 0.99))}; then a write`
  );
});
