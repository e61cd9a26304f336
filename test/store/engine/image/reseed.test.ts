import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EngineQuery } from '../../../../src/store/engine/calls.ts';
import { EngineClient } from '../../../../src/store/engine/client.ts';
import { compileEngine, readProgram } from '../../../../src/store/engine/module.ts';
import { openJournal } from '../../../../src/store/journal/open-journal.ts';
import { append, delta } from '../../journal/files.ts';
import { base, temporaryDirectory } from '../../support.ts';

const drawing: EngineQuery = {
  query:
    'SELECT (STRUUID() AS ?u) (STR(UUID()) AS ?v) (BNODE() AS ?b) { VALUES ?n { 1 2 3 4 5 } ?s ?p ?o }',
  mediaType: 'text/csv',
  defaultGraph: 'union',
  baseIri: base,
  resultBytesMax: 1_000_000,
};

/** The identifiers that an engine mints for one query. */
const draw = async (engine: EngineClient): Promise<string[]> => {
  const rows = Buffer.from(await engine.call('query', drawing))
    .toString()
    .split('\r\n')
    .slice(1, -1);
  return rows.flatMap((row) => row.split(','));
};

describe('engines of one image whose random generator had been used', () => {
  it('mint different identifiers', async () => {
    const directory = path.join(temporaryDirectory(), 'journal');
    const journal = await openJournal({ directory, baseIri: base });
    await append(journal, delta('a:g', '<a:s> <a:p> "o"'));
    const program = await readProgram();
    const { reader } = await compileEngine(program, 256);
    const start = async (image: string | undefined): Promise<EngineClient> => {
      const given = {
        module: reader,
        program: program.sha256,
        journalDirectory: directory,
        baseIri: base,
        image,
        checkpoint: undefined,
      };
      const engine = new EngineClient(given, {});
      onTestFinished(() => engine.terminate());
      await engine.call('advance', journal.head);
      return engine;
    };
    const image = path.join(temporaryDirectory(), 'of-a-used-engine.image');
    const used = await start(undefined);
    const before = await draw(used);
    await used.call('saveImage', image);
    const after = await draw(used);
    const engines = await Promise.all([image, image, image].map(start));
    const drawn = (await Promise.all(engines.map(draw))).flat();
    expect(before.length).toBeGreaterThan(15);
    const all = [...before, ...after, ...drawn];
    expect(new Set(all).size).toBe(all.length);
    await journal.close();
  });
});
