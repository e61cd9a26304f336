import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Parser, Store, type Quad } from 'n3';
import { beforeAll, describe, expect, it } from 'vitest';
import { quranProducts } from '../../src/generate/quran.ts';
import { hasQuranSources, readQuranSources } from '../../src/generate/quran/sources.ts';
import { suraIri, verseIri } from '../../src/model/iris.ts';
import { dcterms, isnad, rdf, rdfs, shared, skos } from '../../src/model/terms.ts';
import {
  formatVerse,
  ordinalOf,
  suraName,
  verseCount,
  verseTotal,
} from '../../src/model/verses.ts';

const root = path.join(import.meta.dirname, '..', '..');
const readQuads = (file: string): Quad[] =>
  new Parser().parse(readFileSync(path.join(root, 'ontology', file), 'utf8'));
const textOf = (store: Store, subject: string, predicate: string): string =>
  store.getObjects(subject, predicate, null)[0]?.value ?? '';
const numberOf = (store: Store, subject: string, predicate: string): number =>
  Number(textOf(store, subject, predicate) || Number.NaN);
const membersOf = (store: Store, type: string): string[] =>
  store.getSubjects(rdf.type, type, null).map(({ value }) => value);
const range = (length: number): number[] => Array.from({ length }, (_, place) => place + 1);

const divisionIri = (kind: string, number: number): string => `${shared.quran}${kind}/${number}`;

