import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasFacts, readFacts } from '../../src/generate/seed/facts.ts';
import { seedFolder, seedProducts } from '../../src/generate/seed/main.ts';
import { repositories } from '../../src/generate/seed/repositories.ts';
import { readSharedModel } from '../../src/import/shared-model.ts';
import { createValidator } from '../../src/import/stages/validate.ts';
import { conceptIri, localId } from '../../src/model/iris.ts';
import { foldForMatching } from '../../src/model/names.ts';
import { recordTypes } from '../../src/model/record-types.ts';
import { dcterms, isnad, outside, rdf, rdfs, shared, skos } from '../../src/model/terms.ts';
import { formatVerse, isVerse } from '../../src/model/verses.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { literal, namedNode, quad, type Quad, type Term } from '../../src/rdf/terms.ts';

/** Any base will do: the files are relative to the installation's own. */
const base = 'https://archive.example/';
const catalogue = 'corpus-coranicum';
const root = path.join(import.meta.dirname, '..', '..');

interface SeedFile {
  readonly slug: string;
  readonly text: string;
  readonly quads: readonly Quad[];
}

const readSeed = async (): Promise<readonly SeedFile[]> =>
  Promise.all(
    readdirSync(seedFolder)
      .toSorted()
      .map(async (file) => {
        const text = readFileSync(path.join(seedFolder, file), 'utf8');
        const quads = await parseRdf(text, { mediaType: 'text/turtle', baseIri: base, file });
        return { slug: path.basename(file, '.ttl'), text, quads };
      }),
  );

let seed: readonly SeedFile[];
let all: readonly Quad[];
beforeAll(async () => {
  seed = await readSeed();
  all = seed.flatMap(({ quads }) => quads);
});

/** Quads by subject, made once for each list. */
const indexes = new WeakMap<readonly Quad[], ReadonlyMap<string, readonly Quad[]>>();
const indexOf = (quads: readonly Quad[]): ReadonlyMap<string, readonly Quad[]> => {
  const known = indexes.get(quads);
  if (known) return known;
  const index = Map.groupBy(quads, ({ subject }) => subject.value);
  indexes.set(quads, index);
  return index;
};
const objects = (quads: readonly Quad[], subject: string, predicate: string): readonly Term[] =>
  (indexOf(quads).get(subject) ?? [])
    .filter((each) => each.predicate.value === predicate)
    .map(({ object }) => object);
const isOneOf = (value: string, options: readonly string[]): boolean => options.includes(value);
const values = (quads: readonly Quad[], subject: string, predicate: string): readonly string[] =>
  objects(quads, subject, predicate).map(({ value }) => value);
const subjectsWith = (
  quads: readonly Quad[],
  predicate: string,
  object: string,
): readonly string[] =>
  quads
    .filter((each) => each.predicate.value === predicate && each.object.value === object)
    .map(({ subject }) => subject.value);
const ofType = (quads: readonly Quad[], type: string): readonly string[] => [
  ...new Set(subjectsWith(quads, rdf.type, type)),
];
const fileOf = (slug: string): SeedFile => {
  const found = seed.find((file) => file.slug === slug);
  if (!found) throw new Error(`There is no seed file ${slug}.`);
  return found;
};
const byKey = (slug: string, key: string): string =>
  `${base}id/${key.split('/')[0]}/${localId(slug, key)}`;
const corpus = 'manuscripts-corpus-coranicum';
const curated = 'manuscripts-curated';
const catalogued = (ccId: number): string => byKey(catalogue, `manuscript/mysql_id_${ccId}`);

const undeclared = (quads: readonly Quad[], declared: ReadonlySet<string>): readonly string[] =>
  quads
    .flatMap(({ predicate, object }) => [predicate.value, object.value])
    .filter(
      (iri) =>
        (iri.startsWith(`${shared.ontology}#`) || iri.startsWith(shared.vocabulary)) &&
        !declared.has(iri),
    );

const aboutPeople = (quads: readonly Quad[], property: string): ReadonlySet<string> =>
  new Set(
    subjectsWith(quads, isnad.assertedProperty, property).flatMap((assertion) =>
      values(quads, assertion, isnad.about),
    ),
  );
