import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { DatasetSummary } from '../catalogue/list-datasets.ts';
import type { Overview } from '../catalogue/overview.ts';
import type { RecordTypeName } from '../model/record-types.ts';
import { datasetTable } from './dataset-table.ts';
import { formatNumber } from './language.ts';
import { linkTo } from './links.ts';
import { renderPage, type PageContext } from './page.ts';
import { shortName } from './sources-view.ts';
import type { TextKey } from './strings.ts';
import { textView } from './text.ts';
import { collectionName } from './type-name.ts';
import { verseLookup } from './verse-lookup.ts';

export interface HomePageContent {
  readonly overview: Overview;
  readonly datasets: readonly DatasetSummary[];
}

interface Area {
  readonly title: TextKey;
  readonly about: TextKey;
  readonly types: readonly RecordTypeName[];
}

/** The four kinds of work the service is for, and the records of each. */
const areas: readonly Area[] = [
  {
    title: 'areaResearch',
    about: 'areaResearchAbout',
    types: [
      'Manuscript',
      'FormerCodex',
      'Person',
      'Organization',
      'Collaboration',
      'ResearchProject',
      'ResearchOutput',
    ],
  },
  {
    title: 'areaConservation',
    about: 'areaConservationAbout',
    types: [
      'ConservationCampaign',
      'ConservationTreatment',
      'ConditionAssessment',
      'Analysis',
      'Digitisation',
    ],
  },
  {
    title: 'areaEducation',
    about: 'areaEducationAbout',
    types: ['Event', 'Programme', 'LearningResource'],
  },
  { title: 'areaAid', about: 'areaAidAbout', types: ['FundingScheme', 'Call', 'Award', 'Need'] },
];

/** Types whose numbers stand at the top. */
const figures: readonly RecordTypeName[] = [
  'Manuscript',
  'Page',
  'Passage',
  'Organization',
  'Person',
  'ResearchOutput',
];

/** The start page: what this is, how much it holds, and the ways in. */
export const renderHomePage = (context: PageContext, content: HomePageContent): string => {
  const { words } = context;
  return renderPage(context, {
    title: words.say('siteTagline'),
    main: html`<article>
      <h1>${words.say('homeLead')}</h1>
      <p class="lead">${words.say('homeAbout')}</p>
      ${verseLookup(context)} ${figuresView(context, content)}
      <h2>${words.say('homeAreas')}</h2>
      <ul class="areas">
        ${areas.map((area) => areaCard(context, content.overview, area))}
      </ul>
      <h2>${words.say('homeDatasets')}</h2>
      ${datasetTable(context, content.datasets)}
      <h2>${words.say('homeMachines')}</h2>
      <p>${words.say('homeMachinesAbout')}</p>
      <ul class="plain">
        <li><code dir="ltr">GET /sparql?query=…</code></li>
        <li><code dir="ltr">GET /api/v1/witnesses?from=2:255&to=2:257</code></li>
        <li><code dir="ltr">GET /doc/manuscript/….ttl</code></li>
      </ul>
    </article>`,
  });
};

const figuresView = (context: PageContext, { overview }: HomePageContent): VNode => {
  const { words } = context;
  const held = figures.filter((type) => overview.counts.has(type));
  if (held.length === 0) return html`<p class="notice">${words.say('homeNothingYet')}</p>`;
  return html`<h2>${words.say('homeHolds')}</h2>
    <ul class="figures">
      ${held.map(
        (type) =>
          html`<li>
            <b>${formatNumber(words.language, overview.counts.get(type) ?? 0)}</b>
            ${collectionName(context, type)}
          </li>`,
      )}
    </ul>`;
};

const areaCard = (context: PageContext, { counts, samples }: Overview, area: Area): VNode => {
  const { words } = context;
  const held = area.types.filter((type) => counts.has(type));
  return html`<li class="card">
    <h3>${words.say(area.title)}</h3>
    <p>${words.say(area.about)}</p>
    <ul>
      ${held.map(
        (type) =>
          html`<li>
            ${collectionName(context, type)}: ${formatNumber(words.language, counts.get(type) ?? 0)}
            ${samples
              .get(type)
              ?.slice(0, 1)
              .map(
                ({ iri, labels }) =>
                  html`<div class="quiet">
                    ${words.say('homeExamples')}${' '}
                    <a href=${linkTo(context, iri)}
                      >${textView(
                        bestText(labels, words.language) ?? { value: shortName(iri), language: '' },
                      )}</a
                    >
                  </div>`,
              )}
          </li>`,
      )}
    </ul>
  </li>`;
};
