import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import { suraName } from '../model/verses.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { PageContext } from './page.ts';
import { textView } from './text.ts';

/**
 * The name of a sūra as scholars of the page's language write it: in Arabic letters, or in ALA-LC
 * romanisation with the Arabic beside it.
 *
 * @param names as the graph labels them; may be none
 */
export const suraNameView = (
  { words }: PageContext,
  sura: number,
  names: readonly TaggedText[],
): VNode => {
  const arabic = bestText(
    names.filter(({ language }) => language === 'ar'),
    'ar',
  );
  const romanised = textView({ value: suraName(sura), language: 'ar-Latn-alalc97' });
  if (arabic === undefined) return romanised;
  return words.language === 'ar'
    ? textView(arabic)
    : html`<span>${romanised}${' '}${textView(arabic)}</span>`;
};
