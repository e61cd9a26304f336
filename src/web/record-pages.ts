import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { ListedPassage } from '../catalogue/record-description.ts';
import { linkTo } from './links.ts';
import { href } from './page.ts';
import { pager } from './pager.ts';
import type { RecordView } from './record-view.ts';

/** The pages of a manuscript and the text each bears. */
export const pageSection = (view: RecordView): VNode | undefined => {
  const { context, description } = view;
  const { pages: list } = description;
  if (list === undefined) return undefined;
  const { words } = context;
  const first = (list.page - 1) * list.pagesPerPart + 1;
  return html`<section aria-labelledby="pages">
    <h2 id="pages">${words.say('pagesAndText')}</h2>
    <p class="quiet">
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
    ${pager(context, list.page, list.pageCount)}
  </section>`;
};

const passageView = (view: RecordView, passage: ListedPassage): VNode => {
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
    ${text}${passage.isDoubtful && html` <span class="tag">${words.say('doubtful')}</span>`}${sources.marks(
      [passage.graph],
    )}
  </div>`;
};
