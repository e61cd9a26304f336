import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { WitnessAnswer } from '../catalogue/find-witnesses.ts';
import type { WitnessChoices } from '../catalogue/witness-choices.ts';
import { formatVerse, verseAt, verseTotal } from '../model/verses.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { WitnessSnapshot } from '../search/witness-snapshot.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { pager } from './pager.ts';
import { createSourceList } from './sources-view.ts';
import { suraNameView } from './sura-name.ts';
import { witnessFilter } from './witness-filter.ts';
import { witnessTable } from './witness-list.ts';

export interface VersePageContent {
  readonly answer: WitnessAnswer;
  readonly snapshot: WitnessSnapshot;
  readonly choices: WitnessChoices;
  readonly suraNames: readonly TaggedText[];
  /** The SPARQL query that finds the same passages. */
  readonly sparql: string;
  readonly alternates: readonly Alternate[];
}

/** The page that lists the witnesses of a verse or a range of verses. */
export const renderVersePage = (context: PageContext, content: VersePageContent): string => {
  const { words } = context;
  const { range } = content.answer.criteria;
  const { sura } = verseAt(range.startOrdinal);
  const title = words.say('witnessesHeading', { range: range.canonical });
  return renderPage(context, {
    title,
    alternates: content.alternates,
    main: html`<article>
      <p class="eyebrow">
        <a href=${href(context, `/quran/${sura}`)}
          >${words.say('suraHeading', { number: sura })}${' · '}${suraNameView(
            context,
            sura,
            content.suraNames,
          )}</a
        >
        ${' · '}${words.say('kufanCount')}
      </p>
      <h1>${words.say('witnessesTitle')} <bdi dir="ltr">${range.canonical}</bdi></h1>
      ${totalsLine(context, content.answer)} ${verseSteps(context, range)}
      ${witnessFilter(context, content.choices)} ${listOf(context, content)}
      ${sparqlBox(context, content.sparql)}
    </article>`,
  });
};

const totalsLine = ({ words }: PageContext, { totals }: WitnessAnswer): VNode =>
  html`<p class="lead">
    ${words.count('manuscripts', totals.manuscripts)}${
      totals.pages > 0 && html` · ${words.count('pages', totals.pages)}`
    }
  </p>`;

/** Links to the verse before and the verse after. */
const verseSteps = (
  context: PageContext,
  { startOrdinal, endOrdinal }: { readonly startOrdinal: number; readonly endOrdinal: number },
): VNode => {
  const { words } = context;
  const link = (ordinal: number, key: 'previousVerse' | 'nextVerse', rel: string): VNode =>
    html`<a rel=${rel} href=${href(context, `/quran/${formatVerse(ordinal)}`)}
      >${words.say(key)} <bdi dir="ltr">${formatVerse(ordinal)}</bdi></a
    >`;
  return html`<nav class="steps" aria-label=${words.say('versesColumn')}>
    ${startOrdinal > 1 && link(startOrdinal - 1, 'previousVerse', 'prev')}
    ${endOrdinal < verseTotal && link(endOrdinal + 1, 'nextVerse', 'next')}
  </nav>`;
};

const listOf = (context: PageContext, { answer, snapshot }: VersePageContent): VNode => {
  const { words } = context;
  const { criteria, totals, witnesses, pageCount } = answer;
  const sources = createSourceList(context, snapshot.datasets);
  const onPages = witnesses.filter((witness) => witness.onPages.length > 0);
  const ofWhole = witnesses.filter((witness) => witness.onPages.length === 0);
  const isNarrowed = [...context.parameters.values()].some((value) => value !== '');
  return html`
    ${
      totals.manuscripts === 0 &&
      html`<p class="notice">${words.say(isNarrowed ? 'noWitnessFiltered' : 'noWitness')}</p>`
    }
    ${
      onPages.length > 0 &&
      html`<section aria-labelledby="on-pages">
        <h2 id="on-pages">${words.say('onPages')}</h2>
        ${witnessTable(context, snapshot, sources, onPages)}
      </section>`
    }
    ${
      ofWhole.length > 0 &&
      html`<section aria-labelledby="of-whole">
        <h2 id="of-whole">${words.say('byStatement')}</h2>
        <p class="quiet">${words.say('byStatementAbout')}</p>
        ${witnessTable(context, snapshot, sources, ofWhole)}
      </section>`
    }
    ${pager(context, criteria.page, pageCount)} ${leftOut(context, answer)}
    ${witnesses.length > 0 && sources.legend()}
  `;
};

/** What was left out of the list, said aloud, with a link that includes it. */
const leftOut = (context: PageContext, { totals }: WitnessAnswer): VNode => {
  const { words, path, parameters } = context;
  const including = (name: string): string => {
    const all = new URLSearchParams(parameters);
    all.delete('page');
    all.set(name, 'include');
    return href(context, path, Object.fromEntries(all));
  };
  const line = (key: 'undatedLeftOut' | 'doubtfulLeftOut', name: string): VNode =>
    html`<p class="notice">
      ${words.say(key, { count: totals[key] })}
      <a href=${including(name)}>${words.say('includeThem')}</a>
    </p>`;
  return html`${totals.undatedLeftOut > 0 && line('undatedLeftOut', 'undated')}
  ${totals.doubtfulLeftOut > 0 && line('doubtfulLeftOut', 'doubtful')}`;
};

const sparqlBox = (context: PageContext, sparql: string): VNode => {
  const { words } = context;
  return html`<details class="query">
    <summary>${words.say('asSparql')}</summary>
    <p>${words.say('asSparqlAbout')}</p>
    <pre dir="ltr"><code>${sparql}</code></pre>
    <p><a href=${href(context, '/sparql', { query: sparql })}>${words.say('tryIt')}</a></p>
  </details>`;
};
