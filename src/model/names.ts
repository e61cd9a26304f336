/**
 * Names as received: what their letters say about their language, and forms of them that are used
 * for matching only. Nothing here changes a name that is stored.
 */

/** A script and the ISO 15924 code that a language tag gives it. */
const scripts = [
  ['Arab', /\p{Script=Arabic}/u],
  ['Latn', /\p{Script=Latin}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Armn', /\p{Script=Armenian}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Deva', /\p{Script=Devanagari}/u],
] as const;

export type ScriptCode = (typeof scripts)[number][0];

/** The scripts whose letters occur in a text, in the order of the table. */
export const scriptsIn = (text: string): readonly ScriptCode[] =>
  scripts.filter(([, letter]) => letter.test(text)).map(([code]) => code);

/** Letters of Persian, Ottoman, Urdu that Arabic does not have. */
const beyondArabic = /[پچژگکیےٹڈڑںہھۀەڭ]/u;
/** Letters that in this spelling only Arabic uses: tāʾ marbūṭa, its own kāf and yāʾ, hamza seats. */
const onlyArabic = /[ةكيىأإؤ]/u;

/**
 * The language tag a name deserves by its letters alone: `ar` where they are Arabic's own, else the
 * script with the language undetermined (`und-Arab`, `und-Cyrl`). A name in Latin letters, or in
 * several scripts, gets no tag: its letters do not tell.
 */
export const languageByScript = (text: string): string | undefined => {
  const found = scriptsIn(text);
  const [only] = found;
  if (found.length !== 1 || only === undefined || only === 'Latn') return undefined;
  const isArabic = only === 'Arab' && onlyArabic.test(text) && !beyondArabic.test(text);
  return isArabic ? 'ar' : `und-${only}`;
};

/** Latin letters and the Cyrillic and Greek ones that look like them; lower case. */
const confusables: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ο: 'o',
  α: 'a',
  ν: 'v',
  ρ: 'p',
};
const confusable = /[аеорсухіѕјοανρ]/gu;

/**
 * A name reduced to what two spellings of it share: compatibility form, lower case, look-alike
 * letters of other scripts as Latin, marks and punctuation away, one space between words. For
 * matching only, never stored or shown.
 */
export const foldForMatching = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}ʾʿʼ’‘'`]/gu, '')
    .replaceAll(confusable, (letter) => confusables[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const word = /[\p{L}\p{M}]+/gu;

/** The words of a text in which Latin letters are mixed with look-alikes of Cyrillic or Greek. */
export const mixedScriptWords = (text: string): readonly string[] =>
  (text.match(word) ?? []).filter((each) => {
    const found = scriptsIn(each);
    return found.includes('Latn') && (found.includes('Cyrl') || found.includes('Grek'));
  });

/**
 * The parts of a name that stand in another script than its Latin letters, as in `Benaki-Museum
 * (Μουσείο Μπενάκη)`: each with the tag of `languageByScript`.
 */
export const namesInOtherScripts = (
  name: string,
): readonly { readonly text: string; readonly language: string }[] => {
  if (!scriptsIn(name).includes('Latn')) return [];
  const found: { text: string; language: string }[] = [];
  for (const [, inner = ''] of name.matchAll(/\(([^()]+)\)/g)) {
    const text = inner.trim();
    const language = languageByScript(text);
    if (language !== undefined) found.push({ text, language });
  }
  return found;
};
