import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  encodeManifest,
  readManifest,
  type Manifest,
} from '../../../src/store/checkpoint/manifest.ts';
import { readKeys } from '../../../src/store/checkpoint/read-quads.ts';
import { listCheckpoints, pointOf } from '../../../src/store/checkpoint/list.ts';
import { createEmbeddedStore } from '../../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import type { DesiredGraph } from '../../../src/store/store.ts';
import { verifyDirectory } from '../../../src/store/verify/verify-directory.ts';
import { seededRandom } from '../../faults/proof.ts';
import {
  base,
  collect,
  content,
  manyTriples,
  openEmbedded,
  readLines,
  rows,
  storeOptions,
  temporaryDirectory,
  write,
} from '../support.ts';
import { makeUnreadable } from '../unreadable.ts';

const checkpointsOf = (dataDir: string): string => path.join(dataDir, 'checkpoints');
const namesOf = (dataDir: string): string[] => readdirSync(checkpointsOf(dataDir)).toSorted();

/** Everything a store says of itself: graphs with counts and hashes, lines, answers, the whole log. */
const portrait = async (store: EmbeddedStore): Promise<unknown> => {
  const graphs = await store.listGraphs();
  const lines = await Promise.all(graphs.map(({ graph }) => readLines(store, graph)));
  const counted = await rows(
    store,
    'SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g',
  );
  const log = await collect(store.log());
  return { head: store.head(), graphs, lines, counted, log, doubts: await store.checkEngines() };
};

const portraitOf = async (dataDir: string, onProgress?: (done: number) => void) => {
  const store = await createEmbeddedStore({
    ...storeOptions(dataDir),
    ...(onProgress ? { onProgress } : {}),
  });
  try {
    return await portrait(store);
  } finally {
    await store.close();
  }
};

/** A data directory without images whose checkpoints, at commits 3 and 5, are followed by two commits. */
const make = async (): Promise<{ dataDir: string; wanted: unknown }> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-checkpoint-'));
  const store = await createEmbeddedStore(storeOptions(dataDir));
  await write(
    store,
    content('a:one', ...manyTriples(60), '_:b1 <a:p> _:b2', '<a:s> <a:p> "مصحف"@ar'),
  );
  await write(store, content('a:two', '<a:x> <a:p> "before"', '<a:y> <a:p> "stays"'));
  await write(store, content('a:empty'), content('a:gone', '<a:z> <a:p> "gone"'));
  await store.makeCheckpoint();
  await write(store, content('a:two', '<a:x> <a:p> "after"', '<a:y> <a:p> "stays"'));
  await write(store, { graph: 'a:gone', removed: true });
  await store.makeCheckpoint();
  await write(store, content('', '<a:d> <a:p> "in the default graph"'));
  await write(store, content('a:one', ...manyTriples(20), '_:b1 <a:p> _:b2'));
  const wanted = await portrait(store);
  await store.close();
  return { dataDir, wanted };
};

let made: Awaited<ReturnType<typeof make>>;
beforeAll(async () => {
  made = await make();
});
afterAll(() => rmSync(made.dataDir, { recursive: true }));

const copy = (): string => {
  const dataDir = temporaryDirectory();
  cpSync(made.dataDir, dataDir, { recursive: true });
  return dataDir;
};

describe('a checkpoint', () => {
  it('is what a start begins with, to the labels of blank nodes, and only what follows is read', async () => {
    const dataDir = copy();
    expect(namesOf(dataDir)).toEqual(['000000000003', '000000000005']);
    const progress: number[] = [];
    expect(await portraitOf(dataDir, (done) => progress.push(done))).toEqual(made.wanted);
    // The first segment's bytes before the checkpoint are not looked at: damage there is for verify to find.
    const [segment = ''] = readdirSync(path.join(dataDir, 'journal')).filter((name) =>
      name.endsWith('.isnad'),
    );
    const file = path.join(dataDir, 'journal', segment);
    const bytes = readFileSync(file);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const store = await openEmbedded(dataDir);
    expect(await store.listGraphs()).toEqual((made.wanted as { graphs: unknown }).graphs);
  });

  it('gives the same store as the journal alone', async () => {
    const dataDir = copy();
    rmSync(checkpointsOf(dataDir), { recursive: true });
    expect(await portraitOf(dataDir)).toEqual(made.wanted);
  });

  it('goes on from the one before, and the two newest are kept', async () => {
    const dataDir = copy();
    const store = await openEmbedded(dataDir);
    await store.makeCheckpoint();
    expect(namesOf(dataDir)).toEqual(['000000000005', '000000000007']);
    // There is nothing new to make one of.
    await store.makeCheckpoint();
    expect(namesOf(dataDir)).toEqual(['000000000005', '000000000007']);
    await store.close();
    expect(await portraitOf(dataDir)).toEqual(made.wanted);
  });

  it('that was not finished is cleared away', async () => {
    const dataDir = copy();
    cpSync(
      path.join(checkpointsOf(dataDir), '000000000005'),
      path.join(checkpointsOf(dataDir), '000000000007.making'),
      { recursive: true },
    );
    const notices: string[] = [];
    const store = await openEmbedded(dataDir, { onNotice: (notice) => notices.push(notice) });
    expect(namesOf(dataDir)).toEqual(['000000000003', '000000000005']);
    expect(notices).toEqual([]);
    expect(store.head().sequence).toBe(7);
  });
});

