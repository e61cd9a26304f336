import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { DatasetDescription, DatasetSummary } from '../catalogue/list-datasets.ts';
import { dcterms } from '../model/terms.ts';
import { datasetTable } from './dataset-table.ts';
import { formatNumber } from './language.ts';
import { linkTo } from './links.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { outsideLink } from './record-view.ts';
import { licenceView, shortName } from './sources-view.ts';
import { textView } from './text.ts';
import { typeName } from './type-name.ts';

/** The page that lists all datasets. */
export const renderDatasetsPage = (
  context: PageContext,
  datasets: readonly DatasetSummary[],
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  return renderPage(context, {
    title: words.say('datasets'),
    alternates,
    main: html`<article>
      <h1>${words.say('datasets')}</h1>
      <p class="lead">${words.say('datasetsIntro')}</p>
      ${datasetTable(context, datasets)}
    </article>`,
  });
};

/** The page about one dataset: whose it is, under which licence, and what it describes. */
export const renderDatasetPage = (
  context: PageContext,
  description: DatasetDescription,
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  const { iri, note, quads, types } = description;
  const title = bestText(note?.titles ?? [], words.language) ?? {
    value: shortName(iri),
    language: '',
  };
  return renderPage(context, {
    title: title.value,
    alternates,
    main: html`<article>
      <p class="eyebrow">
        <a href=${href(context, '/datasets')}>${words.say('dataset')}</a>
      </p>
      <h1>${textView(title)}</h1>
      <p class="quiet"><bdi dir="ltr">${iri}</bdi></p>
      <dl class="statements">
        ${row(words.say('licence'), licenceView(context, note?.licence))}
        ${note?.rightsHolder !== undefined && row(words.say('rightsHolder'), plain(note.rightsHolder))}
        ${note?.attribution !== undefined && row(words.say('attribution'), plain(note.attribution))}
        ${sourceRow(context, description)}
        ${row(words.say('size'), html`<span>${words.count('statements', quads)}</span>`)}
      </dl>
      <h2>${words.say('holdings')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('recordType')}</th>
            <th scope="col" class="number">${words.say('number')}</th>
          </tr>
        </thead>
        <tbody>
          ${types.map(
            ({ type, labels, count }) =>
              html`<tr>
                <th scope="row" class="sentence" title=${type}>
                  ${bestText(labels, words.language)?.value ?? typeName(context, type)}
                </th>
                <td class="number">${formatNumber(words.language, count)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </article>`,
  });
};

const plain = (value: string): VNode => textView({ value, language: '' });

const row = (name: string, value: VNode): VNode =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

const sourceRow = (context: PageContext, { statements }: DatasetDescription): VNode | undefined => {
  const sources = statements.filter(({ predicate }) => predicate.value === dcterms.source);
  if (sources.length === 0) return undefined;
  const views = sources.map(({ object: { value } }) => {
    const path = linkTo(context, value);
    return html`<div>
      ${path === undefined ? html`<bdi dir="ltr">${value}</bdi>` : outsideLink(value)}
    </div>`;
  });
  return row(context.words.say('statedSource'), html`${views}`);
};
