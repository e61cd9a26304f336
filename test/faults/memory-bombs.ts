/**
 * Queries that want gigabytes. Each gets an honest error or an answer within its limits, memory stays
 * under the stated maximum, and polite queries go on. One round is one bomb.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { loadTriples, politeQuery } from './load-data.ts';
import { prove } from './proof.ts';
import { problemCode, sparql, startServer } from './server.ts';

const engineMemoryMb = 128;
/** Writer, readers, spare and one under construction, each full, beside the process itself. */
const residentMbMax = 5 * engineMemoryMb + 600;
const megabyte = 1024 * 1024;

const anyTable = {
  accept: 'text/csv, application/n-triples;q=0.9',
  'content-type': 'application/sparql-query',
};

const grown = (of: string, steps: number): string =>
  Array.from(
    { length: steps },
    (_, n) => `BIND(CONCAT(${Array.from({ length: 40 }, () => `?x${n}`).join(',')}) AS ?x${n + 1})`,
  ).reduce((all, each) => `${all} ${each}`, `BIND("${of}" AS ?x0)`);

const bombs: readonly ((n: number) => string)[] = [
  (n) => `SELECT ?x4 { ${grown(`x${n}`.padEnd(1000, 'y'), 4)} }`,
  (n) =>
    `SELECT (STRLEN(?r) AS ?l) { ${grown(`b${n}`.padEnd(1000, 'a'), 2)} BIND(REPLACE(?x2, "a", "${'aa'.repeat(200)}") AS ?r) }`,
  (n) =>
    `SELECT (GROUP_CONCAT(?x; separator="${'s'.repeat(900)}${n}") AS ?g) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?f)) AS ?x) }`,
  (n) => `SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ${n > 0 ? '?a' : '?d'}`,
  (n) => `SELECT DISTINCT ?a ?d ?c ?f { ?a ?b ?c . ?d ?e ?f FILTER(?c != "${n}") }`,
  (n) => `CONSTRUCT { ?a ?b ?f . ?d ?e ?c } WHERE { ?a ?b ?c . ?d ?e ?f FILTER(?c != "${n}") }`,
];

await prove('memory-bombs', { short: 6, full: 60 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 20_000);
  const server = await startServer(dataDir, {
    ISNAD_QUERY_TIMEOUT_MS: '4000',
    ISNAD_ENGINE_MEMORY_MB: String(engineMemoryMb),
  });
  proof.atEnd(server.child.kill);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, server.residentBytes());
  }, 20);
  const outcomes = new Map<string, number>();
  for (let n = 0; n < proof.rounds; n += 1) {
    const [answer, polite] = await Promise.all([
      server.ask(sparql(bombs[n % bombs.length]?.(n) ?? '', { headers: anyTable })),
      delay(300).then(async () => server.ask(sparql(politeQuery(n)))),
    ]);
    const code =
      answer.status === 200 ? 'answered' : (problemCode(answer) ?? 'no problem document');
    outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    if (answer.status === 500) proof.fail(`bomb ${n}: ${answer.body.slice(0, 200)}`);
    if (polite.status !== 200) proof.fail(`a polite query beside bomb ${n}: ${polite.body}`);
  }
  clearInterval(watch);
  const peakMb = Math.round(peak / megabyte);
  if (peakMb > residentMbMax) proof.fail(`the process grew to ${peakMb} MB`);
  const counted = [...outcomes].map(([code, count]) => `${count} ${code}`).join(', ');
  return `${proof.rounds} bombs (${counted}), at most ${peakMb} MB resident (allowed ${residentMbMax} with engines of ${engineMemoryMb} MB), 0 polite errors`;
});