/** What a checkpoint says, or nothing when it says that it is damaged. */
const contentOf = (dataDir: string): unknown => {
  const { good } = listCheckpoints(checkpointsOf(dataDir));
  const newest = good.find(({ manifest }) => manifest.place.sequence === 5);
  const point = newest && pointOf(newest);
  if (!newest || !point) return undefined;
  try {
    return { point, keys: [...readKeys(newest.directory)] };
  } catch {
    return undefined;
  }
};

const flip = (file: string): void => {
  const bytes = readFileSync(file);
  bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

describe('damage to a checkpoint', () => {
  const files = ['manifest.json', 'commits', 'quads'] as const;

  it.each(files)('at any byte of its %s is noticed', (name) => {
    const dataDir = copy();
    const whole = contentOf(dataDir);
    expect(whole).toBeDefined();
    const file = path.join(checkpointsOf(dataDir), '000000000005', name);
    const bytes = readFileSync(file);
    let noticed = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, damaged);
      const found = contentOf(dataDir);
      if (found === undefined) noticed += 1;
    }
    expect(noticed).toBe(bytes.length);
    writeFileSync(file, bytes.subarray(0, -1));
    expect(contentOf(dataDir)).toBeUndefined();
  });

  it('costs time only: the start goes on from the one before, then from the journal', async () => {
    const dataDir = copy();
    const [older, newest] = ['000000000003', '000000000005'];
    flip(path.join(checkpointsOf(dataDir), newest, 'commits'));
    expect(await portraitOf(dataDir)).toEqual(made.wanted);
    expect(namesOf(dataDir)).toEqual([older]);
    flip(path.join(checkpointsOf(dataDir), older, 'quads'));
    expect(await portraitOf(dataDir)).toEqual(made.wanted);
    expect(namesOf(dataDir)).toEqual([]);
  });
});

describe('a checkpoint that the system does not let be read', () => {
  const both = ['000000000003', '000000000005'];

  it.each(['manifest.json', 'commits', 'quads'] as const)(
    'because of its %s is kept and told of, and the answers are the same',
    async (name) => {
      const dataDir = copy();
      const putBack = makeUnreadable(path.join(newest(dataDir), name));
      const notices: string[] = [];
      const store = await createEmbeddedStore({
        ...storeOptions(dataDir),
        onNotice: (notice) => notices.push(notice),
      });
      expect(await portrait(store)).toEqual(made.wanted);
      await store.close();
      expect(namesOf(dataDir)).toEqual(both);
      expect(notices).toEqual([
        expect.stringMatching(/000000000005 could not be read and is not used this time: ELOOP/),
      ]);
      expect((await doubtsOf(dataDir)).join(' ')).toMatch(/cannot be read: ELOOP/);
      putBack();
      const progress: number[] = [];
      expect(await portraitOf(dataDir, (done) => progress.push(done))).toEqual(made.wanted);
      expect(await doubtsOf(dataDir)).toEqual([]);
    },
  );

  it('gives way to one of the same commit', async () => {
    const dataDir = copy();
    const store = await openEmbedded(dataDir);
    await store.makeCheckpoint();
    await store.close();
    const seventh = path.join(checkpointsOf(dataDir), '000000000007');
    const wanted = readFileSync(path.join(seventh, 'quads'));
    makeUnreadable(path.join(seventh, 'manifest.json'));
    makeUnreadable(path.join(newest(dataDir), 'quads'));
    const second = await openEmbedded(dataDir);
    expect(readFileSync(path.join(seventh, 'quads'))).toEqual(wanted);
    await second.makeCheckpoint();
    expect(listCheckpoints(checkpointsOf(dataDir)).good.map(({ directory }) => directory)).toEqual([
      seventh,
    ]);
  });

  it('is none of those that are used when all are so', async () => {
    const dataDir = copy();
    const putBack = makeUnreadable(checkpointsOf(dataDir));
    expect(await portraitOf(dataDir)).toEqual(made.wanted);
    putBack();
    expect(namesOf(dataDir)).toEqual(both);
  });
});

/** The journal at an earlier commit, as an older copy of the directory has it. */
const olderJournal = async (commits: number, other = ''): Promise<string> => {
  const dataDir = temporaryDirectory();
  const store = await createEmbeddedStore(storeOptions(dataDir));
  for (let n = 0; n < commits; n += 1)
    await write(store, content('a:g', `<a:s> <a:p> "${n}${other}"`));
  await store.close();
  return dataDir;
};
const code = async (dataDir: string): Promise<unknown> =>
  createEmbeddedStore(storeOptions(dataDir)).then(
    async (store) => store.close(),
    (error: unknown) => error,
  );

