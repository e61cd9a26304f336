import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldForMatching,
  languageByScript,
  mixedScriptWords,
  namesInOtherScripts,
} from '../../src/model/names.ts';

describe('The language of a name by its letters', () => {
  const names = [
    ['متحف الفن الإسلامي', 'ar'],
    ['موزهٔ ملی ایران', 'und-Arab'],
    ['دار', 'und-Arab'],
    ['Российская библиотека', 'und-Cyrl'],
    ['Μουσείο Μπενάκη', 'und-Grek'],
    ['Staatsbibliothek zu Berlin', undefined],
    ['Benaki (Μουσείο)', undefined],
    ['1234', undefined],
  ] as const;
  it.each(names)('%s is %s', (name, language) => {
    expect(languageByScript(name)).toBe(language);
  });
});

describe('Names that stand in brackets in another script', () => {
  it('are found with the language their letters tell', () => {
    expect(namesInOtherScripts('Museum of Islamic Art (متحف الفن الإسلامي)')).toEqual([
      { text: 'متحف الفن الإسلامي', language: 'ar' },
    ]);
  });

  it('are not found in brackets that mix scripts or hold Latin letters', () => {
    expect(namesInOtherScripts('Bait al-Qurʾān (بيت القرآن House of the Qurʾān)')).toEqual([]);
    expect(namesInOtherScripts('Bodleian Library (Oxford University)')).toEqual([]);
  });
});

describe('Matching of names', () => {
  const same = [
    ['kūfī D.I', 'KUFI d i'],
    ['национaльная библиотeка', 'национальная библиотека'],
    ['  Dār  al-Maḫṭūṭāt ', 'dar al mahtutat'],
  ] as const;
  it.each(same)('takes “%s” and “%s” for the same', (one, other) => {
    expect(foldForMatching(one)).toBe(foldForMatching(other));
  });

  it('keeps different sigla apart', () => {
    expect(foldForMatching('kūfī D.Va')).not.toBe(foldForMatching('kūfī D.Vb'));
  });

  it('folds a folded name to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const folded = foldForMatching(name);
        expect(foldForMatching(folded)).toBe(folded);
      }),
    );
  });
});

describe('A word of look-alike letters of two scripts', () => {
  it('is found', () => {
    expect(mixedScriptWords('Российская национaльная библиотeка')).toEqual([
      'национaльная',
      'библиотeка',
    ]);
  });

  it('is not seen in names that write each word in one script', () => {
    expect(mixedScriptWords('The National Library (Российская библиотека)')).toEqual([]);
  });
});
