import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingKinds } from '../../src/import/finding-kinds.ts';
import { createIris, localId } from '../../src/model/iris.ts';
import { parseNQuads } from '../../src/rdf/nquads.ts';
import { preparePath, sampleFolder, temporaryFolder } from './import-fixture.ts';

type Prepared = Awaited<ReturnType<typeof preparePath>>;

const iris = createIris('http://localhost:3030/');
const iriOf = (type: string, key: string): string =>
  iris.record(type, localId('sample-catalogue', key));

describe('The sample delivery', () => {
  let sample: Prepared;
  beforeAll(async () => {
    sample = await preparePath(sampleFolder);
  });

  it('shows every kind of finding that data can cause', () => {
    const shown = new Set<string>(sample.findings.map(({ kind }) => kind));
    const never = Object.keys(findingKinds).filter(
      (kind) => !kind.startsWith('shape-') && !shown.has(kind),
    );
    expect(never).toEqual([]);
  });

  it('keeps the shared shapes, although it is dirty', () => {
    expect(sample.findings.filter(({ kind }) => kind.startsWith('shape-'))).toEqual([]);
    expect(sample.validation).toEqual({ violations: 0, warnings: 0, infos: 0 });
  });

  it('gives canonical statements, none twice, all in the dataset’s graph', () => {
    const graph = iris.dataset('sample-catalogue');
    expect(new Set(sample.lines).size).toBe(sample.lines.length);
    expect(sample.counts['quads']).toBe(sample.lines.length);
    expect(sample.lines.every((line) => line.endsWith(` <${graph}> .`))).toBe(true);
  });

  it('names every node', () => {
    expect(sample.lines.filter((line) => line.includes('_:'))).toEqual([]);
  });

  it('names records by their keys in the source, which never change', () => {
    const key = 'manuscript/mysql_id_1/page/mysql_id_101/passage';
    expect(sample.lines.some((line) => line.startsWith(`<${iriOf('passage', key)}> `))).toBe(true);
    expect(
      sample.lines.some((line) =>
        line.startsWith(`<${iriOf('assertion', 'manuscript/mysql_id_1/date')}> `),
      ),
    ).toBe(true);
  });

  it('points at nothing of its own that it does not describe', () => {
    const quads = parseNQuads(sample.lines.join('\n'));
    const described = new Set(quads.map(({ subject }) => subject.value));
    const dangling = quads
      .filter(
        ({ object }) =>
          object.termType === 'NamedNode' && object.value.startsWith(`${iris.base}id/`),
      )
      .filter(({ object }) => !described.has(object.value));
    expect(dangling.map(({ object }) => object.value)).toEqual([]);
  });

  it('links references between records, and only to those delivered', () => {
    const from = iriOf('manuscript', 'manuscript/mysql_id_1');
    const links = sample.lines.filter((line) =>
      line.startsWith(`<${from}> <https://w3id.org/isnad/ontology#refersTo>`),
    );
    expect(links).toHaveLength(2);
    expect(sample.findings.filter(({ kind }) => kind === 'reference-unknown')).toMatchObject([
      { record: 'mysql_id_1', value: 'https://catalogue.example/en/manuscripts/999' },
    ]);
  });

  it('takes the first of two files for one record and tells of the second', () => {
    expect(sample.counts['records']).toBe(11);
    expect(sample.findings.filter(({ kind }) => kind === 'record-repeated')).toMatchObject([
      { file: 'manuscript-00011-copy.xml', record: 'mysql_id_1' },
    ]);
  });

  it('describes its dataset, with the publisher as rights holder for want of another', () => {
    const about = sample.lines.filter((line) =>
      line.startsWith(`<${iris.dataset('sample-catalogue')}> `),
    );
    const text = about.join('\n');
    expect(text).toContain(
      '<http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/>',
    );
    expect(text).toContain('"Sample Catalogue, Sample Academy"');
    expect(text).toContain('"Sample catalogue"');
  });

  it('lists the files that were used with their hashes, and tells of the others', () => {
    expect(sample.files.map(({ name }) => name)).toContain('places.xml');
    expect(sample.files.map(({ name }) => name)).not.toContain('reader.xml');
    expect(sample.files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const skipped = sample.findings.filter(({ kind }) => kind === 'file-skipped');
    expect(skipped.map(({ file }) => file)).toEqual(['README.md', 'reader.xml']);
  });

  it('gives the same statements in another order of files and under other file names of folders', async () => {
    const folder = temporaryFolder();
    for (const name of readdirSync(sampleFolder))
      cpSync(
        path.join(sampleFolder, name),
        path.join(folder, name.startsWith('places') ? `0/${name}` : `1/${name}`),
      );
    const again = await preparePath(folder);
    expect(again.lines.toSorted()).toEqual(sample.lines.toSorted());
  });
});

describe('A record whose institution is in no list', () => {
  it('gets an institution of its words, and the cataloguer is told once', async () => {
    const { findings, lines } = await preparePath(path.join(sampleFolder, 'manuscript-00006.xml'));
    expect(findings.filter(({ kind }) => kind === 'holder-unknown')).toHaveLength(1);
    expect(lines.some((line) => line.includes('"Private collection , Nowhere"'))).toBe(true);
  });
});

describe('Records that name different publishers', () => {
  it('leave the rights unsaid, which the shapes do not let pass', async () => {
    const folder = temporaryFolder();
    const text = readFileSync(path.join(sampleFolder, 'manuscript-00004.xml'), 'utf8');
    writeFileSync(path.join(folder, '1.xml'), text);
    writeFileSync(
      path.join(folder, '2.xml'),
      text.replace('mysql_id_4', 'mysql_id_5').replace('<publisher>Sample', '<publisher>Another'),
    );
    const { validation, findings } = await preparePath(folder);
    expect(validation.violations).toBe(1);
    const [violation] = findings.filter(({ kind }) => kind === 'shape-violation');
    expect(violation?.element).toBe('dcterms:rightsHolder');
  });
});
