import { IsnadError } from '../errors.ts';
import { suraTable } from './quran-structure.ts';

/**
 * Verses and their ordinals: 1 is 1:1, 6236 is 114:6, in the Kufan count (Cairo 1924, Ḥafṣ).
 * Ordinals make a passage an interval of integers, so that overlap is two comparisons.
 */
export interface Verse {
  readonly sura: number;
  readonly verse: number;
}

export interface VerseRange {
  readonly startOrdinal: number;
  readonly endOrdinal: number;
}

export interface VerseReference extends VerseRange {
  /** The reference in its usual form: `2` for a whole sūra, else as `formatRange` writes it. */
  readonly canonical: string;
}

export const suraCount = suraTable.length;

/** Ordinal of the last verse before each sūra, by sūra number less one. */
const versesBefore: readonly number[] = suraTable.reduce<number[]>(
  (sums, [verses]) => [...sums, (sums.at(-1) ?? 0) + verses],
  [0],
);

/** How many verses the Qur’an has in the Kufan count. */
export const verseTotal = versesBefore.at(-1) ?? 0;

/** Whether there is a sūra of this number. */
export const isSura = (sura: number): boolean =>
  Number.isInteger(sura) && sura >= 1 && sura <= suraCount;

/** Whether the Kufan count has this verse. */
export const isVerse = (sura: number, verse: number): boolean =>
  isSura(sura) && Number.isInteger(verse) && verse >= 1 && verse <= verseCount(sura);

const rowOf = (sura: number): (typeof suraTable)[number] => {
  const row = suraTable[sura - 1];
  if (row === undefined)
    throw new IsnadError(
      'verse-reference',
      `There is no sūra ${sura}; the Qur’an has ${suraCount} sūras.`,
      { extra: { sura, suraCount } },
    );
  return row;
};

/**
 * How many verses a sūra has.
 *
 * @throws IsnadError `verse-reference` when there is no such sūra
 */
export const verseCount = (sura: number): number => rowOf(sura)[0];

/**
 * The name of a sūra in ALA-LC romanisation, such as `al-Baqarah`.
 *
 * @throws IsnadError `verse-reference` when there is no such sūra
 */
export const suraName = (sura: number): string => rowOf(sura)[1];

/**
 * The ordinal of a verse, 1–6236.
 *
 * @throws IsnadError `verse-reference` when there is no such verse; the message names the length of
 *   the sūra
 */
export const ordinalOf = (sura: number, verse: number): number => {
  const verses = verseCount(sura);
  if (!isVerse(sura, verse))
    throw new IsnadError(
      'verse-reference',
      `Sūra ${sura} (${suraName(sura)}) has ${verses} verses; ${sura}:${verse} does not exist.`,
      { extra: { sura, verse, verseCount: verses } },
    );
  return (versesBefore[sura - 1] ?? 0) + verse;
};

/**
 * The verse of an ordinal.
 *
 * @throws IsnadError `verse-reference` when the ordinal is not one of 1–6236
 */
export const verseAt = (ordinal: number): Verse => {
  if (!Number.isInteger(ordinal) || ordinal < 1 || ordinal > verseTotal)
    throw new IsnadError(
      'verse-reference',
      `There is no verse number ${ordinal}; the Qur’an has ${verseTotal} verses in the Kufan count.`,
      { extra: { ordinal, verseTotal } },
    );
  const sura = versesBefore.findLastIndex((before) => before < ordinal) + 1;
  return { sura, verse: ordinal - (versesBefore[sura - 1] ?? 0) };
};

/** All verses of a sūra as a range; throws as `verseCount` does. */
export const suraRange = (sura: number): VerseRange => ({
  startOrdinal: ordinalOf(sura, 1),
  endOrdinal: ordinalOf(sura, verseCount(sura)),
});

/** Writes one verse, such as `2:255`; throws as `verseAt` does. */
export const formatVerse = (ordinal: number): string => {
  const { sura, verse } = verseAt(ordinal);
  return `${sura}:${verse}`;
};

/** Writes a range, such as `2:255-2:257`, or `2:255` for one verse; throws as `verseAt` does. */
export const formatRange = (startOrdinal: number, endOrdinal: number): string =>
  startOrdinal === endOrdinal
    ? formatVerse(startOrdinal)
    : `${formatVerse(startOrdinal)}-${formatVerse(endOrdinal)}`;

/** Arabic-Indic (U+0660) and extended, Persian (U+06F0) digits as ASCII ones. */
const withAsciiDigits = (text: string): string =>
  text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

const dash = String.raw`\s*[-‐‑‒–—]\s*`;
const number = String.raw`(\d{1,6})`;
const referencePattern = new RegExp(
  `^${number}(?:[:.]${number}(?:${dash}(?:${number}[:.])?${number})?)?$`,
);

/**
 * Reads a verse reference as people type it: `2:255`, `2.255`, `2:255-257`, `2:255-2:257`, or `2` for
 * a whole sūra; ASCII, Arabic-Indic or Persian digits; a hyphen or a dash.
 *
 * @throws IsnadError `verse-reference` when it is none of these, names a verse the Kufan count does
 *   not have (the message gives the sūra's length), or ends before it starts
 */
export const parseVerseReference = (text: string): VerseReference => {
  const match = referencePattern.exec(withAsciiDigits(text).trim());
  if (!match)
    throw new IsnadError(
      'verse-reference',
      `“${text.slice(0, 40)}” is not a verse reference; write 2:255, 2:255-257, 2:255-3:2, or 2 for a whole sūra.`,
    );
  const [, sura, verse, endSura = sura, endVerse] = match;
  if (verse === undefined) return { ...suraRange(Number(sura)), canonical: String(Number(sura)) };
  const startOrdinal = ordinalOf(Number(sura), Number(verse));
  const endOrdinal =
    endVerse === undefined ? startOrdinal : ordinalOf(Number(endSura), Number(endVerse));
  if (endOrdinal < startOrdinal)
    throw new IsnadError(
      'verse-reference',
      `${formatVerse(endOrdinal)} comes before ${formatVerse(startOrdinal)}; name the earlier verse first.`,
    );
  return { startOrdinal, endOrdinal, canonical: formatRange(startOrdinal, endOrdinal) };
};
