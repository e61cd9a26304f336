import { createReadStream, existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { Parser, Store, type Quad } from 'n3';
import { describe, expect, it } from 'vitest';
import { createByteBudget } from '../../src/import/readers/byte-budget.ts';
import { readArchive } from '../../src/import/readers/delivery-archive.ts';
import { crm, isnad, rdf, shared, skos, dcterms } from '../../src/model/terms.ts';

const root = path.join(import.meta.dirname, '..', '..');
const folder = path.join(root, 'ontology', 'vocabulary');
const files = globSync('*.ttl', { cwd: folder }).toSorted();
const read = (file: string): Quad[] =>
  new Parser().parse(readFileSync(path.join(folder, file), 'utf8'));
const store = new Store(files.flatMap(read));
const ontology = new Store(
  new Parser().parse(readFileSync(path.join(root, 'ontology', 'isnad.ttl'), 'utf8')),
);

const subjects = (predicate: string, object: string): string[] =>
  store.getSubjects(predicate, object, null).map(({ value }) => value);
const objects = (subject: string, predicate: string): string[] =>
  store.getObjects(subject, predicate, null).map(({ value }) => value);
const labels = (subject: string, predicate: string): string[] =>
  store
    .getObjects(subject, predicate, null)
    .map((term) => `${term.value}@${term.termType === 'Literal' ? term.language : ''}`);
const languages = (subject: string, predicate: string): string[] =>
  labels(subject, predicate).map((label) => label.slice(label.lastIndexOf('@')));
const schemes = subjects(rdf.type, skos.ConceptScheme);
const concepts = subjects(rdf.type, skos.Concept);
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, place) => values.indexOf(value) !== place);

/** What CIDOC CRM calls the kinds of provenance event, where its scope notes leave no doubt. */
const provenanceClasses = {
  bequest: crm.E8_Acquisition,
  deposit: crm.E10_Transfer_of_Custody,
  destruction: crm.E6_Destruction,
  export: crm.E9_Move,
  gift: crm.E8_Acquisition,
  inheritance: crm.E8_Acquisition,
  loan: crm.E10_Transfer_of_Custody,
  looting: crm.E10_Transfer_of_Custody,
  loss: crm.E10_Transfer_of_Custody,
  production: crm.E12_Production,
  return: crm.E10_Transfer_of_Custody,
  sale: crm.E96_Purchase,
  theft: crm.E10_Transfer_of_Custody,
};

describe('the vocabularies', () => {
  it('hold one scheme in each file, named after it, with title, description and licence', () => {
    expect(schemes.toSorted()).toEqual(
      files.map((file) => `${shared.vocabulary}${path.basename(file, '.ttl')}`),
    );
    const incomplete = schemes.filter(
      (scheme) =>
        !['@en', '@ar'].every(
          (language) =>
            languages(scheme, dcterms.title).includes(language) &&
            languages(scheme, dcterms.description).includes(language),
        ) || objects(scheme, dcterms.license).length !== 1,
    );
    expect(incomplete).toEqual([]);
  });

  it('give every concept one scheme, that of its IRI', () => {
    expect(concepts.length).toBeGreaterThan(600);
    const astray = concepts.filter((concept) => {
      const [scheme, ...more] = objects(concept, skos.inScheme);
      return more.length > 0 || scheme !== concept.slice(0, concept.lastIndexOf('/'));
    });
    expect(astray).toEqual([]);
  });

  it('are matched with other vocabularies only where the match was checked', () => {
    const matched = [skos.exactMatch, skos.closeMatch, skos.broadMatch].flatMap((predicate) =>
      store
        .getQuads(null, predicate, null, null)
        .map(({ subject, object }) => `${subject.value} ${object.value}`),
    );
    const events = Object.entries(provenanceClasses).map(
      ([kind, match]) => `${shared.vocabulary}provenance-kind/${kind} ${match}`,
    );
    expect(matched.toSorted()).toEqual([
      `${shared.vocabulary}event-kind/exhibition http://vocab.getty.edu/aat/300054766`,
      ...events,
      `${shared.vocabulary}technique/cleaning http://vocab.getty.edu/aat/300053027`,
    ]);
  });

  it('label every concept once in English and once in Arabic', () => {
    const wrong = concepts.filter((concept) => {
      const used = languages(concept, skos.prefLabel);
      return !['@en', '@ar'].every((tag) => used.filter((other) => other === tag).length === 1);
    });
    expect(wrong).toEqual([]);
  });

  it.each(schemes)('do not call two concepts of one scheme by the same name: %s', (scheme) => {
    const names = subjects(skos.inScheme, scheme).flatMap((concept) =>
      labels(concept, skos.prefLabel),
    );
    expect(repeated(names)).toEqual([]);
  });

  it('do not repeat a preferred label as another name', () => {
    const repeats = concepts.flatMap((concept) =>
      repeated([...labels(concept, skos.prefLabel), ...labels(concept, skos.altLabel)]),
    );
    expect(repeats).toEqual([]);
  });

  it('are whole: every concept is a top concept or has a broader one, both ways stated', () => {
    const broken = concepts.filter((concept) => {
      const [scheme = ''] = objects(concept, skos.inScheme);
      const broader = objects(concept, skos.broader);
      const isTop = objects(concept, skos.topConceptOf).includes(scheme);
      return (
        isTop === broader.length > 0 ||
        isTop !== objects(scheme, skos.hasTopConcept).includes(concept) ||
        broader.some(
          (other) =>
            !objects(other, skos.inScheme).includes(scheme) ||
            !objects(other, skos.narrower).includes(concept),
        )
      );
    });
    expect(broken).toEqual([]);
    const links = [skos.narrower, skos.related, skos.hasTopConcept].flatMap((link) =>
      store.getObjects(null, link, null).map(({ value }) => value),
    );
    expect(links.filter((link) => !concepts.includes(link))).toEqual([]);
  });

  it('have no circle of broader concepts', () => {
    const above = (concept: string, seen: readonly string[]): boolean =>
      seen.includes(concept) ||
      objects(concept, skos.broader).some((broader) => above(broader, [...seen, concept]));
    expect(concepts.filter((concept) => above(concept, []))).toEqual([]);
  });

  it('have a file for every scheme the ontology asks for, and no idle file', () => {
    const wanted = ontology.getObjects(null, isnad.conceptScheme, null).map(({ value }) => value);
    expect([...new Set(wanted)].toSorted()).toEqual(schemes.toSorted());
  });
});