describe('a journal that does not hold the commit of a checkpoint', () => {
  it.each([
    ['ends below it', 2, ''],
    ['is another one', 9, 'x'],
  ])('because it %s is refused, and nothing is changed', async (_, commits, other) => {
    const dataDir = await olderJournal(commits, other);
    cpSync(checkpointsOf(made.dataDir), checkpointsOf(dataDir), { recursive: true });
    expect(await code(dataDir)).toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(/checkpoint of commit 5 exists.*verify.*restore/s) as string,
    });
    expect(namesOf(dataDir)).toEqual(['000000000003', '000000000005']);
  });

  it.each([
    ['ends below it', 2, ''],
    ['is another one', 9, 'x'],
  ])('because it %s is refused also when only its manifest is whole', async (_, commits, other) => {
    const dataDir = await olderJournal(commits, other);
    cpSync(checkpointsOf(made.dataDir), checkpointsOf(dataDir), { recursive: true });
    rmSync(path.join(checkpointsOf(dataDir), '000000000003'), { recursive: true });
    flip(path.join(newest(dataDir), 'commits'));
    expect(await code(dataDir)).toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(/checkpoint of commit 5 exists.*verify.*restore/s) as string,
    });
    truncateSync(path.join(newest(dataDir), 'quads'), 9);
    expect(await code(dataDir)).toMatchObject({ code: 'store-damaged' });
    flip(path.join(newest(dataDir), 'manifest.json'));
    expect(await code(dataDir)).toBeUndefined();
  });

  it('because it was cut is refused', async () => {
    const dataDir = copy();
    const file = path.join(dataDir, 'journal', '00000001.isnad');
    truncateSync(file, 900);
    expect(await code(dataDir)).toMatchObject({ code: 'store-damaged' });
  });

  it('of another base IRI is refused as such', async () => {
    const dataDir = copy();
    const options = { ...storeOptions(dataDir), baseIri: 'http://other.example/' };
    await expect(createEmbeddedStore(options)).rejects.toMatchObject({ code: 'store-base-iri' });
    expect(base).not.toBe(options.baseIri);
  });
});

it('holds what the journal holds, whatever was written', async () => {
  for (let seed = 1; seed <= 2; seed += 1) {
    const random = seededRandom(seed);
    const below = (n: number): number => Math.floor(random() * n);
    const dataDir = temporaryDirectory();
    const store = await createEmbeddedStore(storeOptions(dataDir));
    const change = (): DesiredGraph => {
      const graph = ['a:a', 'a:b', 'a:c', ''][below(4)] ?? '';
      if (below(5) === 0) return { graph, removed: true };
      const lines = Array.from(
        { length: below(12) },
        () => `<a:s${below(9)}> <a:p> ${['"x"', '_:b', '"é"@ar'][below(3)]}`,
      );
      return content(graph, ...new Set(lines));
    };
    for (let n = 0; n < 16; n += 1) {
      await write(store, change());
      if (below(4) === 0) await store.makeCheckpoint();
    }
    const wanted = await portrait(store);
    await store.close();
    rmSync(path.join(dataDir, 'images'), { recursive: true, force: true });
    expect(await portraitOf(dataDir), `seed ${seed}`).toEqual(wanted);
  }
});

const newest = (dataDir: string): string => path.join(checkpointsOf(dataDir), '000000000005');
const doubtsOf = async (dataDir: string): Promise<readonly string[]> =>
  (await verifyDirectory(dataDir, () => undefined)).doubts;

const lie = (dataDir: string, change: (manifest: Manifest) => object): void => {
  const { version: _, ...manifest } = readManifest(newest(dataDir))!;
  const lied = { ...manifest, ...change({ version: 1, ...manifest }) };
  writeFileSync(path.join(newest(dataDir), 'manifest.json'), encodeManifest(lied));
};
describe('verify', () => {
  it('finds nothing to doubt in checkpoints as they were made', async () => {
    expect(await doubtsOf(copy())).toEqual([]);
  });

  const damages: readonly [string, RegExp, (dataDir: string) => void][] = [
    [
      'quads with a flipped bit',
      /quads cannot be read/,
      (dataDir) => flip(path.join(newest(dataDir), 'quads')),
    ],
    [
      'a flipped bit in its manifest',
      /no whole checkpoint/,
      (dataDir) => flip(path.join(newest(dataDir), 'manifest.json')),
    ],
    [
      'a count that is not true',
      /says of <a:two>.*does not hold of <a:two>/s,
      (dataDir) =>
        lie(dataDir, ({ graphs }) => ({
          graphs: graphs.map((each) => (each.graph === 'a:two' ? { ...each, quads: 9 } : each)),
        })),
    ],
    [
      'another commit’s hash',
      /another commit/,
      (dataDir) => lie(dataDir, ({ place }) => ({ place: { ...place, hash: '0'.repeat(64) } })),
    ],
  ];
  it.each(damages)('doubts %s', async (_, doubt, damage) => {
    const dataDir = copy();
    damage(dataDir);
    expect((await doubtsOf(dataDir)).join(' ')).toMatch(doubt);
  });
});
