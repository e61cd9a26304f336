import { countText, type CountForms, type Language } from './language.ts';
import { historyStrings } from './strings-history.ts';
import { homeStrings } from './strings-home.ts';
import { queryStrings } from './strings-queries.ts';
import { recordStrings } from './strings-record.ts';
import { siteStrings } from './strings-site.ts';
import { verseStrings } from './strings-verse.ts';

/** A sentence or label of the pages in every language; one that is missing is a type error. */
export type Translated = Readonly<Record<Language, string>>;

/** A counted noun in every language. */
export type TranslatedCount = Readonly<Record<Language, CountForms>>;

const texts = {
  ...siteStrings.texts,
  ...historyStrings.texts,
  ...homeStrings,
  ...queryStrings.texts,
  ...recordStrings,
  ...verseStrings.texts,
};
const counts = {
  ...siteStrings.counts,
  ...historyStrings.counts,
  ...queryStrings.counts,

  ...verseStrings.counts,
};

export type TextKey = keyof typeof texts;
export type CountKey = keyof typeof counts;

/** The words of one language: `say('search')`, `count('manuscripts', 12)`. */
export interface Words {
  readonly language: Language;
  /** The text, with each `{name}` replaced by the value given for it. */
  readonly say: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly count: (key: CountKey, count: number) => string;
}

const wordsOf = (language: Language): Words => ({
  language,
  say: (key, values) => {
    const text = texts[key][language];
    if (values === undefined) return text;
    return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  },
  count: (key, count) => countText(language, counts[key][language], count),
});

/** The words of each language. */
export const words: Readonly<Record<Language, Words>> = { en: wordsOf('en'), ar: wordsOf('ar') };

/** Every text and count of the pages, for the test that holds them to their rules. */
export const allStrings = { texts, counts };
