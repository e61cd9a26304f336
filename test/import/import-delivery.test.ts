import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '../../src/import/import-request.ts';
import { failureOf, importPath, sampleFolder, temporaryFolder } from './import-fixture.ts';
import { createMemoryStore } from './memory-store.ts';

const graph = 'http://localhost:3030/dataset/sample-catalogue';

describe('An import', () => {
  it('is one commit that says who, what files, which mapping, under which licence', async () => {
    const memory = createMemoryStore();
    const result = await importPath(sampleFolder, { memory, request: { actor: 'partner' } });
    expect(result.outcome).toBe('published');
    expect(result.plan).toEqual({
      addedQuads: result.counts['quads'],
      removedQuads: 0,
      created: true,
    });
    expect(memory.commits).toHaveLength(1);
    expect(memory.commits[0]?.description).toMatchObject({
      activity: 'import',
      actor: 'partner',
      details: {
        dataset: 'sample-catalogue',
        licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
        mapping: 'tei-corpus-coranicum',
        files: result.files,
        counts: { records: 11, violations: 0 },
      },
    });
    expect(memory.graphs.get(graph)?.size).toBe(result.counts['quads']);
  });

  it('of the same delivery again changes nothing and makes no commit', async () => {
    const memory = createMemoryStore();
    await importPath(sampleFolder, { memory });
    const again = await importPath(sampleFolder, { memory });
    expect(again.outcome).toBe('unchanged');
    expect(again.plan).toEqual({ addedQuads: 0, removedQuads: 0, created: false });
    expect(memory.commits).toHaveLength(1);
  });

  it('of a corrected delivery changes only what was corrected', async () => {
    const memory = createMemoryStore();
    await importPath(sampleFolder, { memory });
    const folder = temporaryFolder();
    cpSync(sampleFolder, folder, { recursive: true });
    const file = path.join(folder, 'manuscript-00004.xml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('<origDate>998-998', '<origDate>999-999'));
    const corrected = await importPath(folder, { memory });
    expect(corrected.outcome).toBe('published');
    // Both shortcuts, both labels, the words twice, the bounds, the EDTF.
    expect(corrected.plan).toEqual({ addedQuads: 9, removedQuads: 9, created: false });
  });

  it('that is a dry run shows what would change and changes nothing', async () => {
    const memory = createMemoryStore();
    const result = await importPath(sampleFolder, { memory, request: { dryRun: true } });
    expect(result.outcome).toBe('dry-run');
    expect(result.plan.addedQuads).toBeGreaterThan(1000);
    expect(memory.commits).toEqual([]);
  });

  it('is tried again when others write in between, but not for ever', async () => {
    const memory = createMemoryStore();
    memory.conflicts = 2;
    expect((await importPath(sampleFolder, { memory })).outcome).toBe('published');
    memory.conflicts = 100;
    const folder = temporaryFolder();
    cpSync(path.join(sampleFolder, 'manuscript-00001.xml'), path.join(folder, '1.xml'));
    expect((await failureOf(folder, { memory })).code).toBe('commit-conflict');
  });

  it('that breaks the shapes is blocked, unless it is overridden, which the commit says', async () => {
    const folder = temporaryFolder();
    const text = readFileSync(path.join(sampleFolder, 'manuscript-00004.xml'), 'utf8');
    const file = path.join(folder, '1.xml');
    writeFileSync(
      file,
      text
        .replace('<publisher>Sample Catalogue', '<publisher>')
        .replace('<orgName>Sample Academy', '<orgName>'),
    );
    const memory = createMemoryStore();
    const blocked = await importPath(folder, { memory });
    expect(blocked).toMatchObject({ outcome: 'blocked', blocked: true });
    expect(memory.commits).toEqual([]);
    const overridden = await importPath(folder, { memory, request: { allowViolations: true } });
    expect(overridden.outcome).toBe('published');
    expect(memory.commits[0]?.description.message).toContain('although');
  });

  it('reports its progress up to the last byte', async () => {
    const seen: ImportProgress[] = [];
    await importPath(sampleFolder, { options: { onProgress: (progress) => seen.push(progress) } });
    const read = seen.filter(({ stage }) => stage === 'read').at(-1);
    expect(read?.done).toBe(read?.total);
    expect(seen.at(-1)?.stage).toBe('diff');
    expect(read?.bytes).toBeGreaterThan(10_000);
  });

  it('can be stopped while it reads, and before it starts', async () => {
    const stopping = new AbortController();
    const error = await failureOf(sampleFolder, {
      options: { signal: stopping.signal, onProgress: () => stopping.abort() },
    });
    expect(error.code).toBe('import-cancelled');
    const late = await failureOf(sampleFolder, { options: { signal: AbortSignal.abort() } });
    expect(late.code).toBe('import-cancelled');
  });

  const datasets = [
    ['slug', 'Not A Slug'],
    ['title', ' '],
    ['licence', 'CC BY'],
    ['licence', 'javascript:alert(1)'],
    ['source', 'https://a b'],
  ] as const;
  it.each(datasets)('into a dataset with the %s “%s” is refused', async (field, value) => {
    const dataset = {
      slug: 'sample',
      title: 'Sample',
      licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
      [field]: value,
    };
    const error = await failureOf(sampleFolder, { request: { dataset } });
    expect(error.code).toBe('invalid-parameter');
  });
});
