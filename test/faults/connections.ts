/**
 * More connections than there are file descriptors, all from clients that say nothing. Those beyond
 * `ISNAD_CONNECTIONS_MAX` are closed at once, so that the journal, the engines and the operator always find a
 * descriptor, and clients find the service again when the others have gone. One round is one connection.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readSettings } from '../../src/settings.ts';
import { loadTriples, politeQuery } from './load-data.ts';
import { readMetrics } from './metrics.ts';
import { prove, Skipped } from './proof.ts';
import { sparql, startServer, update } from './server.ts';

/** What many systems allow a process by default. */
const descriptors = 1024;
const together = 100;
const writes = 20;
const patienceMs = 20_000;

const limitDescriptors = (pid: number | undefined): void => {
  const limit = `--nofile=${descriptors}:${descriptors}`;
  const { status } = spawnSync('prlimit', ['--pid', String(pid), limit]);
  if (status !== 0) throw new Skipped('prlimit cannot limit the descriptors of a process here');
};

await prove('connections', { short: 1500, full: 5000 }, async (proof) => {
  const { connectionsMax } = readSettings({});
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 2000);
  const server = await startServer(dataDir);
  proof.atEnd(server.child.kill);
  limitDescriptors(server.child.process.pid);
  await server.ask(update('INSERT DATA { <a:s> <a:p> "first" }'));
  const sockets: net.Socket[] = [];
  proof.atEnd(() => {
    for (const socket of sockets) socket.destroy();
  });
  let closed = 0;
  const closedSoFar = (): number => closed;
  const open = async (): Promise<void> => {
    const socket = net.connect(server.port, server.host);
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => (closed += 1));
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  };
  for (let n = 0; n < proof.rounds; n += together)
    await Promise.all(Array.from({ length: together }, open));
  const wanted = proof.rounds - connectionsMax;
  const until = Date.now() + patienceMs;
  while (closedSoFar() < wanted && Date.now() < until) await delay(50);
  if (closed < wanted) proof.fail(`${closed} were closed, not ${wanted}`);
  const files = server.openFiles();

  for (let n = 0; n < writes; n += 1) {
    const answer = await server.ask({ ...update(`INSERT DATA { <a:s> <a:p> ${n} }`), patienceMs });
    if (answer.status >= 300) proof.fail(`a write: ${answer.status} ${answer.body}`);
    const past = await server.ask({ path: '/commits/2/diff', socket: true, patienceMs });
    if (past.status !== 200) proof.fail(`the past: ${past.status} ${past.body.slice(0, 200)}`);
  }
  const check = await server.ask({ method: 'POST', path: '/operator/check', socket: true });
  if (check.body !== '{"doubts":[]}') proof.fail(`engines are not as stated: ${check.body}`);
  for (const socket of sockets) socket.destroy();
  await delay(500);
  const alive = await server.ask(sparql(politeQuery(1), { patienceMs }));
  if (alive.status !== 200) proof.fail(`afterwards a query is answered ${alive.status}`);
  const dropped = (await readMetrics(server)).sum('isnad_http_connections_dropped_total');
  if (dropped < wanted) proof.fail(`${dropped} were counted as closed, not ${wanted}`);
  const errors = server.child.complaints.filter((line) => /EMFILE|too many open/i.test(line));
  for (const line of errors.slice(0, 3)) proof.fail(`the log tells of ${line}`);
  return `${proof.rounds} connections to a process of ${descriptors} descriptors: ${dropped} closed at once, at most ${files} files open, ${writes} of ${writes} writes done beside them, engines as stated, a query answered once they had gone`;
});
