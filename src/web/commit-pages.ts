import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { CommitPage, CommitView } from '../catalogue/commits.ts';
import type { DiffView } from '../catalogue/diff-forms.ts';
import type { Touched } from '../store/time.ts';
import { commitTimeline } from './commit-timeline.ts';
import { formatNumber } from './language.ts';
import { linkTo } from './links.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { textView } from './text.ts';

/** A list of commits and what it is a list of. */
export interface CommitList {
  readonly page: CommitPage;
  /** What the commits touched; nothing when they are all there are. */
  readonly of: Touched | undefined;
  /** Path of the part of the list that is older. */
  readonly next: string | undefined;
  readonly alternates: readonly Alternate[];
}

/** The page that lists commits: all of them, those of a graph, or those that touched a record. */
export const renderCommitsPage = (
  context: PageContext,
  { page, of, next, alternates }: CommitList,
): string => {
  const { words } = context;
  const title = of ? words.say('history') : words.say('commits');
  const older = next === undefined ? undefined : withLanguage(context, next);
  return renderPage(context, {
    title,
    alternates,
    main: html`<article>
      <h1>${title}</h1>
      ${of && html`<p class="quiet">${nameView(context, of.kind === 'graph' ? of.graph : of.iri)}</p>`}
      <p class="lead">${words.say(introOf(of))}</p>
      ${commitTimeline(context, page.commits)}
      ${page.commits.length === 0 ? html`<p>${words.say('noCommits')}</p>` : commitTable(context, page.commits)}
      ${
        older !== undefined &&
        html`<nav class="pager" aria-label=${words.say('pagerLabel')}>
          <a rel="next" href=${older}>${words.say('olderCommits')}</a>
        </nav>`
      }
    </article>`,
  });
};

const introOf = (of: Touched | undefined) => {
  if (!of) return 'commitsIntro';
  return of.kind === 'graph' ? 'historyOfGraph' : 'historyIntro';
};

const withLanguage = ({ languageChosen, words }: PageContext, path: string): string => {
  if (!languageChosen) return path;
  const [pathname = '', query] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('lang', words.language);
  return `${pathname}?${parameters}`;
};

const commitTable = (context: PageContext, commits: readonly CommitView[]): VNode => {
  const { words } = context;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say('commitColumn')}</th>
          <th scope="col">${words.say('recordedAt')}</th>
          <th scope="col">${words.say('actor')}</th>
          <th scope="col">${words.say('commitMessage')}</th>
          <th scope="col" class="number">${words.say('added')}</th>
          <th scope="col" class="number">${words.say('removed')}</th>
        </tr>
      </thead>
      <tbody>
        ${commits.map(
          (commit) =>
            html`<tr>
              <th scope="row">
                <a href=${href(context, `/commits/${commit.sequence}`)}>${commit.sequence}</a>
              </th>
              <td>${timeView(commit.recordedAt)}</td>
              <td>${plain(commit.actor)}</td>
              <td>${plain(commit.message)}</td>
              <td class="number">${formatNumber(words.language, commit.addedQuads)}</td>
              <td class="number">${formatNumber(words.language, commit.removedQuads)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const timeView = (iso: string): VNode =>
  html`<time datetime=${iso} dir="ltr">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;

const plain = (value: string): VNode => textView({ value, language: '' });

/** An IRI, as a link where it leads to something of this service. */
const nameView = (context: PageContext, iri: string): VNode => {
  if (iri === '') return html`<span>${context.words.say('defaultGraph')}</span>`;
  const path = linkTo(context, iri);
  const name = html`<bdi dir="ltr">${iri}</bdi>`;
  return path?.startsWith('/') === true ? html`<a href=${path}>${name}</a>` : name;
};

/** The page about one commit. */
export const renderCommitPage = (
  context: PageContext,
  commit: CommitView,
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  const title = words.say('commitNumber', { number: commit.sequence });
  const undoes = commit.details?.undoes;
  return renderPage(context, {
    title,
    alternates,
    main: html`<article>
      <p class="eyebrow"><a href=${href(context, '/commits')}>${words.say('commits')}</a></p>
      <h1>${title}</h1>
      <p class="lead">${plain(commit.message)}</p>
      <dl class="statements">
        ${row(words.say('recordedAt'), timeView(commit.recordedAt))}
        ${row(words.say('actor'), plain(commit.actor))}
        ${row(words.say('activity'), html`<span dir="ltr">${commit.activity}</span>`)}
        ${
          undoes !== undefined &&
          row(
            words.say('undoesCommit'),
            html`<a href=${href(context, `/commits/${undoes}`)}
              >${words.say('commitNumber', { number: undoes })}</a
            >`,
          )
        }
        ${
          commit.withheldQuads !== undefined &&
          row(
            words.say('withheldQuads'),
            html`<span>${formatNumber(words.language, commit.withheldQuads)}</span>`,
          )
        }
        ${row('SHA-256', html`<code dir="ltr">${commit.hash}</code>`)}
      </dl>
      <p>
        <a href=${href(context, `/commits/${commit.sequence}/diff`, { format: 'html' })}
          >${words.say('whatChanged')}</a
        >
      </p>
      ${graphTable(context, commit.graphs)}
    </article>`,
  });
};

const row = (name: string, value: VNode): VNode =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

const graphTable = (context: PageContext, graphs: CommitView['graphs']): VNode => {
  const { words } = context;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say('graph')}</th>
          <th scope="col" class="number">${words.say('added')}</th>
          <th scope="col" class="number">${words.say('removed')}</th>
        </tr>
      </thead>
      <tbody>
        ${graphs.map(
          ({ graph, addedQuads, removedQuads, created, dropped }) =>
            html`<tr>
              <th scope="row">
                ${nameView(context, graph)}
                ${created && html`<span class="quiet">${words.say('graphCreated')}</span>`}
                ${dropped && html`<span class="quiet">${words.say('graphDropped')}</span>`}
              </th>
              <td class="number">${formatNumber(words.language, addedQuads)}</td>
              <td class="number">${formatNumber(words.language, removedQuads)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

/** The page that shows a diff, line by line. */
export const renderDiffPage = (
  context: PageContext,
  diff: DiffView,
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  const title = words.say('changesFrom', { from: diff.from, to: diff.to });
  return renderPage(context, {
    title,
    alternates,
    main: html`<article>
      <p class="eyebrow">
        <a href=${href(context, `/commits/${diff.to}`)}
          >${words.say('commitNumber', { number: diff.to })}</a
        >
      </p>
      <h1>${title}</h1>
      <p>
        ${words.count('addedStatements', diff.addedQuads)}${words.say('listSeparator')}${words.count(
          'removedStatements',
          diff.removedQuads,
        )}
      </p>
      ${diff.truncated && html`<p class="card">${words.say('diffTruncated')}</p>`}
      ${diff.graphs.length === 0 && html`<p>${words.say('noChanges')}</p>`}
      ${diff.graphs.map(
        ({ graph, removed, added }) =>
          html`<section>
            <h2>${nameView(context, graph)}</h2>
            <pre class="diff" dir="ltr">
${removed.map((line) => html`<del>− ${line}${'\n'}</del>`)}${added.map(
  (line) => html`<ins>+ ${line}${'\n'}</ins>`,
)}</pre>
          </section>`,
      )}
    </article>`,
  });
};
