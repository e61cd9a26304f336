import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { crm, isnad, rdf, rdfs } from '../model/terms.ts';
import type { QuadObject } from '../rdf/terms.ts';
import {
  objectView,
  propertyView,
  statementsOf,
  thingView,
  valueOf,
  type RecordView,
} from './record-view.ts';
import { isTimeSpan, timeSpanView } from './time-span.ts';

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
    <div class="claim-groups">
      ${[...groups].map(([property, own]) => claimGroup(view, property, own))}
    </div>
  </section>`;
};

/** All that is claimed with one property: a card for each value, however many claim it. */
const claimGroup = (view: RecordView, property: string, claims: readonly string[]): VNode => {
  const values = [...Map.groupBy(claims, (claim) => valueKey(view, claim)).values()];
  return html`<section class=${values.length > 1 ? 'claim-group wide' : 'claim-group'}>
    <h3>${headingOf(view, property)}</h3>
    <ul class="claims">
      ${values.map(
        (own) =>
          html`<li>
            <div class="value">${claimedValue(view, own[0] ?? '')}</div>
            ${[...Map.groupBy(own, (claim) => claimantKey(view, claim)).values()].map((same) =>
              claimantView(view, same),
            )}
          </li>`,
      )}
    </ul>
  </section>`;
};

/** Tells apart what is claimed: the same value in the same words is the same to a reader. */
const valueKey = (view: RecordView, claim: string): string => {
  const values = statementsOf(view, claim, isnad.assertedValue).map(({ object }) =>
    isTimeSpan(view, object.value)
      ? [isnad.beginEarliest, isnad.endLatest, isnad.dateAsWritten]
          .map((property) => valueOf(view, object.value, property))
          .join(' ')
      : object.value,
  );
  return [...values, valueOf(view, claim, isnad.valueAsWritten)].join(' | ');
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

const graphsOf = (view: RecordView, claim: string): string[] => [
  ...new Set(statementsOf(view, claim).map(({ graph }) => graph.value)),
];

/** Tells apart who claims: the same agent in the same dataset is the same claimant. */
const claimantKey = (view: RecordView, claim: string): string =>
  [
    ...graphsOf(view, claim),
    valueOf(view, claim, isnad.assertedBy) ?? valueOf(view, claim, isnad.assertedByName),
  ].join(' ');

/** What one claimant says with a value: who, on what evidence, by which sources. */
const claimantView = (view: RecordView, claims: readonly string[]): VNode => {
  const statements = claims.flatMap((claim) => statementsOf(view, claim));
  const isNamed = statements.some(({ predicate }) => predicate.value === isnad.assertedBy);
  const rows = Map.groupBy(
    statements.filter(
      ({ predicate: { value } }) =>
        !shownByPlace.has(value) && !(isNamed && value === isnad.assertedByName),
    ),
    ({ predicate }) => predicate.value,
  );
  const marks = view.sources.marks([...new Set(claims.flatMap((claim) => graphsOf(view, claim)))]);
  return html`<dl class="part">
    ${[...rows].map(([property, own]) => {
      const values = new Map(own.map(({ object }) => [object.value, object]));
      return html`<dt>${propertyView(view, property)}</dt>
        <dd>
          ${[...values.values()].map((object) => html`<div>${objectView(view, object)}</div>`)}
        </dd>`;
    })}
    <dt>${view.context.words.say('dataset')}</dt>
    <dd>${marks}</dd>
  </dl>`;
};

/** What is claimed: a time-span by its bounds, anything else by its name; and the words for it. */
const claimedValue = (view: RecordView, claim: string): VNode => {
  const { words } = view.context;
  const written = valueOf(view, claim, isnad.valueAsWritten);
  const values = statementsOf(view, claim, isnad.assertedValue).map(({ object }) => object);
  if (values.length === 0) return html`<q lang="und" dir="auto">${written ?? '–'}</q>`;
  return html`${values.map((value) =>
    isTimeSpan(view, value.value)
      ? timeSpanView(view, value.value, written)
      : html`<span>${valueView(view, value)}</span>${
            written !== undefined &&
            written !== value.value &&
            html` <span class="quiet"
              >${words.say('asWritten')} <q lang="und" dir="auto">${written}</q></span
            >`
          }`,
  )}`;
};

/** An identifier claimed as a part shows what it identifies; other nodes their name. */
const valueView = (view: RecordView, value: QuadObject): VNode => {
  const identifier = valueOf(view, value.value, isnad.identifierValue);
  if (identifier !== undefined) return html`<bdi>${identifier}</bdi>`;
  return value.termType === 'NamedNode' ? thingView(view, value.value) : objectView(view, value);
};
