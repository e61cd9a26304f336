import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadInstallationData } from '../../src/import/installation-data.ts';
import { createIris } from '../../src/model/iris.ts';
import { shared } from '../../src/model/terms.ts';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import {
  base,
  collect,
  content,
  openEmbedded,
  readLines,
  temporaryDirectory,
  write,
} from '../store/support.ts';

const iris = createIris(base);
const scholars = iris.dataset('scholars');
const events = iris.dataset('events');

let folders = { ontology: '', seed: '' };
let store: EmbeddedStore;

const put = (folder: string, name: string, turtle: string): Promise<void> =>
  writeFile(path.join(folder, name), turtle);
const load = () => loadInstallationData(store, iris, folders);
const lines = (graph: string) => readLines(store, graph);

beforeEach(async () => {
  const root = temporaryDirectory();
  folders = { ontology: path.join(root, 'ontology'), seed: path.join(root, 'seed') };
  for (const folder of ['', 'vocabulary', 'shapes'])
    await mkdir(path.join(folders.ontology, folder), { recursive: true });
  await mkdir(folders.seed);
  await put(folders.ontology, 'isnad.ttl', '<a:class> <a:label> "Class" .');
  await put(folders.ontology, 'quran.ttl', '<a:verse> <a:ordinal> 1 .');
  await put(folders.ontology, 'notes.ttl', '<a:notes> <a:are> "not loaded" .');
  await put(folders.ontology, 'vocabulary/script.ttl', '<a:script> <a:label> "Script" .');
  await put(folders.ontology, 'vocabulary/role.ttl', '<a:role> <a:label> "Role" .');
  await put(folders.seed, 'scholars.ttl', '<id/person/1> <a:name> [ <a:text> "One" ] .');
  await put(folders.seed, 'events.ttl', '<id/event/1> <a:label> "Event" .');
  store = await openEmbedded(path.join(root, 'data'));
});

describe('the data that comes with Isnad', () => {
  it('fills a new data directory as one commit, each file in its graph', async () => {
    const receipt = await load();
    expect(receipt?.commit?.sequence).toBe(1);
    expect(await lines(shared.graphs.ontology)).toHaveLength(1);
    expect(await lines(shared.graphs.vocabulary)).toHaveLength(2);
    expect(await lines(shared.graphs.quran)).toHaveLength(1);
    expect(await lines(events)).toEqual([`<${base}id/event/1> <a:label> "Event" <${events}> .`]);
    const named = await lines(scholars);
    expect(named).toHaveLength(2);
    expect(named?.join()).not.toContain('_:');

    const [commit] = await collect(store.log());
    expect(commit?.description.activity).toBe('seed');
    const files = commit?.description.details?.files ?? [];
    expect(files.map(({ name }) => name).toSorted()).toEqual([
      'data/seed/events.ttl',
      'data/seed/scholars.ttl',
      'ontology/isnad.ttl',
      'ontology/quran.ttl',
      'ontology/vocabulary/role.ttl',
      'ontology/vocabulary/script.ttl',
    ]);
    expect(files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  });

  it('is not loaded again while it is the same', async () => {
    await load();
    expect(await load()).toBeUndefined();
    expect(store.head().sequence).toBe(1);
  });

  it('comes in as a difference when a file has changed', async () => {
    await load();
    await put(
      folders.seed,
      'events.ttl',
      '<id/event/1> <a:label> "Event" . <id/event/2> <a:label> "Second" .',
    );
    const receipt = await load();
    expect(receipt?.commit?.description.activity).toBe('upgrade');
    expect(receipt?.commit?.graphs).toMatchObject([
      { graph: events, addedQuads: 1, removedQuads: 0, created: false, dropped: false },
    ]);
    expect(await load()).toBeUndefined();
  });

  it('makes no commit when only a comment has changed', async () => {
    await load();
    await put(folders.seed, 'events.ttl', '# new\n<id/event/1> <a:label> "Event" .');
    expect((await load())?.commit).toBeUndefined();
    expect(store.head().sequence).toBe(1);
  });

  it('stays away where the operator dropped a dataset, whatever else changes', async () => {
    await load();
    await write(store, { graph: scholars, removed: true });
    expect(await load()).toBeUndefined();
    await put(folders.seed, 'scholars.ttl', '<id/person/2> <a:name> "Two" .');
    await put(folders.seed, 'events.ttl', '<id/event/3> <a:label> "Third" .');
    await load();
    expect(await lines(scholars)).toBeUndefined();
    expect(await lines(events)).toEqual([`<${base}id/event/3> <a:label> "Third" <${events}> .`]);
    expect(await load()).toBeUndefined();
  });

  it('is withdrawn with its file, and comes back with it', async () => {
    await load();
    await rm(path.join(folders.seed, 'events.ttl'));
    const receipt = await load();
    expect(receipt?.commit?.graphs).toMatchObject([{ graph: events, dropped: true }]);
    expect(await load()).toBeUndefined();
    await put(folders.seed, 'events.ttl', '<id/event/1> <a:label> "Event" .');
    await load();
    expect(await lines(events)).toHaveLength(1);
  });

  it('changes nothing when a file is damaged, and says which and where', async () => {
    await load();
    await put(folders.seed, 'events.ttl', '<id/event/1> <a:label>\n"never ends .');
    await put(folders.seed, 'scholars.ttl', '<id/person/2> <a:name> "Two" .');
    await expect(load()).rejects.toMatchObject({
      code: 'rdf-syntax',
      position: { file: 'data/seed/events.ttl', line: 2 },
    });
    expect(store.head().sequence).toBe(1);
    expect(await lines(scholars)).toHaveLength(2);
  });

  it('leaves a directory alone that was begun empty', async () => {
    await write(store, content('http://a.example/own', '<a:s> <a:p> "o"'));
    expect(await load()).toBeUndefined();
    expect(store.head().sequence).toBe(1);
  });
});
