/**
 * A history of concurrent updates and queries over HTTP and the operator's socket: clients append to a
 * list and increment a counter by one SPARQL update each, readers read both at once. No update is lost, no
 * read is torn, older than what was acknowledged before it, or older than another at an earlier commit.
 * After some thousand operations list and counters begin anew. One round is one operation.
 */
import { prove, Skipped, type Proof } from './proof.ts';
import { sparql, startServer, update, type Server } from './server.ts';

const clients = 6;
/** Operations after which list and counters begin anew, so that reads stay small. */
const episodeRounds = 1000;
const begin =
  'DROP SILENT GRAPH <a:list> ; DROP SILENT GRAPH <a:counter> ; DROP SILENT GRAPH <a:length> ; ' +
  'INSERT DATA { GRAPH <a:counter> { <a:c> <a:is> 0 } GRAPH <a:length> { <a:l> <a:is> 0 } }';
const increment =
  'WITH <a:counter> DELETE { <a:c> <a:is> ?v } INSERT { <a:c> <a:is> ?w } WHERE { <a:c> <a:is> ?v BIND(?v + 1 AS ?w) }';
/** Each append counts itself in the same commit, so that half a commit shows in any read. */
const append = (value: string): string =>
  `INSERT DATA { GRAPH <a:list> { <a:l> <a:item> "${value}" } } ; ` +
  'WITH <a:length> DELETE { <a:l> <a:is> ?v } INSERT { <a:l> <a:is> ?w } WHERE { <a:l> <a:is> ?v BIND(?v + 1 AS ?w) }';
const readBoth = `SELECT ?g ?v { { GRAPH ?g { <a:l> <a:item> ?v } } UNION { GRAPH ?g { ?x <a:is> ?v } } }`;

interface Read {
  readonly commit: number;
  readonly items: ReadonlySet<string>;
  readonly length: number;
  readonly counter: number;
  /** What had been acknowledged when it began. */
  readonly known: { readonly items: readonly string[]; readonly increments: number };
}

/** What went wrong, by kind. */
interface Outcome {
  readonly updates: number;
  readonly queries: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** So many operations by all clients, judged. */
const judgeEpisode = async (server: Server, proof: Proof, rounds: number): Promise<Outcome> => {
  const acknowledged: string[] = [];
  const reads: Read[] = [];
  let increments = 0;
  let begun = 0;

  const write = async (text: string): Promise<void> => {
    const answer = await server.ask(update(text));
    if (answer.status >= 300) throw new Error(`an update: ${answer.status} ${answer.body}`);
  };
  const read = async (): Promise<void> => {
    const known = { items: [...acknowledged], increments };
    const { body, headers, status } = await server.ask(sparql(readBoth));
    if (status !== 200) throw new Error(`a query: ${status} ${body}`);
    const rows = body
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(','));
    const valuesOf = (graph: string): string[] =>
      rows.flatMap(([name, value = '']) => (name === graph ? [value] : []));
    reads.push({
      known,
      commit: Number(headers['x-isnad-commit']),
      items: new Set(valuesOf('a:list')),
      length: Number(valuesOf('a:length')[0]),
      counter: Number(valuesOf('a:counter')[0]),
    });
  };
  const client = async (name: number): Promise<void> => {
    while (begun < rounds) {
      begun += 1;
      const value = `${name}-${begun}`;
      const dice = proof.random();
      if (dice < 0.3) {
        await write(append(value));
        acknowledged.push(value);
      } else if (dice < 0.6) {
        await write(increment);
        increments += 1;
      } else await read();
    }
  };
  await Promise.all(Array.from({ length: clients }, async (_, name) => client(name)));
  await read();

  const counts = { 'lost updates': 0, 'torn reads': 0, 'stale reads': 0, 'reads out of order': 0 };
  for (const { items, length, counter, known } of reads) {
    if (items.size !== length) counts['torn reads'] += 1;
    if (known.items.some((item) => !items.has(item)) || counter < known.increments)
      counts['stale reads'] += 1;
  }
  let before: Read | undefined;
  for (const each of reads.toSorted((a, b) => a.commit - b.commit)) {
    if (
      before &&
      (each.counter < before.counter || [...before.items].some((i) => !each.items.has(i)))
    )
      counts['reads out of order'] += 1;
    before = each;
  }
  const last = reads.at(-1);
  counts['lost updates'] =
    increments - (last?.counter ?? 0) + acknowledged.length - (last?.items.size ?? 0);
  return { updates: acknowledged.length + increments, queries: reads.length, counts };
};

await prove('history-http', { short: 300, full: 20_000 }, async (proof) => {
  const server = await startServer(proof.directory('data'));
  proof.atEnd(server.child.kill);
  const total = { updates: 0, queries: 0 };
  for (let done = 0; done < proof.rounds; done += episodeRounds) {
    const made = await server.ask(update(begin));
    if (made.status === 404) throw new Skipped('this version takes no updates');
    if (made.status >= 300) throw new Error(`${made.status} ${made.body}`);
    const rounds = Math.min(episodeRounds, proof.rounds - done);
    const { updates, queries, counts } = await judgeEpisode(server, proof, rounds);
    total.updates += updates;
    total.queries += queries;
    for (const [kind, count] of Object.entries(counts))
      if (count !== 0) proof.fail(`${count} ${kind} among operations ${done} to ${done + rounds}`);
  }
  return `${total.updates} updates and ${total.queries} queries by ${clients} clients: 0 lost updates, 0 torn reads, 0 stale reads, 0 reads out of order`;
});
