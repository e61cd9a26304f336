import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Words } from './strings.ts';

/** The outer bounds of a date, each `xsd:date` in the proleptic Gregorian calendar; open if missing. */
export interface ShownBounds {
  readonly earliest?: string | undefined;
  readonly latest?: string | undefined;
}

/** The bounds of a date in words: `650–700 CE`, `not after 850 CE`, `12 May 1430`. */
export const boundsText = (words: Words, { earliest, latest }: ShownBounds): string | undefined => {
  const begin = earliest === undefined ? undefined : pointText(earliest, '-01-01');
  const end = latest === undefined ? undefined : pointText(latest, '-12-31');
  if (begin === undefined && end === undefined) return undefined;
  if (begin === undefined) return `${words.say('openBegin')} ${era(words, end)}`;
  if (end === undefined) return `${words.say('openEnd')} ${era(words, begin)}`;
  return era(words, begin === end ? begin : `${begin}–${end}`);
};

/** A day as its year alone where it stands for the year's edge. */
const pointText = (day: string, edge: string): string =>
  day.endsWith(edge) ? String(Number(day.slice(0, -edge.length))) : day;

const era = (words: Words, text: string | undefined): string =>
  words.say('yearCe', { year: text ?? '' });

/** A date: the bounds, and the words of the source where they say something else. */
export const dateView = (
  words: Words,
  bounds: ShownBounds,
  asWritten: string | undefined,
): VNode => {
  const text = boundsText(words, bounds);
  const written = html`<q lang="und" dir="auto">${asWritten}</q>`;
  if (text === undefined) return asWritten === undefined ? html`<span>–</span>` : written;
  return html`<span class="date"
    ><bdi>${text}</bdi>${
      asWritten !== undefined &&
      !saysTheSame(asWritten, text) &&
      html` <span class="quiet">${words.say('asWritten')} ${written}</span>`
    }</span
  >`;
};

const saysTheSame = (written: string, text: string): boolean => {
  const digits = (value: string): string =>
    value.replaceAll(/\D+/g, ' ').replaceAll(/\b0+/g, '').trim();
  return !/\p{L}/u.test(written) && digits(written) === digits(text);
};
