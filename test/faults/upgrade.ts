/**
 * Data directories of every earlier format open with the present code, whole: log, commit hashes and
 * every graph's quads are those that the version which wrote them saw. The upgrade is killed at random
 * moments and must still end whole. One round is one upgrade, killed once and then left alone.
 */
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommitRecord, Store } from '../../src/store/store.ts';
import { root, startChild } from './child.ts';
import { openStore } from './open-store.ts';
import { prove } from './proof.ts';

interface Expected {
  readonly log: readonly CommitRecord[];
  readonly graphs: Readonly<Record<string, readonly string[]>>;
}

const fixtures = path.join(root, 'test/fixtures');

/** What of an old commit must be as it was; later formats may tell more. */
const essence = ({ sequence, hash, recordedAt, description, graphs }: CommitRecord) => ({
  sequence,
  hash,
  recordedAt,
  description,
  graphs: graphs.map(({ graph, addedQuads, removedQuads, created, dropped }) => ({
    graph,
    addedQuads,
    removedQuads,
    created,
    dropped,
  })),
});

const problemsOf = async (store: Store, expected: Expected): Promise<string[]> => {
  const problems: string[] = [];
  const found: CommitRecord[] = [];
  for await (const record of store.log()) found.push(record);
  for (const [index, record] of expected.log.entries()) {
    const now = found[index];
    if (!now || !isDeepStrictEqual(essence(now), essence(record)))
      problems.push(`commit ${record.sequence} is not as it was written`);
  }
  const added = found.slice(expected.log.length);
  if (added.some(({ description }) => description.activity !== 'upgrade') || added.length > 1)
    problems.push(`${added.length} commits were added`);
  for (const [graph, lines] of Object.entries(expected.graphs)) {
    const content = await store.readGraph(graph);
    const now = content && Buffer.concat(content.nquads).toString().split('\n').slice(0, -1);
    if (!isDeepStrictEqual(now, lines)) problems.push(`<${graph}> is not as it was`);
  }
  const names = (await store.listGraphs()).map(({ graph }) => graph);
  for (const graph of Object.keys(expected.graphs))
    if (!names.includes(graph)) problems.push(`<${graph}> is not listed`);
  return problems;
};

const fixtureNames = readdirSync(fixtures).filter((name) => /^journal-v\d+$/.test(name));

await prove('upgrade', { short: 8, full: 100 }, async (proof) => {
  let killedMidway = 0;

  const lay = (name: string, below: string): string => {
    const dataDir = proof.directory(`${name}-${below}`);
    const journal = path.join(dataDir, 'journal');
    cpSync(path.join(fixtures, name, 'journal'), journal, { recursive: true });
    return dataDir;
  };

  const timeOpening = async (name: string): Promise<number> => {
    const startedAt = performance.now();
    const child = startChild(['test/faults/writer-child.ts', lay(name, 'timed'), 'hold']);
    const answer = await child.line(/^\{/);
    const tookMs = performance.now() - startedAt;
    if (!answer?.includes('"open"')) proof.fail(`${name} did not open: ${answer}`);
    await child.kill();
    return tookMs;
  };

  const upgradeOnce = async (name: string, round: number, openingMs: number): Promise<void> => {
    const expected: Expected = JSON.parse(
      readFileSync(path.join(fixtures, name, 'expected.json'), 'utf8'),
    );
    const dataDir = lay(name, String(round));
    const child = startChild(['test/faults/writer-child.ts', dataDir, 'hold']);
    proof.atEnd(child.kill);
    await delay(proof.random() * openingMs);
    await child.kill();
    if (!child.lines.some((line) => line.startsWith('{'))) killedMidway += 1;
    for (const opening of ['first', 'second']) {
      const store = await openStore(dataDir);
      for (const problem of await problemsOf(store, expected))
        proof.fail(`${name}, round ${round}, ${opening} opening: ${problem}`);
      await store.close();
    }
  };

  for (const name of fixtureNames) {
    const openingMs = await timeOpening(name);
    for (let round = 0; round < proof.rounds; round += 1) await upgradeOnce(name, round, openingMs);
  }
  return `${fixtureNames.join(', ')}: ${proof.rounds} upgrades each, ${killedMidway} killed midway, every quad and hash as before`;
});
