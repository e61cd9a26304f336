import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EngineClient } from '../../../src/store/engine/client.ts';
import { compileEngine, readProgram } from '../../../src/store/engine/module.ts';
import { openJournal } from '../../../src/store/journal/open-journal.ts';
import { base, content, openEmbedded, temporaryDirectory, write } from '../support.ts';
import { makeUnreadable } from '../unreadable.ts';

/** A data directory at its second commit, with a checkpoint and an image of it. */
const make = async () => {
  const dataDir = temporaryDirectory();
  const store = await openEmbedded(dataDir);
  await write(store, content('a:one', '<a:s> <a:p> "one"'));
  await write(store, content('a:two', '<a:s> <a:p> "two"'));
  await store.makeCheckpoint();
  await store.makeImage();
  await store.close();
  return {
    journalDirectory: path.join(dataDir, 'journal'),
    checkpoint: path.join(dataDir, 'checkpoints', '000000000002'),
    image: path.join(dataDir, 'images', '000000000002.image'),
  };
};

/** What an engine says of what it was started with, and the graphs that it holds then. */
const begin = async (
  journalDirectory: string,
  given: { readonly image?: string; readonly checkpoint?: string },
) => {
  const journal = await openJournal({ directory: journalDirectory, baseIri: base });
  onTestFinished(async () => journal.close());
  const program = await readProgram();
  const { reader: module } = await compileEngine(program, 256);
  const told: unknown[] = [];
  const start = { module, program: program.sha256, journalDirectory, baseIri: base };
  const engine = new EngineClient(
    { ...start, image: undefined, checkpoint: undefined, ...given },
    { onBadStart: (...what) => told.push(what) },
  );
  onTestFinished(() => engine.terminate());
  await engine.call('advance', journal.head);
  const graphs = (await engine.call('graphHashes')).map(({ graph }) => graph);
  return { told, graphs: graphs.filter((graph) => graph.startsWith('a:')) };
};

it.each(['image', 'checkpoint'] as const)(
  'an engine tells a damaged %s from one that could not be read, and goes on without it',
  async (what) => {
    const made = await make();
    const file = what === 'image' ? made.image : path.join(made.checkpoint, 'quads');
    const given = { [what]: made[what] };
    const putBack = makeUnreadable(file);
    expect(await begin(made.journalDirectory, given)).toEqual({
      told: [[what, made[what], { damaged: false, reason: expect.stringMatching(/ELOOP/) }]],
      graphs: ['a:one', 'a:two'],
    });
    putBack();
    expect((await begin(made.journalDirectory, given)).told).toEqual([]);
    const bytes = readFileSync(file);
    bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await begin(made.journalDirectory, given)).toEqual({
      told: [[what, made[what], expect.objectContaining({ damaged: true })]],
      graphs: ['a:one', 'a:two'],
    });
  },
);