/** How a cell of a source is recognised: any label or notation, in any case. */
const recognise = (scheme: string, words: string): string[] =>
  subjects(skos.inScheme, `${shared.vocabulary}${scheme}`).filter((concept) =>
    [skos.prefLabel, skos.altLabel, skos.hiddenLabel, skos.notation]
      .flatMap((predicate) => objects(concept, predicate))
      .some((label) => label.toLowerCase() === words.trim().toLowerCase()),
  );
const unrecognised = (scheme: string, cells: Iterable<string>): string[] =>
  [...new Set(cells)].filter((cell) => cell !== '' && recognise(scheme, cell).length === 0);

describe('the words of catalogues', () => {
  it.each([
    ['script', 'kūfī D.Va', 'kufi-d-va'],
    ['script', 'kūfī Group D', 'kufi-d'],
    ['script', 'D.III', 'kufi-d-iii'],
    ['script', 'ḥiǧāzī I', 'hijazi-i'],
    ['script', 'new style', 'new-style'],
    ['script', 'raiḥānī', 'rayhan'],
    ['material', 'Parchment', 'parchment'],
    ['material', 'blue parchment', 'indigo-dyed-parchment'],
  ])('are recognised in scheme %s: %s', (scheme, words, concept) => {
    expect(recognise(scheme, words)).toEqual([`${shared.vocabulary}${scheme}/${concept}`]);
  });

  it('are not recognised when no label has them', () => {
    expect(unrecognised('script', ['kūfī Z.IX', ''])).toEqual(['kūfī Z.IX']);
  });
});

const partner = path.join(root, '..', 'shared', 'partner-data', 'corpus-coranicum-tei');
const archive = path.join(partner, 'quran_manuscripts.tar.xz');
const facts = path.join(root, '..', 'shared', 'facts');

const catalogueCells = async (): Promise<Record<'script' | 'material', Set<string>>> => {
  const cells = { script: new Set<string>(), material: new Set<string>() };
  const delivery = readArchive(createReadStream(archive), {
    archive,
    compression: 'xz',
    budget: createByteBudget({ importBytesMax: 1e9, importFileBytesMax: 1e8, importQuadsMax: 1 }),
    unwanted: () => undefined,
  });
  for await (const file of delivery) {
    const text = 'bytes' in file ? Buffer.from(file.bytes).toString('utf8') : '';
    for (const [, words = ''] of text.matchAll(/<scriptNote>([^<]*)</g))
      for (const part of words.split(/,| \/ /)) cells.script.add(part.trim());
    for (const [, words = ''] of text.matchAll(/<supportDesc material="([^"]*)"/g))
      cells.material.add(words);
  }
  return cells;
};

describe.skipIf(!existsSync(archive))('the words of the real catalogue', () => {
  it('for scripts and materials are all recognised', async () => {
    const { script, material } = await catalogueCells();
    expect(script.size).toBeGreaterThan(40);
    expect([...material].toSorted()).toEqual(['paper', 'papyrus', 'parchment']);
    expect(unrecognised('script', script)).toEqual([]);
    expect(unrecognised('material', material)).toEqual([]);
  }, 30_000);
});

describe.skipIf(!existsSync(facts))('the kinds in the tables of facts', () => {
  it.each([
    ['manuscripts.csv', 'material', 'material'],
    ['institutions.csv', 'type', 'organization-kind'],
    ['outputs.csv', 'type', 'output-kind'],
    ['events.csv', 'type', 'event-kind'],
    ['funding.csv', 'kind', 'funding-kind'],
    ['manuscripts.csv', 'confidence', 'source-check'],
  ])('are all recognised: %s, column %s, as %s', (file, column, scheme) => {
    const rows: Record<string, string>[] = parse(readFileSync(path.join(facts, file), 'utf8'), {
      columns: true,
    });
    expect(rows.length).toBeGreaterThan(10);
    expect(
      unrecognised(
        scheme,
        rows.map((row) => row[column] ?? ''),
      ),
    ).toEqual([]);
  });
});
