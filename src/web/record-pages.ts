import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { ListedPassage, PageList } from '../catalogue/record-description.ts';
import { linkTo } from './links.ts';
import { href } from './page.ts';
import { pager } from './pager.ts';
import type { RecordView } from './record-view.ts';

/** The text a manuscript bears: what is stated of it as a whole, then page by page. */
export const pageSection = (view: RecordView): VNode | undefined => {
  const { context, description } = view;
  const { pages, wholePassages } = description;
  if (pages === undefined && wholePassages.length === 0) return undefined;
  return html`<section aria-labelledby="pages">
    <h2 id="pages">${context.words.say('pagesAndText')}</h2>
    ${wholeList(view)} ${pages !== undefined && pageList(view, pages)}
  </section>`;
};

const wholeList = (view: RecordView): VNode | undefined => {
  const { wholePassages } = view.description;
  return wholePassages.length === 0
    ? undefined
    : html`<ul class="plain">
        ${wholePassages.map(
          (passage) => html`<li>${passageView(view, passage, 'ofTheWhole')}</li>`,
        )}
      </ul>`;
};

const pageList = (view: RecordView, list: PageList): VNode => {
  const { context } = view;
  const { words } = context;
  const first = (list.page - 1) * list.pagesPerPart + 1;
  return html`<p class="quiet">
      ${words.say('pagesShown', { first, last: first + list.pages.length - 1, total: list.total })}
    </p>
    <ul class="leaves">
      ${list.pages.map(
        ({ iri, label, passages }) =>
          html`<li>
            <a href=${linkTo(context, iri)}><bdi>${label}</bdi></a>
            <div>
              ${
                passages.length === 0
                  ? html`<span class="quiet">${words.say('noTextStated')}</span>`
                  : passages.map((passage) => passageView(view, passage))
              }
            </div>
          </li>`,
      )}
    </ul>
    ${pager(context, list.page, list.pageCount)}`;
};

const passageView = (view: RecordView, passage: ListedPassage, tag?: 'ofTheWhole'): VNode => {
  const { context, sources } = view;
  const { words } = context;
  const text =
    passage.range === undefined
      ? html`<span class="quiet"
          >${words.say('notPlaced')} <code dir="ltr">${passage.verbatimKey}</code></span
        >`
      : html`<a href=${href(context, `/quran/${passage.range}`)}
          ><bdi dir="ltr">${passage.range}</bdi></a
        >`;
  return html`<div>
    ${tag !== undefined && html`<span class="tag">${words.say(tag)}</span> `}${text}${passage.isDoubtful && html` <span class="tag">${words.say('doubtful')}</span>`}${sources.marks(
      [passage.graph],
    )}
  </div>`;
};
