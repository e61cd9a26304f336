import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bestText, languageMap } from '../../src/catalogue/best-text.ts';
import { countText, languages, textDirection } from '../../src/web/language.ts';
import { allStrings, words } from '../../src/web/strings.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('the direction of a text', () => {
  it.each([
    ['ar', 'rtl'],
    ['AR-eg', 'rtl'],
    ['fa', 'rtl'],
    ['ota', 'rtl'],
    ['ur', 'rtl'],
    ['ar-Latn-alalc97', 'ltr'],
    ['ar-latn-x-dmg', 'ltr'],
    ['en', 'ltr'],
    ['art-x-test', 'ltr'],
    ['', 'auto'],
    ['und', 'auto'],
  ])('of %s is %s', (tag, direction) => {
    expect(textDirection(tag)).toBe(direction);
  });
});

const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

const count = (language: 'en' | 'ar', number: number): string =>
  words[language].count('manuscripts', number);

describe('the words of the pages', () => {
  it('have the same holes in every language', () => {
    const texts = Object.values(allStrings.texts);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => String(holes(text.ar)) !== String(holes(text.en)))).toEqual([]);
  });

  it('are there in every language, and the Arabic ones are in Arabic', () => {
    const sameEverywhere = new Set(['otherLanguage', 'listSeparator']);
    const lacking = Object.entries(allStrings.texts).filter(
      ([key, text]) =>
        languages.some((language) => text[language].trim() === '') ||
        (!sameEverywhere.has(key) && !/\p{Script=Arabic}/u.test(text.ar)),
    );
    expect(lacking).toEqual([]);
  });

  it('are all said somewhere', () => {
    const sources = globSync('src/{web,http}/**/*.ts', { cwd: root })
      .filter((file) => !/strings/.test(file))
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    const keys = [...Object.keys(allStrings.texts), ...Object.keys(allStrings.counts)];
    expect(keys.filter((key) => !new RegExp(`['"\`]${key}['"\`]`).test(sources))).toEqual([]);
  });

  it('count as each language counts', () => {
    expect([0, 1, 2, 1234].map((number) => count('en', number))).toEqual([
      '0 manuscripts',
      '1 manuscript',
      '2 manuscripts',
      '1,234 manuscripts',
    ]);
    expect([1, 2, 3, 11, 100].map((number) => count('ar', number))).toEqual([
      'مخطوطة واحدة',
      'مخطوطتان',
      '3 مخطوطات',
      '11 مخطوطة',
      '100 مخطوطة',
    ]);
    expect(countText('ar', { one: 'a', other: '# b' }, 2)).toBe('2 b');
  });

  it('leave a hole that nothing fills as it is', () => {
    expect(words.en.say('footerCommit')).toContain('{commit}');
    expect(words.en.say('footerCommit', { commit: 7 })).toBe('Data as of commit 7');
  });
});

describe('the label for a reader', () => {
  const labels = [
    { value: 'translit', language: 'ar-latn-alalc97' },
    { value: 'plain', language: '' },
    { value: 'English', language: 'en' },
    { value: 'عربي', language: 'ar' },
  ];

  it('is in the reader’s language, else plain, else English, else a transliteration', () => {
    expect(bestText(labels, 'ar')?.value).toBe('عربي');
    expect(bestText(labels, 'en')?.value).toBe('English');
    expect(bestText(labels.slice(0, 3), 'ar')?.value).toBe('plain');
    expect(bestText(labels.slice(0, 1), 'ar')?.value).toBe('translit');
    expect(bestText([], 'ar')).toBeUndefined();
  });

  it('goes into JSON as lists by language', () => {
    expect(languageMap([...labels, { value: 'second', language: 'en' }])).toEqual({
      'ar-Latn-alalc97': ['translit'],
      '@none': ['plain'],
      en: ['English', 'second'],
      ar: ['عربي'],
    });
  });
});
