import { describe, expect, it } from 'vitest';
import type { MappedRecord } from '../../../src/import/readers/tei-map.ts';
import { found, item, keysOf, mapTei, saidOf, teiOf } from '../tei-fixture.ts';

const record = 'manuscript/mysql_id_1';
const ref = (target: string): string => `<ref target="${target}">x</ref>`;
const kindsOf = (mapped: MappedRecord, start: string): readonly string[] =>
  mapped.findings.map(({ kind }) => kind).filter((kind) => kind.startsWith(start));

describe('A manuscript', () => {
  it('is known by its identifier in the source, with shelfmark, holder and page at the source', () => {
    const mapped = mapTei(teiOf({ id: 'mysql_id_15' }), 'delivery/manuscript-00015.xml');
    expect(saidOf(mapped, 'manuscript/mysql_id_15')).toMatchObject({
      sourceKey: ['manuscript/mysql_id_15'],
      sourceFile: ['manuscript-00015.xml'],
      label: ['City, Library, MS 1'],
      shelfmark: ['MS 1'],
      holder: ['repository/repository_1'],
      page: ['https://catalogue.example/en/manuscripts/15'],
      source: ['https://catalogue.example/en/manuscripts/15'],
    });
  });

  it('without identifier is known by its shelfmark, and told', () => {
    const mapped = mapTei(teiOf({ id: '', idno: '<idno>Codex 9</idno>' }));
    expect(mapped.manuscript.key).toBe('manuscript/Codex 9');
    expect(found(mapped, 'record-unnamed')).toHaveLength(1);
  });

  it('without identifier and shelfmark is known by its file', () => {
    const mapped = mapTei(teiOf({ id: '', idno: '' }), 'a/leaf.xml');
    expect(mapped.manuscript.key).toBe('manuscript/leaf');
  });

  it('whose shelfmark is not known keeps the words as the reason', () => {
    const mapped = mapTei(teiOf({ idno: '<idno>unknown call number-I</idno>' }));
    expect(saidOf(mapped, record)['shelfmark']).toBeUndefined();
    expect(saidOf(mapped, record)['shelfmarkAbsentReason']).toEqual(['unknown call number-I']);
  });

  it('keeps a shelfmark that holds doubts in brackets', () => {
    const idno = 'DAM 18-?.a (precise call number unknown)';
    const mapped = mapTei(teiOf({ idno: `<idno>${idno}</idno>` }));
    expect(saidOf(mapped, record)['shelfmark']).toEqual([idno]);
  });

  it('without holder says so', () => {
    const mapped = mapTei(teiOf({ repository: '' }));
    expect(saidOf(mapped, record)['holderAbsentReason']).toHaveLength(1);
    expect(found(mapped, 'holder-absent')).toHaveLength(1);
  });

  it('carries no language tag from the mark of the record', () => {
    const mapped = mapTei(teiOf({ title: 'Bibliothèque de la Ville, MS 1' }));
    const label = mapped.descriptions[0]?.statements.find(([property]) =>
      property.endsWith('#label'),
    );
    expect(label?.[1]).toMatchObject({ language: '' });
  });
});

