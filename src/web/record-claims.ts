import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { crm, isnad, rdf, rdfs } from '../model/terms.ts';
import type { QuadObject } from '../rdf/terms.ts';
import { dateView } from './date-view.ts';
import {
  objectView,
  propertyView,
  statementsOf,
  thingView,
  valueOf,
  type RecordView,
} from './record-view.ts';

/** The assertions about the record or its parts, by what they claim, side by side. */
export const claimSections = (view: RecordView): VNode | undefined => {
  const { quads } = view.description;
  const claims = [
    ...new Set(
      quads
        .filter(({ predicate }) => predicate.value === isnad.about)
        .map(({ subject }) => subject.value),
    ),
  ].toSorted();
  if (claims.length === 0) return undefined;
  const groups = Map.groupBy(claims, (claim) => valueOf(view, claim, isnad.assertedProperty) ?? '');
  const { words } = view.context;
  return html`<section aria-labelledby="claims">
    <h2 id="claims">${words.say('assertions')}</h2>
    <p class="quiet">${words.say('assertionsAbout')}</p>
    ${[...groups].map(
      ([property, own]) =>
        html`<h3>${headingOf(view, property)}</h3>
          <ul class="claims">
            ${own.map((claim) => html`<li>${claimView(view, claim)}</li>`)}
          </ul>`,
    )}
  </section>`;
};

/** What is claimed, in a word: a time-span is a date to a reader. */
const headingOf = (view: RecordView, property: string): VNode =>
  property === crm['P4_has_time-span']
    ? html`<span>${view.context.words.say('date')}</span>`
    : propertyView(view, property);

/** Properties of an assertion that its card shows by their place, not as rows. */
const shownByPlace: ReadonlySet<string> = new Set([
  rdf.type,
  isnad.about,
  isnad.assertedProperty,
  isnad.assertedValue,
  isnad.valueAsWritten,
  isnad.sourceKey,
  isnad.sourceElement,
  isnad.sourceFile,
  rdfs.label,
]);

const claimView = (view: RecordView, claim: string): VNode => {
  const statements = statementsOf(view, claim);
  const graphs = [...new Set(statements.map(({ graph }) => graph.value))];
  const rest = Map.groupBy(
    statements.filter(({ predicate }) => !shownByPlace.has(predicate.value)),
    ({ predicate }) => predicate.value,
  );
  return html`<div class="value">${claimedValue(view, claim)}${view.sources.marks(graphs)}</div>
    <dl class="part">
      ${[...rest].map(
        ([property, own]) =>
          html`<dt>${propertyView(view, property)}</dt>
            <dd>${own.map(({ object }) => html`<div>${objectView(view, object)}</div>`)}</dd>`,
      )}
    </dl>`;
};

/** What is claimed: a time-span by its bounds, anything else by its name; and the words for it. */
const claimedValue = (view: RecordView, claim: string): VNode => {
  const { words } = view.context;
  const written = valueOf(view, claim, isnad.valueAsWritten);
  const values = statementsOf(view, claim, isnad.assertedValue).map(({ object }) => object);
  if (values.length === 0) return html`<q lang="und" dir="auto">${written ?? '–'}</q>`;
  return html`${values.map((value) =>
    isTimeSpan(view, value)
      ? dateView(
          words,
          {
            earliest: valueOf(view, value.value, isnad.beginEarliest),
            latest: valueOf(view, value.value, isnad.endLatest),
          },
          valueOf(view, value.value, isnad.dateAsWritten) ?? written,
        )
      : html`<span>${valueView(view, value)}</span>${
            written !== undefined &&
            written !== value.value &&
            html` <span class="quiet"
              >${words.say('asWritten')} <q lang="und" dir="auto">${written}</q></span
            >`
          }`,
  )}`;
};

const isTimeSpan = (view: RecordView, { value }: QuadObject): boolean =>
  statementsOf(view, value, rdf.type).some(({ object }) => object.value === isnad.TimeSpan);

/** An identifier claimed as a part shows what it identifies; other nodes their name. */
const valueView = (view: RecordView, value: QuadObject): VNode => {
  const identifier = valueOf(view, value.value, isnad.identifierValue);
  if (identifier !== undefined) return html`<bdi>${identifier}</bdi>`;
  return value.termType === 'NamedNode' ? thingView(view, value.value) : objectView(view, value);
};
