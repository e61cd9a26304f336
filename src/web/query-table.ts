import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { Solution } from '../catalogue/graph-reader.ts';
import type { NamedQuery } from '../catalogue/named-query.ts';
import { addressesIn, type NamedQueryAnswer } from '../catalogue/run-named-query.ts';
import { shared, xsd } from '../model/terms.ts';
import type { Literal, Term } from '../rdf/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { linkTo } from './links.ts';
import type { PageContext } from './page.ts';
import { shortName } from './sources-view.ts';
import { textView } from './text.ts';

/**
 * The rows of an answer as a table: a column for each one the question documents, things by their
 * name in the reader's language and linked to what describes them.
 */
export const queryTable = (
  context: PageContext,
  { columns }: NamedQuery,
  answer: NamedQueryAnswer,
): VNode => {
  const names = [...columns.keys()];
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${[...columns.values()].map(
            (column) => html`<th scope="col">${column[context.words.language]}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${answer.rows.map(
          (row) =>
            html`<tr>
              ${names.map((name) => html`<td>${cellView(context, answer, row, name)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const cellView = (
  context: PageContext,
  answer: NamedQueryAnswer,
  row: Solution,
  column: string,
): VNode | undefined => {
  const term = row[column];
  const label = row[`${column}Label`];
  if (term === undefined)
    return label === undefined ? undefined : literalView(context, answer, label);
  if (term.termType === 'NamedNode')
    return thingView(context, term.value, nameOf(context, answer, term.value, label));
  return literalView(context, answer, term);
};

/** How a thing is called: in the reader's language, else as the row says, else by what its IRI tells. */
const nameOf = (
  { words }: PageContext,
  { labels }: NamedQueryAnswer,
  iri: string,
  label: Term | undefined,
): TaggedText => {
  const own = labels.get(iri) ?? [];
  const inLanguage = own.filter(({ language }) => language === words.language);
  if (label?.termType === 'Literal' && (words.language === 'en' || inLanguage.length === 0))
    return { value: label.value, language: label.language };
  const verse = iri.startsWith(shared.quran) ? iri.slice(shared.quran.length) : undefined;
  if (verse !== undefined) return { value: verse, language: 'en' };
  return bestText(own, words.language) ?? { value: nameless(iri), language: 'en' };
};

/** Of things of this service the last part of the address, which is all of it that tells; else all. */
const nameless = (iri: string): string => (iri.length > 60 ? shortName(iri) : iri);

const thingView = (context: PageContext, iri: string, name: TaggedText): VNode => {
  const path = linkTo(context, iri);
  return path === undefined
    ? html`<span title=${iri}>${textView(name)}</span>`
    : html`<a href=${path}>${textView(name)}</a>`;
};

const leftToRight = new Set<string>([xsd.integer, xsd.decimal, xsd.date, xsd.gYear]);

const literalView = (context: PageContext, answer: NamedQueryAnswer, term: Term): VNode => {
  if (term.termType !== 'Literal') return html`<bdi dir="ltr">${term.value}</bdi>`;
  const { value, language, datatype }: Literal = term;
  if (datatype.value === xsd.boolean)
    return html`<span>${context.words.say(value === 'true' ? 'yes' : 'no')}</span>`;
  if (leftToRight.has(datatype.value)) return html`<bdi class="whole" dir="ltr">${value}</bdi>`;
  const addresses = addressesIn(value);
  if (addresses.length > 0)
    return html`${addresses.map(
      (address) =>
        html`<div>
          ${thingView(context, address, nameOf(context, answer, address, undefined))}
        </div>`,
    )}`;
  return textView({ value, language });
};