describe('What a manuscript is made of', () => {
  it('is a concept where the vocabulary has the word, and the word where it has not', () => {
    const known = mapTei(teiOf({}));
    expect(saidOf(known, record)['material']).toHaveLength(1);
    const unknown = mapTei(teiOf({ support: '<supportDesc material="bamboo"/>' }));
    expect(saidOf(unknown, record)['material']).toBeUndefined();
    expect(saidOf(unknown, record)['materialAsWritten']).toEqual(['bamboo']);
    expect(found(unknown, 'material-unknown')).toEqual(['supportDesc/@material: bamboo']);
  });

  const extents = [
    ['Folios: 7', '7', undefined],
    ['Folios:', undefined, 'extent-absent'],
    ['Folios: 1600', undefined, 'extent-invalid'],
    ['Folios: 0', undefined, 'extent-invalid'],
    ['one leaf', undefined, 'extent-invalid'],
  ] as const;
  it.each(extents)(
    'has of “%s” %s folios, although the dimensions run into it',
    (extent, folios, kind) => {
      const mapped = mapTei(
        teiOf({
          support: `<supportDesc material="parchment"><extent>${extent}<dimensions unit="mm"><width>282</width><height>366</height></dimensions></extent></supportDesc>`,
        }),
      );
      const said = saidOf(mapped, record);
      expect(said['folioCount']?.[0]).toBe(folios);
      expect(said['widthMm']).toEqual(['282']);
      expect(said['heightMm']).toEqual(['366']);
      expect(kindsOf(mapped, 'extent')).toEqual(kind === undefined ? [] : [kind]);
    },
  );

  it('has no number of folios of its own when extent and description disagree, but both claims', () => {
    const support =
      '<supportDesc material="parchment"><extent>Folios: 9 <dimensions unit="mm"/></extent></supportDesc>';
    const mapped = mapTei(teiOf({ support, summary: '7 fol.; Writing surface: parchment' }));
    expect(saidOf(mapped, record)['folioCount']).toBeUndefined();
    expect(saidOf(mapped, `${record}/folios/extent`)['assertedValue']).toEqual(['9']);
    expect(saidOf(mapped, `${record}/folios/summary`)).toMatchObject({
      assertedValue: ['7'],
      valueAsWritten: ['7 fol.'],
    });
    expect(found(mapped, 'extent-differs')).toEqual(['extent: Folios: 9 / 7 fol.']);
  });

  it('does not take a sum in the description for a number of folios', () => {
    const mapped = mapTei(teiOf({ summary: '410 fol. + 3 fol.; Writing surface: parchment' }));
    expect(found(mapped, 'extent-differs')).toEqual([]);
  });

  const lines = [
    ['16', ['16'], ['16'], undefined],
    ['15 16', ['15'], ['16'], undefined],
    ['0', undefined, undefined, 'lines-unknown'],
    ['18 0', ['18'], undefined, 'lines-invalid'],
    ['many', undefined, undefined, 'lines-invalid'],
    ['20 10', undefined, undefined, 'lines-invalid'],
  ] as const;
  it.each(lines)('has for “%s” lines from %s to %s', (written, min, max, kind) => {
    const mapped = mapTei(teiOf({ layout: `<layout writtenLines="${written}"/>` }));
    expect(saidOf(mapped, record)['writtenLinesMin']).toEqual(min);
    expect(saidOf(mapped, record)['writtenLinesMax']).toEqual(max);
    expect(kindsOf(mapped, 'lines')).toEqual(kind === undefined ? [] : [kind]);
  });
});

describe('The scripts of a manuscript', () => {
  it('are several concepts when the field names several, each with the words kept', () => {
    const mapped = mapTei(teiOf({ script: 'kūfī D.I / D.III' }));
    expect(saidOf(mapped, record)).toMatchObject({
      scriptAsWritten: ['kūfī D.I / D.III'],
      script: [
        'https://w3id.org/isnad/vocabulary/script/kufi-d-i',
        'https://w3id.org/isnad/vocabulary/script/kufi-d-iii',
      ],
    });
    expect(saidOf(mapped, `${record}/script/D.III`)['valueAsWritten']).toEqual(['D.III']);
  });

  it('that the vocabulary lacks are claims of their words, and told', () => {
    const mapped = mapTei(teiOf({ script: 'kūfī D.I, kūfī Z.IX' }));
    expect(saidOf(mapped, `${record}/script/kūfī Z.IX`)['assertedValue']).toEqual(['kūfī Z.IX']);
    expect(saidOf(mapped, record)['script']).toHaveLength(1);
    expect(found(mapped, 'script-unknown')).toEqual(['scriptNote: kūfī Z.IX']);
  });
});

