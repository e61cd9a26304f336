import { shared } from '../model/terms.ts';
import { formatVerse } from '../model/verses.ts';

/**
 * How each verse is written, kept from the first time it is: an answer names a verse hundreds of
 * times, and there are no more than 6236.
 */
const texts: string[] = [];

/** Writes one verse, such as `2:255`; throws as `formatVerse` does. */
export const verseText = (ordinal: number): string => (texts[ordinal] ??= formatVerse(ordinal));

/** Writes a range, such as `2:255-2:257`, or `2:255` for one verse. */
export const rangeText = (startOrdinal: number, endOrdinal: number): string =>
  startOrdinal === endOrdinal
    ? verseText(startOrdinal)
    : `${verseText(startOrdinal)}-${verseText(endOrdinal)}`;

/** The shared IRI of the verse of an ordinal. */
export const verseIriOf = (ordinal: number): string => `${shared.quran}${verseText(ordinal)}`;
