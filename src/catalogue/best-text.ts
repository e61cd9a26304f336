import { conventionalCase } from '../rdf/language-tag.ts';
import type { TaggedText } from '../search/tagged-text.ts';

/**
 * The text that serves a reader of `language` best: the same language, else plain text, else
 * English, else a transliteration, else the first there is.
 */
export const bestText = (
  texts: readonly TaggedText[],
  language: string,
): TaggedText | undefined => {
  for (const suits of wishesOf(language)) {
    const found = texts.find((text) => suits(text.language));
    if (found) return found;
  }
  return texts[0];
};

const wishesOf = (language: string): ((tag: string) => boolean)[] => [
  (tag) => tag === language,
  (tag) => tag.startsWith(`${language}-`) && !isTransliteration(tag),
  (tag) => tag === '',
  (tag) => tag === 'en' || tag.startsWith('en-'),
  isTransliteration,
];

/** Whether a tag, in any case, says that another script has been written in Latin letters. */
const isTransliteration = (tag: string): boolean => /-latn\b/i.test(tag);

/** Texts as a JSON-LD language map whose values are always arrays; `@none` where no language is given. */
export const languageMap = (texts: readonly TaggedText[]): Record<string, string[]> => {
  const map: Record<string, string[]> = {};
  for (const { value, language } of texts) {
    (map[language === '' ? '@none' : conventionalCase(language)] ??= []).push(value);
  }
  return map;
};
