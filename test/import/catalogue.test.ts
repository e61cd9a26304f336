import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FindingKind } from '../../src/import/finding-kinds.ts';
import { installationFolders } from '../../src/import/installation-data.ts';
import { prepareInWorker } from '../../src/import/worker-client.ts';
import type { PreparedDelivery } from '../../src/import/worker-client.ts';
import { createIris, localId } from '../../src/model/iris.ts';
import { defaultLimits } from './import-fixture.ts';

/** The real catalogue is not part of the project; where it is missing, these tests are skipped. */
const catalogue = path.join(
  import.meta.dirname,
  '../../../shared/partner-data/corpus-coranicum-tei',
);
const readingMsMax = 180_000;

describe.skipIf(!existsSync(catalogue))('The real catalogue', () => {
  let prepared: PreparedDelivery;
  let text: string;

  beforeAll(async () => {
    prepared = await prepareInWorker(
      {
        request: {
          path: catalogue,
          format: 'tei',
          dataset: {
            slug: 'corpus-coranicum',
            title: 'Corpus Coranicum',
            licence: 'https://creativecommons.org/licenses/by-sa/4.0/',
          },
        },
        limits: defaultLimits,
        baseIri: 'http://localhost:3030/',
        ontologyFolder: installationFolders.ontology,
      },
      {},
    );
    text = Buffer.concat(prepared.nquads).toString('utf8');
  }, readingMsMax);

  const findingsOf = (kind: FindingKind) =>
    prepared.findings.filter((finding) => finding.kind === kind);
  const countOf = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const isnad = 'https://w3id.org/isnad/ontology#';

  it('comes in whole: every manuscript, page and institution', () => {
    expect(prepared.counts).toMatchObject({ records: 2322, pages: 48_892, images: 39_454 });
    expect(countOf(new RegExp(`#type> <${isnad}Manuscript>`, 'g'))).toBe(2322);
    expect(countOf(new RegExp(`#type> <${isnad}Page>`, 'g'))).toBe(48_892);
    expect(countOf(new RegExp(`#type> <${isnad}Organization>`, 'g'))).toBe(110);
  });

  it('keeps the shared shapes', () => {
    expect(prepared.validation.violations).toBe(0);
    expect(findingsOf('shape-violation')).toEqual([]);
  });

  it('has a passage on every page but those with a placeholder', () => {
    expect(findingsOf('key-placeholder')).toHaveLength(179);
    expect(countOf(new RegExp(`#type> <${isnad}Passage>`, 'g'))).toBe(48_892 - 179);
    expect(countOf(new RegExp(`<${isnad}startOrdinal>`, 'g'))).toBe(48_635);
  });

  it('shows its known defects as findings, each where it lies', () => {
    const known = [
      ['key-coverage', 'mysql_id_1977', '001:001:001-114:006:003'],
      ['key-coverage', 'mysql_id_2948', '001:000:000-114:006:003'],
      ['key-doubtful', 'mysql_id_877', '001:001:000-001:001:000'],
      ['key-word-unreadable', 'mysql_id_2442', '019:001:0-1-025:064:0-1'],
      ['key-beyond-sura', 'mysql_id_2057', '089:089:999-009:094:999'],
      ['key-no-sura', 'mysql_id_2014', '000:089:049-005:090:008'],
      ['key-order', 'mysql_id_2131', '022:077:999-022:077:007'],
      ['extent-absent', 'mysql_id_142', 'Folios:'],
      ['extent-differs', 'mysql_id_281', 'Folios: 9 / 7 fol.'],
      ['extent-differs', 'mysql_id_363', 'Folios: 22 / 62 fol.'],
      ['date-invalid', 'mysql_id_1945', '0'],
      ['date-contradicted', 'mysql_id_526', '1000-1200'],
      ['date-differs', 'mysql_id_2970', 'Ramadan 645'],
      ['settlement-several', 'repository_115', 'Leiden, Rotterdam, Amsterdam'],
      ['mixed-scripts', 'repository_23', 'национaльная'],
    ] as const;
    for (const [kind, record, value] of known)
      expect(findingsOf(kind)).toContainEqual(expect.objectContaining({ record, value }));
    expect(findingsOf('styled-text')).toHaveLength(50);
  });

  it('recognises all its scripts, materials and contributors’ roles', () => {
    expect(findingsOf('script-unknown')).toEqual([]);
    expect(findingsOf('material-unknown')).toEqual([]);
    expect(findingsOf('contributor-unclear')).toEqual([]);
  });

  it('gives a manuscript the address that other datasets know it by', () => {
    const key = 'manuscript/mysql_id_15';
    const iri = createIris('http://localhost:3030/').record(
      'manuscript',
      localId('corpus-coranicum', key),
    );
    expect(text).toContain(`<${iri}> <${isnad}sourceKey> "${key}" `);
  });

  it('names its own files, and tells of those that are none of its records', () => {
    expect(prepared.files.map(({ name }) => name)).toEqual([
      'places.xml',
      'quran_manuscripts.tar.xz',
    ]);
    expect(findingsOf('file-skipped').map(({ file }) => file)).toEqual([
      'README.upstream.md',
      'SOURCE.md',
      'quran_manuscripts.tar.xz/quran_manuscripts/places.xml',
      'reader.xml',
      'sources.xml',
    ]);
  });
});
