import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { RecordDescription } from '../catalogue/record-description.ts';
import { isnad, prefixes, shared, xsd } from '../model/terms.ts';
import type { Literal, Quad, QuadObject } from '../rdf/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { linkTo } from './links.ts';
import type { PageContext } from './page.ts';
import { shortName, type SourceList } from './sources-view.ts';
import { textView } from './text.ts';

/** What the parts of a record's page need: the request, the record, and the numbering of sources. */
export interface RecordView {
  readonly context: PageContext;
  readonly description: RecordDescription;
  readonly sources: SourceList;
}

/** The statements about one node, all or those with one property. */
export const statementsOf = (
  { description }: Pick<RecordView, 'description'>,
  subject: string,
  property?: string,
): Quad[] =>
  description.quads.filter(
    (each) =>
      each.subject.value === subject &&
      (property === undefined || each.predicate.value === property),
  );

/** The first value of a property of a node, as text. */
export const valueOf = (
  view: Pick<RecordView, 'description'>,
  subject: string,
  property: string,
): string | undefined => statementsOf(view, subject, property)[0]?.object.value;

/** How a thing is called: its label, else what it is known by, else the end of its IRI. */
export const nameOf = (
  { context, description }: Pick<RecordView, 'context' | 'description'>,
  iri: string,
): TaggedText => {
  const known = bestText(description.labels.get(iri) ?? [], context.words.language);
  if (known !== undefined) return known;
  if (iri.startsWith(shared.quran)) return { value: iri.slice(shared.quran.length), language: '' };
  return { value: shortName(iri), language: '' };
};

/** How a property is called: by the ontology's label, else by its name taken apart. */
export const propertyName = (view: RecordView, property: string): TaggedText => {
  const labels = view.description.labels.get(property);
  const label = bestText(labels ?? [], view.context.words.language);
  if (label !== undefined) return label;
  const apart = shortName(property)
    .replace(/^P\d+i?_/, '')
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(
      /([a-z])([A-Z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    );
  return { value: apart, language: 'en' };
};

/** A property's name, with its IRI as a hint. */
export const propertyView = (view: RecordView, property: string): VNode =>
  html`<span title=${compactIri(property)}>${textView(propertyName(view, property))}</span>`;

/** An IRI with a known prefix, as `isnad:holder`. */
const compactIri = (iri: string): string => {
  const known = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return known === undefined ? iri : `${known[0]}:${iri.slice(known[1].length)}`;
};

/** A thing by its name, as a link where there is something to lead to. */
export const thingView = (view: RecordView, iri: string): VNode => {
  const path = linkTo(view.context, iri);
  const isOutside = path === iri && !view.description.labels.has(iri);
  if (isOutside) return outsideLink(iri);
  const name = textView(nameOf(view, iri));
  if (path !== undefined) return html`<a href=${path}>${name}</a>`;
  return view.description.labels.has(iri) || iri.startsWith(shared.base)
    ? html`<span title=${iri}>${name}</span>`
    : html`<code dir="ltr">${iri}</code>`;
};

const shownAddressMax = 40;

/** A link out of the service; of a long address its host and its end are shown. */
export const outsideLink = (iri: string): VNode => {
  const text = iri.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  const parts = text.split('/');
  const isLong = text.length > shownAddressMax && parts.length > 2;
  const shown = isLong ? `${parts[0]}/…/${parts.at(-1)}` : text;
  return html`<a href=${iri} rel="external" title=${iri}><bdi dir="ltr">${shown}</bdi></a>`;
};

/** A value as a statement has it. */
export const objectView = (view: RecordView, object: QuadObject): VNode =>
  object.termType === 'Literal' ? literalView(view, object) : thingView(view, object.value);

const literalView = ({ context }: RecordView, { value, language, datatype }: Literal): VNode => {
  const { words } = context;
  if (datatype.value === xsd.boolean)
    return html`<span>${words.say(value === 'true' ? 'yes' : 'no')}</span>`;
  if (datatype.value === xsd.string || language !== '') return textView({ value, language });
  return html`<bdi dir="ltr">${value}</bdi>`;
};

/** Whether a node is the record's own part, at the record's address with a fragment. */
export const isPart = ({ description }: RecordView, iri: string): boolean =>
  iri.startsWith(`${description.iri}#`);

/** The name of the record itself. */
export const recordName = (view: Pick<RecordView, 'context' | 'description'>): TaggedText => {
  const { iri, labels } = view.description;
  const known = bestText(labels.get(iri) ?? [], view.context.words.language);
  if (known !== undefined) return known;
  const own = [isnad.pageLabel, isnad.verbatimKey, isnad.valueAsWritten, isnad.shelfmark]
    .map((property) => valueOf(view, iri, property))
    .find((value) => value !== undefined);
  return {
    value: own ?? view.context.words.say('untitled'),
    language: own === undefined ? view.context.words.language : '',
  };
};