describe('the structure of the Qur’an', () => {
  let quran = new Store();
  beforeAll(() => {
    quran = new Store(readQuads('quran.ttl'));
  });

  it('has 114 sūras whose lengths add up to 6,236 verses, as the model counts them', () => {
    const suras = membersOf(quran, isnad.Sura);
    expect(suras.toSorted()).toEqual(range(114).map(suraIri).toSorted());
    const lengths = range(114).map((sura) => numberOf(quran, suraIri(sura), isnad.verseCount));
    expect(lengths).toEqual(range(114).map(verseCount));
    expect(lengths.reduce((sum, length) => sum + length)).toBe(6236);
  });

  it('numbers the verses without a gap and places each in its sūra', () => {
    const verses = membersOf(quran, isnad.Verse);
    expect(verses).toHaveLength(6236);
    const misplaced = verses.filter((verse) => {
      const sura = numberOf(quran, verse, isnad.suraNumber);
      const number = numberOf(quran, verse, isnad.verseNumber);
      const ordinal = numberOf(quran, verse, isnad.verseOrdinal);
      return (
        verse !== verseIri(sura, number) ||
        ordinal !== ordinalOf(sura, number) ||
        textOf(quran, verse, isnad.inSura) !== suraIri(sura)
      );
    });
    expect(misplaced).toEqual([]);
    const ordinals = verses.map((verse) => numberOf(quran, verse, isnad.verseOrdinal));
    expect(new Set(ordinals).size).toBe(verseTotal);
  });

  it('names every sūra in Arabic, English and ALA-LC, and says whose revelation data it has', () => {
    const incomplete = range(114).filter((sura) => {
      const names = quran.getObjects(suraIri(sura), skos.prefLabel, null);
      const inLanguage = (language: string): string | undefined =>
        names.find((name) => name.termType === 'Literal' && name.language === language)?.value;
      return (
        names.length !== 3 ||
        !inLanguage('ar') ||
        !inLanguage('en') ||
        inLanguage('ar-latn-alalc97') !== suraName(sura) ||
        textOf(quran, suraIri(sura), isnad.revelationConvention) === ''
      );
    });
    expect(incomplete).toEqual([]);
    const orders = range(114).map((sura) => numberOf(quran, suraIri(sura), isnad.revelationOrder));
    expect(orders.toSorted((a, b) => a - b)).toEqual(range(114));
  });

  it.each([
    [14, 'إبراهيم', 'ابراهيم'],
    [76, 'الإنسان', 'الانسان'],
    [82, 'الانفطار', 'الإنفطار'],
    [84, 'الانشقاق', 'الإنشقاق'],
    [9, 'التوبة', 'براءة'],
    [40, 'غافر', 'المؤمن'],
  ])('spells sūra %i %s and knows it as %s, too', (sura, name, otherName) => {
    const values = (predicate: string): string[] =>
      quran.getObjects(suraIri(sura), predicate, null).map(({ value }) => value);
    expect(values(skos.prefLabel)).toContain(name);
    expect(values(skos.altLabel)).toContain(otherName);
  });

  const divisions = [
    ['juz', 30],
    ['quarter', 240],
    ['manzil', 7],
    ['ruku', 556],
    ['page', 604],
  ] as const;

  it.each(divisions)(
    'is covered by the %s division: %i parts without gap or overlap',
    (kind, count) => {
      const parts = membersOf(quran, isnad.Division).filter((part) =>
        part.startsWith(`${shared.quran}${kind}/`),
      );
      expect(parts).toHaveLength(count);
      let next = 1;
      for (const number of range(count)) {
        const part = divisionIri(kind, number);
        expect(numberOf(quran, part, isnad.startOrdinal)).toBe(next);
        expect(numberOf(quran, part, isnad.endOrdinal)).toBeGreaterThanOrEqual(next);
        next = numberOf(quran, part, isnad.endOrdinal) + 1;
      }
      expect(next).toBe(6237);
    },
  );

  it('has every division within range, with its verses, its kind, its convention and a name', () => {
    const parts = membersOf(quran, isnad.Division);
    expect(parts).toHaveLength(1452);
    const wrong = parts.filter((part) => {
      const start = numberOf(quran, part, isnad.startOrdinal);
      const end = numberOf(quran, part, isnad.endOrdinal);
      return (
        !(start >= 1 && start <= end && end <= 6236) ||
        textOf(quran, part, isnad.startVerse) !== `${shared.quran}${formatVerse(start)}` ||
        textOf(quran, part, isnad.endVerse) !== `${shared.quran}${formatVerse(end)}` ||
        textOf(quran, part, isnad.divisionKind) === '' ||
        textOf(quran, part, isnad.convention) === '' ||
        quran.countQuads(part, rdfs.label, null, null) !== 2
      );
    });
    expect(wrong).toEqual([]);
  });

  it('marks the fifteen places of prostration without repeating a ruling', () => {
    const places = range(15).map((number) =>
      textOf(quran, divisionIri('sajda', number), isnad.startVerse),
    );
    expect(places.map((verse) => verse.slice(shared.quran.length))).toEqual(
      '7:206 13:15 16:50 17:109 19:58 22:18 22:77 25:60 27:26 32:15 38:24 41:38 53:62 84:21 96:19'.split(
        ' ',
      ),
    );
    const statements = readFileSync(path.join(root, 'ontology', 'quran.ttl'), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(statements.filter((line) => /recommended|obligatory/.test(line))).toEqual([]);
  });

  it('credits Tanzil and states a licence', () => {
    expect(textOf(quran, shared.graphs.quran, isnad.attribution)).toContain('https://tanzil.net');
    expect(textOf(quran, shared.graphs.quran, dcterms.license)).toContain('/licenses/by/');
  });
});

describe('the differences of verse counting', () => {
  const counting = new Store(readQuads('quran-counting.ttl'));
  const places = membersOf(counting, isnad.CountingDifference);
  const systems = ['basran', 'kufan', 'meccan', 'medinan-1', 'medinan-2', 'syrian'].map(
    (system) => `${shared.vocabulary}counting-system/${system}`,
  );
  const systemsOf = (place: string, predicate: string): string[] =>
    counting.getObjects(place, predicate, null).map(({ value }) => value);

  it('lie at 241 places, at each of which all six systems are named and disagree', () => {
    expect(places).toHaveLength(241);
    const wrong = places.filter((place) => {
      const [ends, goesOn] = [
        systemsOf(place, isnad.verseEndIn),
        systemsOf(place, isnad.noVerseEndIn),
      ];
      return (
        ends.length === 0 ||
        goesOn.length === 0 ||
        [...ends, ...goesOn].toSorted().join(' ') !== systems.join(' ')
      );
    });
    expect(wrong).toEqual([]);
  });

  it('lie each at a word of a verse that exists', () => {
    const wrong = places.filter((place) => {
      const [sura = 0, verse = 0, word = 0] = place
        .slice(`${shared.quran}counting/`.length)
        .split(':')
        .map(Number);
      return (
        textOf(counting, place, isnad.atVerse) !==
          `${shared.quran}${formatVerse(ordinalOf(sura, verse))}` ||
        numberOf(counting, place, isnad.atWord) !== word ||
        word < 1
      );
    });
    expect(wrong).toEqual([]);
  });

  it('give the totals that the header of the file states', () => {
    const header = readFileSync(path.join(root, 'ontology', 'quran-counting.ttl'), 'utf8');
    const kufan = `${shared.vocabulary}counting-system/kufan`;
    const total = (system: string): number =>
      places.filter((place) => systemsOf(place, isnad.verseEndIn).includes(system)).length -
      places.filter((place) => systemsOf(place, isnad.verseEndIn).includes(kufan)).length +
      6236;
    expect(systems.map(total)).toEqual([6204, 6236, 6220, 6218, 6214, 6226]);
    expect(header).toContain(
      'Kufan 6,236, Medinan I 6,218, Medinan II 6,214, Meccan 6,220,\n#   Basran 6,204, Syrian 6,226',
    );
  });

  it('stand under their own licence, apart from the structure', () => {
    expect(textOf(counting, shared.graphs.quranCounting, dcterms.license)).toContain('/by-sa/4.0/');
    expect(membersOf(counting, isnad.Verse)).toEqual([]);
  });
});

describe('the two files', () => {
  it.each(['quran.ttl', 'quran-counting.ttl'])('use only declared properties: %s', (file) => {
    const declared = new Set(
      ['isnad.ttl', 'external.ttl']
        .flatMap(readQuads)
        .flatMap(({ subject, object }) => [subject.value, object.value]),
    );
    const used = new Set(readQuads(file).map(({ predicate }) => predicate.value));
    expect([...used].filter((term) => !declared.has(term))).toEqual([]);
  });
});

describe.skipIf(!hasQuranSources())('the checked-in files', () => {
  it('are what the generator makes of the tables', () => {
    const products = [...quranProducts(readQuranSources())];
    const stale = products.filter(([file, content]) => {
      const there = path.join(root, file);
      return !existsSync(there) || readFileSync(there, 'utf8') !== content;
    });
    expect(products).toHaveLength(3);
    expect(stale.map(([file]) => file)).toEqual([]);
  });
});
