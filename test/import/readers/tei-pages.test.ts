import { describe, expect, it } from 'vitest';
import { found, item, keysOf, mapTei, saidOf, teiOf } from '../tei-fixture.ts';

const record = 'manuscript/mysql_id_1';
const passageOf = (id: string): string => `${record}/page/${id}/passage`;
const mapItems = (...items: readonly string[]) => mapTei(teiOf({ items: items.join('') }));

describe('A page of the catalogue', () => {
  it('becomes a page with its label and place, and a passage with its verses and words', () => {
    const mapped = mapItems(item('a', '1r', '004:172:013-005:002:026'));
    expect(saidOf(mapped, `${record}/page/a`)).toMatchObject({
      pageLabel: ['1r'],
      pageSequence: ['1'],
      pageOf: [record],
    });
    expect(saidOf(mapped, passageOf('a'))).toMatchObject({
      passageOf: [record],
      onPage: [`${record}/page/a`],
      verbatimKey: ['004:172:013-005:002:026'],
      startOrdinal: ['665'],
      endOrdinal: ['671'],
      startVerse: ['https://w3id.org/isnad/quran/4:172'],
      endVerse: ['https://w3id.org/isnad/quran/5:2'],
      startWord: ['13'],
      endWord: ['26'],
      evidence: ['https://w3id.org/isnad/vocabulary/passage-evidence/page'],
    });
    expect(mapped.findings.filter(({ kind }) => kind.startsWith('key-'))).toEqual([]);
  });

  it('that holds a placeholder is kept without a passage', () => {
    const mapped = mapItems(item('a', '1r', '001:000:000-001:000:000'));
    expect(keysOf(mapped)).toContain(`${record}/page/a`);
    expect(keysOf(mapped)).not.toContain(passageOf('a'));
    expect(found(mapped, 'key-placeholder')).toEqual(['msItem a: 001:000:000-001:000:000']);
  });

  it('is known by its identifier, so that pages may share a label', () => {
    const mapped = mapItems(
      item('a', '1', '002:001:001-002:010:002'),
      item('b', '1', '003:001:001-003:010:002'),
    );
    expect(keysOf(mapped)).toContain(`${record}/page/a`);
    expect(keysOf(mapped)).toContain(`${record}/page/b`);
    expect(found(mapped, 'page-label-repeated')).toEqual(['msItem a: 1']);
  });

  it('whose identifier is used twice is kept under a name of its own', () => {
    const mapped = mapItems(item('a', '1r'), item('a', '1v'));
    expect(keysOf(mapped)).toContain(`${record}/page/a~2`);
    expect(found(mapped, 'element-repeated')).toEqual(['msItem a: a']);
  });

  it('without identifier or key is kept and told', () => {
    const mapped = mapItems('<msItem n="1r"/>');
    expect(keysOf(mapped)).toContain(`${record}/page/n1`);
    expect(found(mapped, 'element-unnamed')).toEqual(['msItem 1: 1r']);
    expect(found(mapped, 'key-absent')).toEqual(['msItem 1: ']);
  });

  it('may bear several passages', () => {
    const mapped = mapItems(item('a', '1r', '112:001:001-112:004:004', '114:001:001-114:006:003'));
    expect(saidOf(mapped, passageOf('a'))['startOrdinal']).toEqual(['6222']);
    expect(saidOf(mapped, `${passageOf('a')}/2`)['startOrdinal']).toEqual(['6231']);
  });
});

describe('A key that a page cannot bear', () => {
  it('says what the whole manuscript holds, and nothing of the page', () => {
    const mapped = mapItems(item('a', '1', '001:001:001-114:006:003'));
    const passage = saidOf(mapped, passageOf('a'));
    expect(passage['evidence']).toEqual([
      'https://w3id.org/isnad/vocabulary/passage-evidence/record',
    ]);
    expect(passage['onPage']).toBeUndefined();
    expect(passage['endOrdinal']).toEqual(['6236']);
    expect(found(mapped, 'key-coverage')).toHaveLength(1);
  });

  it('makes its neighbours with the same label statements about the manuscript too', () => {
    const mapped = mapItems(
      item('a', '1', '052:048:006-056:045:002'),
      item('b', '1', '058:001:001-058:005:003'),
      item('c', '2', '059:001:001-059:005:003'),
    );
    expect(saidOf(mapped, passageOf('b'))['onPage']).toBeUndefined();
    expect(saidOf(mapped, passageOf('c'))['onPage']).toEqual([`${record}/page/c`]);
    expect(found(mapped, 'key-coverage')).toHaveLength(2);
  });
});

describe('An opening 1:1 without words', () => {
  const opening = '001:001:000-001:001:000';
  const flag = 'https://w3id.org/isnad/vocabulary/passage-flag/doubtful';

  it('is doubtful on several pages of one record', () => {
    const mapped = mapItems(item('a', '1r', opening), item('b', '2r', opening));
    expect(saidOf(mapped, passageOf('a'))['passageFlag']).toEqual([flag]);
    expect(found(mapped, 'key-doubtful')).toHaveLength(2);
  });

  it('is doubtful where the text of the record lies elsewhere', () => {
    const mapped = mapItems(item('a', '1r', opening), item('b', '2r', '023:001:001-023:005:003'));
    expect(saidOf(mapped, passageOf('a'))['passageFlag']).toEqual([flag]);
  });

  it('stands where the first sūra goes on', () => {
    const mapped = mapItems(item('a', '1r', opening), item('b', '1v', '001:002:001-001:007:009'));
    expect(saidOf(mapped, passageOf('a'))['passageFlag']).toBeUndefined();
    expect(found(mapped, 'key-doubtful')).toEqual([]);
  });
});

describe('A key that cannot be placed', () => {
  const keys = [
    ['089:089:999-090:004:999', 'key-beyond-sura', 'beyond-sura'],
    ['000:089:049-005:090:008', 'key-no-sura', 'no-sura'],
    ['022:077:999-022:077:007', 'key-order', 'order'],
    ['005:090:001-005:080:001', 'key-order', 'order'],
    ['030:000:000-030:000:000', 'key-heading-only', 'heading-only'],
    ['4:12-4:20', 'key-unreadable', 'unreadable-key'],
  ] as const;
  it.each(keys)('%s is kept with its words, flagged and told as %s', (key, kind, flag) => {
    const mapped = mapItems(item('a', '1r', key));
    const passage = saidOf(mapped, passageOf('a'));
    expect(passage['verbatimKey']).toEqual([key]);
    expect(passage['startOrdinal']).toBeUndefined();
    expect(passage['onPage']).toEqual([`${record}/page/a`]);
    expect(passage['passageFlag']).toContain(
      `https://w3id.org/isnad/vocabulary/passage-flag/${flag}`,
    );
    expect(found(mapped, kind)).toEqual([`msItem a: ${key}`]);
  });

  it('leaves the other keys of its record as they are', () => {
    const mapped = mapItems(
      item('a', '1r', '000:089:049-005:090:008'),
      item('b', '1v', '005:091:001-005:095:003'),
    );
    expect(saidOf(mapped, passageOf('b'))['startOrdinal']).toEqual(['760']);
  });
});

describe('A broken word number', () => {
  it('leaves sūra and verse, and no word', () => {
    const mapped = mapItems(item('a', '1r', '019:001:0-1-019:025:0-1'));
    const passage = saidOf(mapped, passageOf('a'));
    expect(passage['startVerse']).toEqual(['https://w3id.org/isnad/quran/19:1']);
    expect(passage['startWord']).toBeUndefined();
    expect(found(mapped, 'key-word-unreadable')).toHaveLength(1);
  });
});
