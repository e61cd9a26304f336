import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { mediaTypes } from '../rdf/media-types.ts';
import { exampleQueries } from './example-queries.ts';
import { href, renderPage, type PageContext } from './page.ts';

/** What the form starts with: the query of the address, or the first example. */
export interface SparqlPageContent {
  readonly query?: string | undefined;
}

/**
 * The page on which people ask the graph. It works without its script: the form then leads to the
 * answer itself, in the format chosen. With the script the answer shows as a table on the page.
 */
export const renderSparqlPage = (context: PageContext, { query }: SparqlPageContent): string => {
  const { words } = context;
  const text = query ?? exampleQueries[0]?.query ?? '';
  return renderPage(context, {
    title: words.say('sparqlHeading'),
    scripts: ['sparql-editor.js'],
    main: html`<article>
      <h1>${words.say('sparqlHeading')}</h1>
      <p class="lead">${words.say('sparqlIntro')}</p>
      <form class="editor" id="editor" method="get" action="/sparql" ...${messages(context)}>
        <label for="query">${words.say('sparqlQuery')}</label>
        <textarea id="query" name="query" spellcheck=${false} dir="ltr" rows="14">${text}</textarea>
        <div class="actions">
          <button type="submit">${words.say('sparqlRun')}</button>
          <button type="button" class="second" id="stop" hidden>
            ${words.say('sparqlCancel')}
          </button>
          <label>${words.say('sparqlFormat')} ${formatChoice(context)}</label>
        </div>
      </form>
      <section aria-labelledby="answer-heading" class="answer" id="answer" hidden>
        <h2 id="answer-heading">${words.say('sparqlAnswer')}</h2>
        <p id="status" role="status"></p>
        <div class="scroll" id="result" dir="ltr"></div>
      </section>
      <h2>${words.say('sparqlExamples')}</h2>
      <ul>
        ${exampleQueries.map(
          (example) =>
            html`<li>
              <a href=${href(context, '/sparql', { query: example.query })}
                >${example.title[words.language]}</a
              >
            </li>`,
        )}
      </ul>
    </article>`,
  });
};

const formatChoice = ({ words }: PageContext): VNode =>
  html`<select name="format" id="format">
    <option value="" data-needs-script hidden>${words.say('sparqlTable')}</option>
    ${Object.values(mediaTypes).map(
      ({ format, name }) => html`<option value=${format}>${name}</option>`,
    )}
  </select>`;

/** What the script says, in the language of the page. */
const messages = ({ words, iris }: PageContext): Readonly<Record<string, string>> => ({
  'data-base': iris.base,
  'data-running': words.say('sparqlRunning'),
  'data-stopped': words.say('sparqlStopped'),
  'data-rows': words.say('sparqlRows'),
  'data-shown-rows': words.say('sparqlShownRows'),
  'data-yes': words.say('sparqlYes'),
  'data-no': words.say('sparqlNo'),
  'data-unreachable': words.say('sparqlUnreachable'),
});
