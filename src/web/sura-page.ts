import { html } from 'htm/preact';
import { suraCount, suraName } from '../model/verses.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { suraNameView } from './sura-name.ts';
import { verseStrip } from './verse-strip.ts';

export interface SuraPageContent {
  readonly sura: number;
  readonly names: readonly TaggedText[];
  readonly alternates: readonly Alternate[];
  /** How many manuscripts bear each verse, from verse 1 on. */
  readonly counts: Uint16Array;
  /** How many manuscripts bear at least one verse. */
  readonly manuscripts: number;
}

/** The page of one sūra: how many manuscripts bear each of its verses, and the way to each. */
export const renderSuraPage = (
  context: PageContext,
  { sura, names, counts, manuscripts, alternates }: SuraPageContent,
): string => {
  const { words } = context;
  const heading = words.say('suraHeading', { number: sura });
  const step = (number: number, rel: string) =>
    html`<a rel=${rel} href=${href(context, `/quran/${number}`)}
      >${words.say('suraHeading', { number })}</a
    >`;
  return renderPage(context, {
    title: `${heading}: ${suraName(sura)}`,
    alternates,
    main: html`<article>
      <p class="eyebrow"><a href=${href(context, '/quran')}>${words.say('homeAllSuras')}</a></p>
      <h1>${heading} · ${suraNameView(context, sura, names)}</h1>
      <p class="lead">
        ${words.count('verses', counts.length)} · ${words.count('manuscripts', manuscripts)}${' · '}
        ${words.say('kufanCount')}
      </p>
      <nav class="steps" aria-label=${words.say('suraColumn')}>
        ${sura > 1 && step(sura - 1, 'prev')} ${sura < suraCount && step(sura + 1, 'next')}
      </nav>
      <h2>${words.say('stripHeading')}</h2>
      ${verseStrip(context, sura, counts)}
      <ol class="verses">
        ${[...counts].map(
          (count, position) =>
            html`<li>
              <a href=${href(context, `/quran/${sura}:${position + 1}`)}
                ><bdi dir="ltr">${sura}:${position + 1}</bdi></a
              >
              <span class="quiet" title=${words.count('manuscripts', count)}>${count}</span>
            </li>`,
        )}
      </ol>
    </article>`,
  });
};
