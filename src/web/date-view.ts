import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Words } from './strings.ts';

/** The outer bounds of a date, each `xsd:date` in the proleptic Gregorian calendar; open if missing. */
export interface ShownBounds {
  readonly earliest?: string | undefined;
  readonly latest?: string | undefined;
}

/**
 * The bounds of a date in words: `650–700 CE`, `not after 850 CE`, `1430-05-12 CE`. Days are told
 * only where they are what is known; a span of several years is told in years.
 */
export const boundsText = (words: Words, { earliest, latest }: ShownBounds): string | undefined => {
  if (earliest === undefined && latest === undefined) return undefined;
  if (earliest === undefined)
    return `${words.say('openBegin')} ${era(words, edgeText(latest, '-12-31'))}`;
  if (latest === undefined)
    return `${words.say('openEnd')} ${era(words, edgeText(earliest, '-01-01'))}`;
  const [from, to] = [yearOf(earliest), yearOf(latest)];
  if (from !== to) return era(words, `${from}–${to}`);
  const isWholeYear = earliest.endsWith('-01-01') && latest.endsWith('-12-31');
  if (isWholeYear) return era(words, String(from));
  return era(words, earliest === latest ? earliest : `${earliest}–${latest}`);
};

const yearOf = (day: string): number => Number(day.slice(0, -'-01-01'.length));

/** A day as its year alone where it stands for the year's edge. */
const edgeText = (day: string | undefined, edge: string): string =>
  day === undefined ? '' : day.endsWith(edge) ? String(yearOf(day)) : day;

const era = (words: Words, text: string): string => words.say('yearCe', { year: text });

/** A date: the bounds, and the words of the source where they say something else. */
export const dateView = (
  words: Words,
  bounds: ShownBounds,
  asWritten: string | undefined,
): VNode => {
  const text = boundsText(words, bounds);
  const exact = [bounds.earliest ?? '…', bounds.latest ?? '…'].join('/');
  const written = html`<q lang="und" dir="auto">${asWritten}</q>`;
  if (text === undefined) return asWritten === undefined ? html`<span>–</span>` : written;
  return html`<span class="date"
    ><bdi title=${exact}>${text}</bdi>${
      asWritten !== undefined &&
      !saysTheSame(asWritten, text) &&
      html` <span class="quiet">${words.say('asWritten')} ${written}</span>`
    }</span
  >`;
};

/** The numbers in a text, without leading zeros. */
const digits = (text: string): string =>
  text.replaceAll(/\D+/g, ' ').replaceAll(/\b0+/g, '').trim();

const saysTheSame = (written: string, text: string): boolean =>
  !/\p{L}/u.test(written) && digits(written) === digits(text);
