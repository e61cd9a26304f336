import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { textDirection, type Language } from './language.ts';

/** A text with the BCP 47 tag of its language; the empty tag when the source gives none. */
export interface TaggedText {
  readonly value: string;
  readonly language: string;
}

/** A text from data, marked with its language and kept from disturbing the line it stands in. */
export const textView = ({ value, language }: TaggedText): VNode =>
  html`<bdi lang=${language === '' ? undefined : language} dir=${textDirection(language)}
    >${value}</bdi
  >`;

/**
 * The label that serves a reader of `language` best: the same language, else plain text, else
 * English, else a transliteration, else the first there is.
 */
export const bestText = (
  labels: readonly TaggedText[],
  language: Language,
): TaggedText | undefined => {
  const wishes: ((tag: string) => boolean)[] = [
    (tag) => tag === language,
    (tag) => tag.startsWith(`${language}-`) && !tag.includes('-Latn'),
    (tag) => tag === '',
    (tag) => tag === 'en' || tag.startsWith('en-'),
    (tag) => tag.includes('-Latn'),
  ];
  for (const wish of wishes) {
    const found = labels.find((label) => wish(label.language));
    if (found) return found;
  }
  return labels[0];
};
