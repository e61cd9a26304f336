import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { queryAreas, type NamedQuery, type QueryArea } from '../catalogue/named-query.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import type { TextKey } from './strings.ts';

/** What each area of questions is called on the pages. */
export const areaTitles = {
  research: 'areaResearch',
  conservation: 'areaConservation',
  education: 'areaEducation',
  aid: 'areaAid',
} as const satisfies Record<QueryArea, TextKey>;

/** The page that lists all named questions by their area. */
export const renderQueriesPage = (
  context: PageContext,
  questions: readonly NamedQuery[],
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  return renderPage(context, {
    title: words.say('queriesHeading'),
    alternates,
    main: html`<article>
      <h1>${words.say('queriesHeading')}</h1>
      <p class="lead">${words.say('queriesIntro')}</p>
      ${queryAreas.map((area) => areaSection(context, questions, area))}
    </article>`,
  });
};

const areaSection = (
  context: PageContext,
  questions: readonly NamedQuery[],
  area: QueryArea,
): VNode => {
  const { words } = context;
  return html`<section aria-labelledby=${`area-${area}`}>
    <h2 id=${`area-${area}`}>${words.say(areaTitles[area])}</h2>
    <dl>
      ${questions
        .filter((question) => question.area === area)
        .map(
          ({ name, title, about }) =>
            html`<dt>
                <a href=${href(context, `/queries/${name}`)}>${title[words.language]}</a>
              </dt>
              <dd class="quiet">${about[words.language]}</dd>`,
        )}
    </dl>
  </section>`;
};
