import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PageContext } from './page.ts';

/** Links to the page of a list before and after this one; nothing when the list has one page. */
export const pager = (context: PageContext, page: number, pageCount: number): VNode | undefined => {
  if (pageCount < 2) return undefined;
  const { words, path, parameters, languageChosen } = context;
  const pathOf = (number: number): string => {
    const all = new URLSearchParams(parameters);
    all.set('page', String(number));
    if (languageChosen) all.set('lang', words.language);
    return `${path}?${all}`;
  };
  return html`<nav class="pager" aria-label=${words.say('pagerLabel')}>
    ${page > 1 && html`<a rel="prev" href=${pathOf(page - 1)}>${words.say('previousPage')}</a>`}
    <span>${words.say('pagerPlace', { page, pageCount })}</span>
    ${page < pageCount && html`<a rel="next" href=${pathOf(page + 1)}>${words.say('nextPage')}</a>`}
  </nav>`;
};
