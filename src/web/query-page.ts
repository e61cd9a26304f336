import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { NamedQueryAnswer, PreparedQuery } from '../catalogue/run-named-query.ts';
import { formatNumber } from './language.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { areaTitles } from './queries-page.ts';
import { queryForm, type Choices } from './query-form.ts';
import { queryTable } from './query-table.ts';

export interface QueryPageContent {
  readonly prepared: PreparedQuery;
  readonly answer: NamedQueryAnswer;
  /** What may be chosen for the parameters that name a concept, by parameter. */
  readonly choices: Choices;
  readonly alternates: readonly Alternate[];
}

/** The page of one named question: what it asks, a form for its parameters, and its answer. */
export const renderQueryPage = (context: PageContext, content: QueryPageContent): string => {
  const { words } = context;
  const { prepared, choices, alternates } = content;
  const { question } = prepared;
  const title = question.title[words.language];
  return renderPage(context, {
    title,
    alternates,
    main: html`<article>
      <p class="eyebrow">
        <a href=${href(context, '/queries')}>${words.say('queries')}</a> ·${' '}
        ${words.say(areaTitles[question.area])}
      </p>
      <h1>${title}</h1>
      <p class="lead">${question.about[words.language]}</p>
      ${queryForm(context, prepared, choices)}
      <section aria-labelledby="answer">
        <h2 id="answer">${words.say('queryAnswer')}</h2>
        ${answerView(context, content)}
      </section>
      ${sparqlBox(context, prepared)}
    </article>`,
  });
};

const answerView = (
  context: PageContext,
  { prepared, answer, alternates }: QueryPageContent,
): VNode => {
  const { words } = context;
  const { rows, rowCount } = answer;
  if (rowCount === 0) return html`<p class="notice">${words.say('queryNoRows')}</p>`;
  const [shown, all] = [rows.length, rowCount].map((count) => formatNumber(words.language, count));
  return html`<p>
      ${words.count('rows', rowCount)} · ${words.say('queryDownload')}:
      ${alternates.map(({ name, path }) => html` <a href=${path} dir="ltr">${name}</a>`)}
    </p>
    ${
      rows.length < rowCount &&
      html`<p class="notice">
        ${words.say('queryShownRows', { shown: shown ?? '', rows: all ?? '' })}
      </p>`
    }
    ${queryTable(context, prepared.question, answer)}`;
};

const sparqlBox = (context: PageContext, { question, sparql }: PreparedQuery): VNode => {
  const { words } = context;
  return html`<details class="query">
    <summary>${words.say('querySparql')}</summary>
    <p>${words.say('querySparqlAbout')}</p>
    <pre dir="ltr"><code>${withoutHeader(question.text)}</code></pre>
    <p><a href=${href(context, '/sparql', { query: sparql })}>${words.say('queryOpen')}</a></p>
  </details>`;
};

/** The query itself; what its header says stands on the page. */
const withoutHeader = (text: string): string => text.replaceAll(/^#\+.*\n/gm, '').trim();
