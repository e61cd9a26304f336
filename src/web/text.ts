import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { conventionalCase } from '../rdf/language-tag.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { textDirection } from './language.ts';

/** A text from data, marked with its language and kept from disturbing the line it stands in. */
export const textView = ({ value, language }: TaggedText): VNode =>
  html`<bdi
    lang=${language === '' ? undefined : conventionalCase(language)}
    dir=${textDirection(language)}
    >${value}</bdi
  >`;
