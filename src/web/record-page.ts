import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { RecordDescription } from '../catalogue/record-description.ts';
import { typesOf } from '../catalogue/describe-record.ts';
import { inboundSparql } from '../catalogue/inbound-sparql.ts';
import { isnad } from '../model/terms.ts';
import { href, renderPage, type Alternate, type PageContext } from './page.ts';
import { claimSections } from './record-claims.ts';
import { pageSection } from './record-pages.ts';
import { statementList } from './record-statements.ts';
import { propertyName, recordName, thingView, type RecordView } from './record-view.ts';
import { createSourceList } from './sources-view.ts';
import { textView } from './text.ts';
import { typeName } from './type-name.ts';

/** The page about one record. */
export const renderRecordPage = (
  context: PageContext,
  description: RecordDescription,
  alternates: readonly Alternate[],
): string => {
  const { words } = context;
  const sources = createSourceList(context, description.datasets);
  const view: RecordView = { context, description, sources };
  const name = recordName(view);
  const types = typesOf(description).map((type) => typeName(context, type));
  return renderPage(context, {
    title: name.value,
    alternates,
    main: html`<article>
      <p class="eyebrow">
        ${types.join(words.say('listSeparator'))}${wholeOf(view).map(
          (whole) => html`${' · '}${thingView(view, whole)}`,
        )}
      </p>
      <h1>${textView(name)}</h1>
      <p class="quiet">
        <bdi dir="ltr">${description.iri}</bdi>${historyLink(context, description.iri)}
      </p>
      ${sameSection(view)}
      <section aria-labelledby="statements">
        <h2 id="statements">${words.say('statements')}</h2>
        ${statementList(view)}
      </section>
      ${claimSections(view)} ${pageSection(view)} ${inboundSection(view)} ${sources.legend()}
    </article>`,
  });
};

/** The way to the commits that touched the record. */
const historyLink = (context: PageContext, iri: string): VNode | undefined => {
  const ids = `${context.iris.base}id/`;
  if (!iri.startsWith(ids)) return undefined;
  const path = `/doc/${iri.slice(ids.length)}/history`;
  return html`${' · '}<a href=${href(context, path)}>${context.words.say('history')}</a>`;
};

/** What a page or a passage is a part of. */
const wholeOf = ({ description }: RecordView): string[] => [
  ...new Set(
    description.quads
      .filter(({ subject, predicate }) => {
        const isOfThis = subject.value === description.iri;
        return isOfThis && [isnad.pageOf, isnad.passageOf].some((each) => each === predicate.value);
      })
      .map(({ object }) => object.value),
  ),
];

const sameSection = (view: RecordView): VNode | undefined =>
  view.description.same.length === 0
    ? undefined
    : html`<p class="card">
        ${view.context.words.say('sameObject')}:${view.description.same.map(
          (iri, place) => html`${place > 0 ? ' · ' : ' '}${thingView(view, iri)}`,
        )}
      </p>`;

/** What refers to the record, by property, with the way to all of it where not all is shown. */
const inboundSection = (view: RecordView): VNode | undefined => {
  const { context, description } = view;
  const { words } = context;
  if (description.inbound.length === 0) return undefined;
  return html`<section aria-labelledby="inbound">
    <h2 id="inbound">${words.say('inbound')}</h2>
    <dl class="statements">
      ${description.inbound.map(
        ({ property, count, subjects }) =>
          html`<dt>
              ${words.say('inboundFrom', { property: propertyName(view, property).value })}
            </dt>
            <dd>
              ${subjects.map((iri) => html`<div>${thingView(view, iri)}</div>`)}
              ${
                count > subjects.length &&
                html`<div class="quiet">
                  ${words.say('shownOf', { shown: subjects.length, total: count })}${' · '}
                  <a
                    href=${href(context, '/sparql', {
                      query: inboundSparql(description.iri, property),
                    })}
                    >${words.say('seeAll')}</a
                  >
                </div>`
              }
            </dd>`,
      )}
    </dl>
  </section>`;
};
