/**
 * Slow and dripping clients: headers and bodies that come a byte at a time, answers that nobody reads,
 * and idle connections. Each is closed in time, and polite clients notice nothing. One round is one idle
 * connection; beside them stand ten of each dripping kind. The short form waits for the dripping headers only.
 */
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { loadTriples, politeQuery } from './load-data.ts';
import { ms, prove, quantile } from './proof.ts';
import { sparql, startServer } from './server.ts';

const ofEachKind = 10;
const dripEveryMs = 400;
/** Node.js looks at its connections every five seconds, so a limit is kept to within that. */
const closedWithinMs = { headers: 15_000 + 6000, body: 60_000 + 6000 };
const idleMs = 3000;
/** How long an answer may stand still: less than the dripping headers are borne, which is waited for. */
const stallMs = 5000;

interface Slow {
  readonly kind: 'headers' | 'body' | 'reader' | 'idle';
  readonly opening: string;
  readonly drip: string;
}

const kinds: readonly Slow[] = [
  { kind: 'headers', opening: 'GET /sparql HTTP/1.1\r\nHost: x\r\nX-Slow: ', drip: 'a' },
  {
    kind: 'body',
    opening:
      'POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100000\r\n\r\n',
    drip: ' ',
  },
  { kind: 'reader', opening: 'GET /dump.nq HTTP/1.1\r\nHost: x\r\n\r\n', drip: '' },
];

await prove('slow-clients', { short: 300, full: 300 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 60_000);
  const server = await startServer(dataDir, {
    ISNAD_ANSWER_STALL_TIMEOUT_MS: String(stallMs),
  });
  proof.atEnd(server.child.kill);
  const sockets: net.Socket[] = [];
  proof.atEnd(() => {
    for (const socket of sockets) socket.destroy();
  });

  const politeUntil = async (isOver: () => boolean): Promise<number[]> => {
    const times: number[] = [];
    for (let n = 0; !isOver(); n += 1) {
      const answer = await server.ask(sparql(politeQuery(n % 1000)));
      if (answer.status === 200) times.push(answer.ms);
      else proof.fail(`a polite query: ${answer.status}`);
      await delay(20);
    }
    return times;
  };
  const before = performance.now() + idleMs;
  const idle = await politeUntil(() => performance.now() > before);

  /** Resolves with how long the server bore it. */
  const beSlow = ({ opening, drip, kind }: Slow, limitMs: number): Promise<number> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const socket = net.connect(server.port, server.host, () => socket.write(opening));
      sockets.push(socket);
      if (kind === 'reader') socket.pause();
      else socket.resume();
      const dripping = setInterval(() => drip !== '' && socket.write(drip), dripEveryMs);
      const end = (): void => {
        clearInterval(dripping);
        clearTimeout(patience);
        resolve(performance.now() - startedAt);
      };
      const patience = setTimeout(end, limitMs * 1.5);
      socket.on('error', () => undefined);
      socket.on('close', end);
    });
  for (let n = 0; n < proof.rounds; n += 1) {
    const socket = net.connect(server.port, server.host);
    socket.on('error', () => undefined);
    sockets.push(socket);
  }

  let over = false;
  const beside = politeUntil(() => over);
  const worst = { headers: 0, body: 0 };
  const [headers, body, reader] = kinds;
  const clients: Promise<void>[] = [];
  const watch = (slow: Slow | undefined, kind: 'headers' | 'body'): void => {
    if (!slow) return;
    const run = async (): Promise<void> => {
      const bore = await beSlow(slow, closedWithinMs[kind]);
      worst[kind] = Math.max(worst[kind], bore);
      if (bore > closedWithinMs[kind]) proof.fail(`slow ${kind} were borne for ${ms(bore)}`);
    };
    clients.push(run());
  };
  for (let n = 0; n < ofEachKind; n += 1) {
    watch(headers, 'headers');
    if (proof.full) watch(body, 'body');
    else if (body) void beSlow(body, closedWithinMs.body);
    if (reader) void beSlow(reader, closedWithinMs.body);
  }
  await Promise.all(clients);
  // A client that reads nothing does not hear that it was cut off either; the service says it. Two of one
  // address may have a dump at once; the others wait for these, and are told when they have waited enough.
  const endsBy = performance.now() + closedWithinMs.body;
  const unread = { left: 0, refused: 0 };
  while (unread.left + unread.refused < ofEachKind && performance.now() < endsBy) {
    await delay(500);
    const { body: figures } = await server.ask({ path: '/metrics' });
    const count = (status: string): number => {
      const labels = `route="/dump.nq",method="GET",status="${status}"`;
      const line = figures.split('\n').find((each) => each.includes(labels));
      return Number(line?.split(' ')[1] ?? 0);
    };
    unread.left = count('left');
    unread.refused = count('503');
  }
  if (unread.left + unread.refused !== ofEachKind || unread.left < 2)
    proof.fail(
      `of ${ofEachKind} that read nothing, ${unread.left} were cut off and ${unread.refused} refused`,
    );
  over = true;
  const times = await beside;
  const [idleP99, p99] = [quantile(idle, 0.99), quantile(times, 0.99)];
  if (p99 > Math.max(250, idleP99 * 5))
    proof.fail(`polite p99 rose from ${ms(idleP99)} to ${ms(p99)}`);
  const bodies = proof.full ? `, slow bodies after ${ms(worst.body)}` : '';
  return `slow headers closed after at most ${ms(worst.headers)}${bodies}; beside them, ${unread.left} that do not read, cut off, ${unread.refused} refused, and ${proof.rounds} idle: polite p99 ${ms(p99)} (before ${ms(idleP99)})`;
});
