/**
 * Mutated requests to every route: paths, parameters, headers and bodies with flipped, repeated,
 * inserted and lost bytes, wrong methods and media types; and to what only the operator may do, deliveries
 * with mutated parts among it, so that some are accepted. The server never crashes, never hangs, never
 * answers 500, and no quad changes by a request it refuses. One round is one request to each route.
 */
import { createHash } from 'node:crypto';
import { createMutator, withoutBreaks } from './fuzz-mutate.ts';
import { readSeeds, type Seed } from './fuzz-reads.ts';
import { isInternal, isRefusal, writeSeeds, type WriteSeed } from './fuzz-writes.ts';
import { loadTriples } from './load-data.ts';
import { ms, prove, quantile } from './proof.ts';
import { sendRaw, type RawRequest } from './raw-request.ts';
import { sparql, startServer } from './server.ts';

const together = 4;
const queryTimeoutMs = 2000;
const patienceMs = 20_000;
/** An import, and what is withheld, may take longer than any query. */
const writePatienceMs = 120_000;

const shown = ({ method, target, body }: RawRequest): string =>
  `${method} ${target.toString('latin1').slice(0, 200)} ${body.toString('latin1').slice(0, 200)}`;

await prove('fuzz', { short: 150, full: 10_000 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 2000);
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: String(queryTimeoutMs) });
  proof.atEnd(server.child.kill);
  const mutator = createMutator(proof.random);
  const { pick, mutate, mutateTarget } = mutator;
  const fingerprint = async (): Promise<string> => {
    const dump = await server.ask({ path: '/dump.nq' });
    if (dump.status !== 200) throw new Error(`The dump is answered ${dump.status}: ${dump.body}`);
    return createHash('sha256').update(dump.body).digest('hex');
  };
  const checkAlive = (name: string): void => {
    if (server.child.process.exitCode !== null) throw new Error(`${name}: the server ended`);
  };
  const statuses = new Map<number, number>();
  const times: number[] = [];
  const send = async (name: string, request: RawRequest, socket: boolean) => {
    const place = socket ? { path: server.socketPath } : { host: server.host, port: server.port };
    const startedAt = performance.now();
    const answer = await sendRaw(place, request, socket ? writePatienceMs : patienceMs);
    if (!socket) times.push(performance.now() - startedAt);
    if (!answer) proof.fail(`${name} hung: ${shown(request)}`);
    else if (answer.status === 500 || isInternal(answer))
      proof.fail(`${name}: ${answer.status} for ${shown(request)}: ${answer.body.slice(-500)}`);
    else if (answer.status === 0) proof.fail(`${name}: no answer to ${shown(request)}`);
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
    return answer;
  };

  const tryRead = async ({ name, make }: Seed): Promise<void> => {
    const clean = make(pick);
    const mutated: RawRequest = {
      ...clean,
      target: mutateTarget(clean.target),
      headers: clean.headers.map(([header, value]) => [
        header,
        pick([true, false, false, false]) ? withoutBreaks(mutate(value)) : value,
      ]),
      body: mutate(clean.body),
    };
    await send(name, mutated, false);
  };
  const reads = readSeeds();
  const before = await fingerprint();
  for (const seed of reads)
    for (let round = 0; round < proof.rounds; round += together) {
      const batch = Math.min(together, proof.rounds - round);
      await Promise.all(Array.from({ length: batch }, async () => tryRead(seed)));
      checkAlive(seed.name);
    }
  if ((await fingerprint()) !== before) proof.fail('quads changed without a write');

  const headOf = async (): Promise<number> => {
    const { headers } = await server.ask(sparql('ASK {}'));
    return Number(headers['x-isnad-commit']);
  };
  let state = { head: await headOf(), hash: before };
  /** One write at a time, with a look at all quads after each: whether it was accepted, and did something. */
  const tryWrite = async ({ name, make, isDone }: WriteSeed) => {
    const request = await make(state.head);
    const answer = await send(name, request, true);
    const after = { head: await headOf(), hash: await fingerprint() };
    const refused = answer === undefined || isRefusal(answer);
    const changed = after.head !== state.head || after.hash !== state.hash;
    if (refused && changed) proof.fail(`${name} was refused and changed quads: ${shown(request)}`);
    if (after.head > state.head + 1) proof.fail(`${name} made several commits: ${shown(request)}`);
    state = after;
    return { refused, done: answer !== undefined && isDone(answer) };
  };
  const writes: string[] = [];
  for (const seed of writeSeeds(mutator, proof.directory)) {
    const count = { tried: 0, done: 0, refused: 0 };
    const most = seed.roundsMax[proof.full ? 'full' : 'short'];
    for (; count.tried < Math.min(proof.rounds, most); count.tried += 1) {
      const { refused, done } = await tryWrite(seed);
      if (refused) count.refused += 1;
      if (done) count.done += 1;
      checkAlive(seed.name);
    }
    writes.push(`${seed.name} ${count.done} done and ${count.refused} refused of ${count.tried}`);
    for (const kind of seed.expects)
      if (count[kind] === 0) proof.fail(`${seed.name}: none of ${count.tried} was ${kind}`);
  }
  const check = await server.ask({ method: 'POST', path: '/operator/check', socket: true });
  if (check.body !== '{"doubts":[]}') proof.fail(`engines are not as stated: ${check.body}`);
  const internal = server.child.complaints.filter((line) => line.includes('urn:uuid'));
  for (const line of internal.slice(0, 5)) proof.fail(`the log tells of ${line}`);
  const counted = [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${count}× ${status}`)
    .join(', ');
  return `${proof.rounds} requests to each of ${reads.length} routes, and to the operator's (${writes.join('; ')}): ${counted}; 0 crashes, 0 hung, no 500, 0 quads changed by what was refused; p99 of reads ${ms(quantile(times, 0.99))}`;
});