const bornButNotDead = (quads: readonly Quad[]): readonly string[] => {
  const dead = aboutPeople(quads, isnad.deathDate);
  return [...aboutPeople(quads, isnad.birthDate)].filter((person) => !dead.has(person));
};

const claims = (about: string, property: string): readonly string[] =>
  subjectsWith(all, isnad.about, about).filter((assertion) =>
    values(all, assertion, isnad.assertedProperty).includes(property),
  );
const words = (assertions: readonly string[]): readonly string[] =>
  assertions.flatMap((assertion) => values(all, assertion, isnad.valueAsWritten));

const founded = (id: string): readonly string[] =>
  words(claims(byKey('institutions', `organization/${id}`), isnad.foundingDate));

describe('the seed files', () => {
  it.skipIf(!hasFacts())('are exactly what the curated tables give', () => {
    const products = seedProducts(readFacts());
    expect([...products.keys()].toSorted()).toEqual(seed.map(({ slug }) => `${slug}.ttl`));
    const stale = seed.filter(({ slug, text }) => products.get(`${slug}.ttl`) !== text);
    expect(stale.map(({ slug }) => slug)).toEqual([]);
  });

  it('describe their dataset with title, licence, rights holder, attribution and source', () => {
    for (const { slug, quads, text } of seed) {
      const dataset = `${base}dataset/${slug}`;
      expect(ofType(quads, isnad.Dataset)).toEqual([dataset]);
      const titles = objects(quads, dataset, dcterms.title);
      expect(titles.map((title) => (title.termType === 'Literal' ? title.language : ''))).toEqual([
        'en',
        'ar',
      ]);
      const [licence, ...more] = values(quads, dataset, dcterms.license);
      expect(more).toEqual([]);
      expect(licence).toBe(slug === corpus ? outside.ccBySa40 : outside.cc0);
      expect(text.slice(0, text.indexOf('@prefix'))).toContain(licence);
      expect(values(quads, dataset, dcterms.rightsHolder)).toHaveLength(1);
      expect(values(quads, dataset, isnad.attribution)).toHaveLength(1);
      expect([
        ...values(quads, dataset, dcterms.source),
        ...values(quads, dataset, isnad.sourceText),
      ]).toHaveLength(1);
    }
  });

  it('stand in data/README.md with their licence', () => {
    const readme = readFileSync(path.join(seedFolder, '..', 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `seed\/([a-z-]+)\.ttl` \|[^|]+\| ([^|]+) \|/gm)];
    const listed = rows.map(([, slug = '', licence = '']) => `${slug} ${licence}`);
    const expected = seed.map(
      ({ slug }) => `${slug} ${slug === corpus ? 'CC BY-SA 4.0' : 'CC0 1.0'}`,
    );
    expect(new Set(listed)).toEqual(new Set(expected));
  });

  it('credit the Corpus Coranicum, state the changes, and leave images and prose out', () => {
    const [attribution = ''] = values(
      fileOf(corpus).quads,
      `${base}dataset/${corpus}`,
      isnad.attribution,
    );
    expect(attribution).toContain('Corpus Coranicum Project, ed. Michael Marx');
    expect(attribution).toMatch(/Changed by Isnad: .+Images and the prose .+ not included/);
  });

  it('have no blank nodes, and name nothing by a path of a machine', () => {
    const blank = all.filter(({ subject, object }) =>
      [subject, object].some(({ termType }) => termType === 'BlankNode'),
    );
    expect(blank).toEqual([]);
    for (const { text } of seed) expect(text).not.toMatch(/file:|\/work\/|\/tmp\/|\.\.\/shared/);
  });
});

/** IRIs that follow from the dataset, the type and the key of a record, as the contract has it. */
const expectedIris = (slug: string, key: string, type: string): readonly string[] =>
  [slug, catalogue, corpus].map((dataset) => `${base}id/${type}/${localId(dataset, key)}`);