describe('What else the record tells', () => {
  it('of provenance is a claim about where the object was, not where it was made', () => {
    const mapped = mapTei(teiOf({ history: '<provenance>\n al-Fusṭāṭ\n</provenance>' }));
    expect(saidOf(mapped, `${record}/provenance/al-Fusṭāṭ`)).toMatchObject({
      about: [record],
      assertedProperty: ['https://w3id.org/isnad/ontology#provenancePlace'],
      assertedValue: ['place/al-Fusṭāṭ'],
    });
    expect(saidOf(mapped, record)['originPlace']).toBeUndefined();
  });

  it('of images is how many have an address, and who is credited', () => {
    const facsimile =
      '<surface n="1r"><graphic url="a.jpg"/><graphic url="b.jpg"/></surface><surface n="1v"><graphic/></surface>';
    const mapped = mapTei(teiOf({ facsimile }));
    expect(saidOf(mapped, `${record}/digitisation`)).toMatchObject({
      digitises: [record],
      imageCount: ['2'],
      accessPage: ['https://catalogue.example/en/manuscripts/1'],
    });
    expect(found(mapped, 'image-unaddressed')).toEqual(['facsimile: 1']);
  });

  it('of contributors is who worked on the record, in published roles only', () => {
    const mapped = mapTei(
      teiOf({ recordHist: '<p>metadata: A. Sample</p><p/><p>reviewer: D</p><p>A. Sample</p>' }),
    );
    expect(saidOf(mapped, `${record}#contributor-1`)).toMatchObject({
      participantName: ['A. Sample'],
      role: ['https://w3id.org/isnad/vocabulary/role/metadata-editor'],
    });
    expect(saidOf(mapped, `${record}#cataloguing`)['concerns']).toEqual([record]);
    expect(found(mapped, 'contributor-unclear')).toHaveLength(2);
  });

  it('of other manuscripts are references to their records, each once', () => {
    const summary = [
      ref('https://catalogue.example/de/manuscripts/73/page/1r'),
      ref('https://www.catalogue.example/handschriften/index/sure/2/vers/1/handschrift/73'),
      ref('https://catalogue.example/handschriften/index?handschrift=74'),
      ref('https://elsewhere.example/manuscripts/75'),
      ref('https://catalogue.example/en/manuscripts/1'),
      ref('not an address'),
    ].join('');
    const mapped = mapTei(teiOf({ summary }));
    expect(mapped.links.references.map(({ to }) => to.key)).toEqual([
      'manuscript/mysql_id_73',
      'manuscript/mysql_id_74',
    ]);
  });

  it('in elements the mapping does not know is told, not dropped in silence', () => {
    const mapped = mapTei(
      teiOf({
        physDesc: '<bindingDesc><binding>Leather</binding></bindingDesc><decoDesc/>',
        items: item('a', '1r', '112:001:001-112:004:004').replace(
          'n="1r"',
          'n="1r" defective="true"',
        ),
      }),
    );
    expect(found(mapped, 'element-not-read')).toEqual([
      'fileDesc/sourceDesc/msDesc/msContents/msItem/@defective: true',
      'fileDesc/sourceDesc/msDesc/physDesc/bindingDesc: Leather',
    ]);
  });

  it('in prose is never republished', () => {
    const summary = '<p>A sentence quoted from a printed catalogue.</p>';
    const mapped = mapTei(teiOf({ summary }));
    expect(JSON.stringify(mapped.descriptions)).not.toContain('printed catalogue');
    expect(mapped.counts['prose']).toBe(1);
  });
});

describe('Mapping a record', () => {
  it('twice gives the same', () => {
    const text = teiOf({ items: item('a', '1r', '112:001:001-112:004:004') });
    expect(mapTei(text)).toEqual(mapTei(text));
  });

  it('describes everything under a key that starts with the record’s', () => {
    const mapped = mapTei(teiOf({ items: item('a', '1r', '112:001:001-112:004:004') }));
    expect(keysOf(mapped).every((key) => key.startsWith(record))).toBe(true);
  });
});
