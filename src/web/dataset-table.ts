import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { DatasetSummary } from '../catalogue/list-datasets.ts';
import { linkTo } from './links.ts';
import type { PageContext } from './page.ts';
import { licenceView, shortName } from './sources-view.ts';
import { textView } from './text.ts';

/** Datasets with their licence and size, a row each. */
export const datasetTable = (context: PageContext, datasets: readonly DatasetSummary[]): VNode => {
  const { words } = context;
  if (datasets.length === 0) return html`<p class="notice">${words.say('noDatasets')}</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col" class="sentence">${words.say('dataset')}</th>
          <th scope="col">${words.say('licence')}</th>
          <th scope="col" class="wide-only">${words.say('rightsHolder')}</th>
          <th scope="col" class="number">${words.say('size')}</th>
        </tr>
      </thead>
      <tbody>
        ${datasets.map(({ iri, note, quads }) => {
          const title = bestText(note?.titles ?? [], words.language);
          const name = textView(title ?? { value: shortName(iri), language: '' });
          const path = linkTo(context, iri);
          return html`<tr>
            <th scope="row">${path === undefined ? name : html`<a href=${path}>${name}</a>`}</th>
            <td>${licenceView(context, note?.licence)}</td>
            <td class="wide-only">${note?.rightsHolder}</td>
            <td class="number">${words.count('statements', quads)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
};
