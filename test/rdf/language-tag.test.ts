import { describe, expect, it } from 'vitest';
import { conventionalCase } from '../../src/rdf/language-tag.ts';

describe('a language tag in its conventional case', () => {
  it.each([
    ['AR', 'ar'],
    ['ar-latn-alalc97', 'ar-Latn-alalc97'],
    ['ar-latn-x-dmg', 'ar-Latn-x-dmg'],
    ['en-gb', 'en-GB'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['de-1996', 'de-1996'],
    ['x-abcd-ef', 'x-abcd-ef'],
    ['en-ca-x-ca', 'en-CA-x-ca'],
  ])('%s is written %s', (tag, written) => {
    expect(conventionalCase(tag)).toBe(written);
  });
});