/** Records that lack a source or a check of it, and do not say that they are made up. */
const unsourced = (quads: readonly Quad[], records: readonly string[]): readonly string[] =>
  records.filter((record) => {
    const has = (predicate: string): boolean => values(quads, record, predicate).length > 0;
    const isSourced = has(dcterms.source) || has(isnad.sourceText);
    return !(isSourced && has(isnad.sourceCheck)) && !has(isnad.synthetic);
  });

describe('the records', () => {
  it('have the IRI that their dataset and their key give them', () => {
    let records = 0;
    for (const { slug, quads } of seed)
      for (const { subject, object } of quads.filter(
        ({ predicate }) => predicate.value === isnad.sourceKey,
      )) {
        const [, segment = ''] = /\/id\/([a-z-]+)\/[0-9a-z]{16}$/.exec(subject.value) ?? [];
        expect(expectedIris(slug, object.value, segment)).toContain(subject.value);
        const types = values(quads, subject.value, rdf.type);
        const segments = recordTypes
          .filter(({ iri }) => types.includes(iri))
          .map(({ idSegment }) => idSegment);
        expect(segments).toEqual([segment]);
        records += 1;
      }
    expect(records).toBeGreaterThan(1400);
  });

  it('are spoken of by no other subject than a record, its part, a dataset or a concept', () => {
    const strange = all
      .map(({ subject }) => subject.value)
      .filter(
        (iri) =>
          !/\/id\/[a-z-]+\/[0-9a-z]{16}(#[a-z0-9-]+)?$/.test(iri) &&
          !iri.startsWith(`${base}dataset/`) &&
          !iri.startsWith(conceptIri('reading-tradition', '')),
      );
    expect(strange).toEqual([]);
  });

  it('point to records that are there, or that come with the catalogue', () => {
    const described = new Set(
      all
        .filter(({ predicate }) => predicate.value === rdf.type)
        .map(({ subject }) => subject.value),
    );
    const fromCatalogue = new Set([875, 1281].map(catalogued));
    const dangling = all
      .map(({ object }) => object.value)
      .filter(
        (iri) => iri.startsWith(`${base}id/`) && !described.has(iri) && !fromCatalogue.has(iri),
      );
    expect([...new Set(dangling)]).toEqual([]);
  });

  it('name their source and how well they were checked, or say that they are made up', () => {
    const records = recordTypes
      .filter(({ iri }) => iri !== isnad.Dataset)
      .flatMap(({ iri }) => ofType(all, iri));
    expect(records.length).toBeGreaterThan(1400);
    expect(unsourced(all, records)).toEqual([]);
    const planted = `${base}id/person/0000000000000000`;
    expect(unsourced(all, [...records, planted])).toEqual([planted]);
  });

  it('pass every shape without a finding, warnings included', async () => {
    const model = await readSharedModel(path.join(root, 'ontology'));
    const validator = createValidator({
      shapes: model.shapes,
      ontology: [...model.ontology, ...model.vocabularies],
    });
    for (const { slug, quads } of seed)
      expect({ slug, findings: await validator.validate(quads) }).toEqual({ slug, findings: [] });
    const planted = quad(
      namedNode(`${base}id/place/0000000000000000`),
      namedNode(rdf.type),
      namedNode(isnad.Place),
    );
    expect(await validator.validate([planted])).not.toEqual([]);
  });
});

/** Records of the catalogue that are only named here, as parts of a codex: type, key, label, mark, holder. */
const stubs = (): readonly string[] =>
  ofType(fileOf(corpus).quads, isnad.Manuscript).filter(
    (iri) => values(fileOf(corpus).quads, iri, isnad.production).length === 0,
  );

describe('the names used', () => {
  it('are classes, properties and concepts of the ontology', async () => {
    const { ontology, vocabularies } = await readSharedModel(path.join(root, 'ontology'));
    const declared = new Set([...ontology, ...vocabularies].map(({ subject }) => subject.value));
    expect(undeclared(all, declared)).toEqual([]);
    const planted = quad(
      namedNode(`${base}id/person/0000000000000000`),
      namedNode(`${shared.ontology}#colour`),
      namedNode(conceptIri('script', 'crayon')),
    );
    expect(undeclared([planted], declared)).toHaveLength(2);
    const conceptSubjects = all
      .map(({ subject }) => subject.value)
      .filter((iri) => iri.startsWith(shared.vocabulary));
    expect(conceptSubjects.filter((iri) => !declared.has(iri))).toEqual([]);
  });

  it('are verses that exist, and the ordinals of each passage are those of its verses', () => {
    const passages = ofType(all, isnad.Passage);
    expect(passages.length).toBeGreaterThan(350);
    const verse = new RegExp(`^${shared.quran}(\\d+):(\\d+)$`);
    for (const { object } of all.filter((each) => each.object.value.startsWith(shared.quran))) {
      const [, sura, number] = verse.exec(object.value) ?? [];
      expect([object.value, isVerse(Number(sura), Number(number))]).toEqual([object.value, true]);
    }
    for (const passage of passages) {
      const [start = '', end = ''] = [isnad.startOrdinal, isnad.endOrdinal].map(
        (property) => values(all, passage, property)[0],
      );
      expect(Number(end)).toBeGreaterThanOrEqual(Number(start));
      const key = `${formatVerse(Number(start))}-${formatVerse(Number(end))}`;
      expect(values(all, passage, isnad.verbatimKey)).toEqual([key]);
      expect(values(all, passage, isnad.startVerse)).toEqual([
        `${shared.quran}${formatVerse(Number(start))}`,
      ]);
    }
  });
});

describe('people', () => {
  it('have no year of birth while they live', () => {
    const { quads } = fileOf('scholars');
    expect(aboutPeople(quads, isnad.deathDate).size).toBeGreaterThan(10);
    expect(bornButNotDead(quads)).toEqual([]);
    const planted = `${base}id/assertion/0000000000000000`;
    expect(
      bornButNotDead([
        ...quads,
        quad(namedNode(planted), namedNode(isnad.assertedProperty), namedNode(isnad.birthDate)),
        quad(
          namedNode(planted),
          namedNode(isnad.about),
          namedNode(byKey('scholars', 'person/pers005')),
        ),
      ]),
    ).toHaveLength(1);
    const direct = quads.filter(({ predicate: { value } }) =>
      isOneOf(value, [isnad.birthDate, isnad.deathDate]),
    );
    expect(direct).toEqual([]);
  });

  it.skipIf(!hasFacts())('have no living person’s year anywhere, not even in words', () => {
    const { quads } = fileOf('scholars');
    const living = readFacts().scholars.filter(({ dates_ce }) => /^\d{4}$/.test(dates_ce));
    expect(living.length).toBeGreaterThan(5);
    for (const { id, dates_ce } of living) {
      const person = byKey('scholars', `person/${id}`);
      const stated = quads
        .filter(({ subject }) => subject.value.startsWith(person))
        .map(({ object }) => object.value);
      expect(stated.filter((each) => each.includes(dates_ce))).toEqual([]);
    }
  });

  it('have no authority id but the one that was seen', () => {
    const ids = fileOf('scholars').quads.filter(({ predicate: { value } }) =>
      isOneOf(value, [skos.closeMatch, skos.exactMatch]),
    );
    expect(ids.map(({ object }) => object.value)).toEqual(['http://viaf.org/viaf/39907760']);
  });

  it('with Persian names have them tagged as Persian', () => {
    const languages = [
      ['scholars', 'person/pers012'],
      ['institutions', 'organization/inst022'],
      ['institutions', 'organization/inst029'],
      ['institutions', 'organization/inst030'],
    ].map(([slug = '', key = '']) =>
      objects(fileOf(slug).quads, byKey(slug, key), rdfs.label).flatMap((label) =>
        label.termType === 'Literal' ? [label.language] : [],
      ),
    );
    for (const found of languages) {
      expect(found).toContain('fa');
      expect(found).not.toContain('ar');
    }
  });

  it('that share a short name are told apart by the full one', () => {
    const names = values(fileOf('scholars').quads, byKey('scholars', 'person/pers051'), rdfs.label);
    expect(names).toContain('أبو عمرو بن العلاء البصري');
  });
});

/** Concepts two levels below a group of readings are transmissions. */
const readTraditions = async (): Promise<Readonly<Record<'readings' | 'riwayas', string[]>>> => {
  const { vocabularies } = await readSharedModel(path.join(root, 'ontology'));
  const below = (names: readonly string[]): string[] =>
    names.flatMap((name) => [...values(vocabularies, name, skos.narrower)]);
  const groups = ['seven', 'three-after-seven'].map((name) =>
    conceptIri('reading-tradition', name),
  );
  const readings = below(groups);
  return { readings, riwayas: below(readings) };
};

describe('readings', () => {
  it('and their transmissions are each linked to one person with a full name', async () => {
    const { readings, riwayas } = await readTraditions();
    expect([readings.length, riwayas.length]).toEqual([10, 20]);
    const persons = ofType(all, isnad.Person);
    for (const tradition of [...readings, ...riwayas]) {
      const [person = '', ...more] = values(all, tradition, isnad.eponym);
      expect({ tradition, more, isPerson: persons.includes(person) }).toEqual({
        tradition,
        more: [],
        isPerson: true,
      });
      const arabic = objects(all, person, rdfs.label).find(
        (label) => label.termType === 'Literal' && label.language === 'ar',
      );
      expect(arabic?.value).toMatch(/ بن /);
    }
    const named = [...readings, ...riwayas].flatMap((each) => values(all, each, isnad.eponym));
    expect(new Set(named).size).toBe(28);
  });
});

describe('manuscripts', () => {
  it('are all there: 72 of the catalogue, 19 curated', () => {
    const described = ofType(fileOf(corpus).quads, isnad.Manuscript).filter(
      (iri) => !stubs().includes(iri),
    );
    expect(described).toHaveLength(72);
    const own = [
      ...ofType(fileOf(curated).quads, isnad.Manuscript),
      ...ofType(fileOf(curated).quads, isnad.Set),
    ];
    expect(own).toHaveLength(19);
  });

  it('of the catalogue are the catalogue’s own records, and mint no second one', () => {
    const minted = ofType(fileOf(corpus).quads, isnad.Manuscript).filter((iri) => {
      const [key = ''] = values(fileOf(corpus).quads, iri, isnad.sourceKey);
      return iri !== byKey(catalogue, key);
    });
    expect(minted).toEqual([]);
    expect(values(fileOf(corpus).quads, catalogued(13), isnad.shelfmark)).toEqual([
      'Arabe 328 (a)',
    ]);
  });

  it('have Hijri dates only where a source states one, never a computed one', () => {
    const hijri = conceptIri('calendar', 'islamic-civil');
    const keys = [corpus, curated].flatMap((slug) =>
      subjectsWith(fileOf(slug).quads, isnad.calendar, hijri).flatMap((span) =>
        values(fileOf(slug).quads, span.replace(/#.*/, ''), isnad.sourceKey),
      ),
    );
    const rows = new Set(keys.map((key) => key.split('/')[1]));
    const stated = [
      'ms036',
      'ms043',
      'ms044',
      'ms045',
      'ms056',
      'ms073',
      'ms080',
      'ms085',
      'ms089',
    ];
    expect(rows).toEqual(new Set(stated));
  });

  it.skipIf(!hasFacts())('agree with the basis of each Hijri cell', () => {
    const stated = readFacts().manuscripts.filter(
      ({ date_ah, date_ah_basis }) => date_ah !== '' && date_ah_basis !== 'computed from CE',
    );
    for (const { id, cc_id } of stated) {
      const slug = cc_id === '' ? curated : corpus;
      const assertion = byKey(slug, `assertion/${id}/date-hijri`);
      expect(values(fileOf(slug).quads, assertion, isnad.assertedValue)).toHaveLength(1);
    }
    expect(stated).toHaveLength(8);
  });

  it.skipIf(!hasFacts())(
    'have holders whose numbers are those of the catalogue’s list of places',
    () => {
      const places = path.join(
        root,
        '..',
        'shared',
        'partner-data',
        'corpus-coranicum-tei',
        'places.xml',
      );
      const text = readFileSync(places, 'utf8');
      for (const [name, number] of Object.entries(repositories)) {
        const item = text.slice(text.indexOf(`xml:id="repository_${number}"`));
        const [, title = ''] = /<title[^>]*>([^<]*)</.exec(item) ?? [];
        const [ours, theirs] = [name, title.replaceAll('&amp;', '&')].map(foldForMatching);
        expect(theirs).toContain(ours);
      }
    },
  );

  it('have a status only where a row says so, in its words, and no date that none states', () => {
    const stated = all
      .filter(({ predicate }) => predicate.value === isnad.status)
      .map(({ subject, object }) => [
        values(all, subject.value, isnad.shelfmark).join(' '),
        object.value,
        values(all, subject.value, isnad.statusSource).length,
        values(all, subject.value, isnad.statusDate),
      ]);
    expect(stated).toEqual([
      [expect.stringContaining('qāf 47'), conceptIri('status', 'extant'), 1, []],
      ['No. 32', conceptIri('status', 'missing'), 1, []],
      ['Sig.isl. 18', conceptIri('status', 'private-hands'), 1, []],
    ]);
  });

  it('count every row’s text as evidence of the record, and outer limits as doubtful', () => {
    const levels = all
      .filter(({ predicate }) => predicate.value === isnad.evidence)
      .map(({ object }) => object.value);
    expect(new Set(levels)).toEqual(new Set([conceptIri('passage-evidence', 'record')]));
    const doubtful = subjectsWith(all, isnad.passageFlag, conceptIri('passage-flag', 'doubtful'));
    expect(doubtful.map((passage) => values(all, passage, isnad.sourceKey)[0])).toEqual([
      'passage/ms075/1',
      'passage/ms077/1',
    ]);
  });
});

describe('what sources disagree on', () => {
  it('is kept side by side for founding dates', () => {
    expect(founded('inst002')).toEqual([
      '1984',
      'Muharram 1403 AH (Oct 1982)',
      'Safar 1405 AH (Nov 1984)',
      '1985',
    ]);
    expect(founded('inst007')).toEqual(['1979', '1980', '1982-05-23']);
    expect(founded('inst009')).toEqual(['1979-05', '1981', '1982']);
  });

  it('is kept for the dates of one object, and the shortcut takes the outermost bounds', () => {
    const leaf = catalogued(1145);
    expect(
      words(claims(`${leaf}#production`, 'http://www.cidoc-crm.org/cidoc-crm/P4_has_time-span')),
    ).toEqual(['850-950', '800-1000']);
    expect(values(all, leaf, isnad.dateEarliest)).toEqual(['0800-01-01']);
    expect(values(all, leaf, isnad.dateLatest)).toEqual(['1000-12-31']);
  });

  it('is kept for two calibrations of one measurement', () => {
    const analysis = byKey(corpus, 'analysis/ms007/sample');
    expect(values(all, analysis, isnad.radiocarbonAgeBp)).toEqual(['1456']);
    const ranges = values(all, analysis, isnad.calibration).map((calibration) =>
      values(all, calibration, isnad.calibratedRange).flatMap((range) =>
        values(all, range, isnad.edtf),
      ),
    );
    expect(ranges).toEqual([['0578/0646'], ['0568/0645']]);
  });

  it('shows that record 890 names another leaf than the rest of its group', () => {
    const codex = byKey(corpus, 'former-codex/leiden-14545a');
    const parts = claims(codex, isnad.hasPart);
    const naming = (shelfmarkOf: number): readonly string[] =>
      parts
        .filter((claim) =>
          values(all, claim, isnad.assertedValue).includes(catalogued(shelfmarkOf)),
        )
        .map((claim) => values(all, claim, isnad.sourceKey)[0]?.split('/')[1] ?? '');
    expect(naming(16)).toEqual(['ms024']);
    expect(naming(830)).not.toContain('ms024');
    expect(naming(830)).toHaveLength(5);
  });
});

describe('radiocarbon', () => {
  it('belongs to the leaf that was measured; sister leaves point to it', () => {
    const measured = new Set(
      ofType(all, isnad.Analysis).flatMap((analysis) =>
        values(all, analysis, isnad.analysedObject),
      ),
    );
    for (const sister of [158, 73, 1147]) expect(measured).not.toContain(catalogued(sister));
    const berlin = ['f.2', 'f.5', 'combined'].map((label) =>
      byKey(corpus, `analysis/ms014/${label}`),
    );
    expect([...values(all, catalogued(73), isnad.refersTo)].toSorted()).toEqual(berlin.toSorted());
    expect(values(all, catalogued(158), isnad.refersTo)).toEqual([
      byKey(corpus, 'analysis/ms007/sample'),
    ]);
  });

  it('keeps disjoint intervals apart, and a probability only where one is stated', () => {
    const combined = byKey(corpus, 'analysis/ms017/combined');
    const [calibration = ''] = values(all, combined, isnad.calibration);
    expect(values(all, calibration, isnad.calibratedRange)).toHaveLength(2);
    expect(values(all, calibration, isnad.probability)).toEqual([]);
    const [single = ''] = values(all, byKey(corpus, 'analysis/ms017/f.21'), isnad.calibration);
    expect(values(all, single, isnad.probability).map(Number)).toEqual([95.4]);
  });
});

describe('a palimpsest leaf with two records', () => {
  it('is one object with two text layers, each with its own text', () => {
    const leaf = catalogued(142);
    const layers = subjectsWith(all, isnad.layerOf, leaf);
    expect(layers).toHaveLength(2);
    const texts = layers.map((layer) =>
      subjectsWith(all, isnad.onLayer, layer).flatMap((passage) =>
        values(all, passage, isnad.verbatimKey),
      ),
    );
    expect(texts.flat().toSorted()).toEqual(['2:206-2:217', '2:277-2:286']);
    expect(values(fileOf('links').quads, catalogued(427), skos.exactMatch)).toEqual([leaf]);
  });
});

describe('the four areas of the work', () => {
  it.each([
    ['research and exchange', ['ResearchProject', 'ResearchOutput', 'Collaboration', 'Person']],
    ['conservation', ['ConservationCampaign', 'ConservationTreatment', 'Analysis', 'Digitisation']],
    ['education and outreach', ['Event', 'Programme', 'LearningResource']],
    ['scholarships and aid', ['FundingScheme', 'Award', 'Call', 'Need']],
  ])('show: %s', (_, types) => {
    for (const type of types) expect(ofType(all, `${shared.ontology}#${type}`)).not.toEqual([]);
  });

  it('type each row of conservation by what was done', () => {
    const { quads } = fileOf('conservation');
    const typed = (type: string): readonly string[] =>
      ofType(quads, `${shared.ontology}#${type}`)
        .map((iri) => values(quads, iri, isnad.sourceKey)[0]?.replace(/^[a-z]+\//, '') ?? '')
        .toSorted();
    expect(typed('Analysis')).toEqual(['cons003', 'cons010', 'cons011', 'cons012', 'cons013']);
    expect(typed('Digitisation')).toEqual(['cons002', 'cons004', 'cons006', 'cons007']);
    expect(typed('ConservationTreatment')).toEqual(['cons008/first', 'cons008/second', 'cons009']);
    expect(typed('ConservationCampaign')).toEqual(['cons001', 'cons005', 'cons014']);
    expect(typed('ResearchOutput')).toEqual(['cons015']);
  });

  it('tell schemes from awards, and give the day they were checked', () => {
    const { quads } = fileOf('funding');
    expect(ofType(quads, isnad.FundingScheme)).toHaveLength(10);
    expect(ofType(quads, isnad.Award)).toHaveLength(6);
    for (const record of [...ofType(quads, isnad.FundingScheme), ...ofType(quads, isnad.Award)])
      expect(values(quads, record, isnad.checkedOn)).toEqual(['2026-11-22']);
  });

  it('have no open call but samples that say so', () => {
    const made = [...ofType(all, isnad.Call), ...ofType(all, isnad.Need)];
    expect(made.length).toBeGreaterThanOrEqual(6);
    for (const record of made) {
      expect(objects(all, record, isnad.synthetic)).toEqual([
        literal('true', namedNode('http://www.w3.org/2001/XMLSchema#boolean')),
      ]);
      for (const label of values(all, record, rdfs.label))
        expect(label).toMatch(/^(Sample|نموذج): /);
    }
  });
});
