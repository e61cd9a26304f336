import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { Witness } from '../catalogue/find-witnesses.ts';
import { sourcesOf } from '../catalogue/witness-nodes.ts';
import { passageAt, type WitnessPassage } from '../catalogue/witness-passages.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type {
  DateNote,
  ScriptNote,
  WitnessObject,
  WitnessSnapshot,
} from '../search/witness-snapshot.ts';
import { dateView } from './date-view.ts';
import { linkTo } from './links.ts';
import type { PageContext } from './page.ts';
import { shortName, type SourceList } from './sources-view.ts';
import { textView } from './text.ts';

/** The manuscripts of a list of witnesses, a row each. */
export const witnessTable = (
  context: PageContext,
  snapshot: WitnessSnapshot,
  sources: SourceList,
  witnesses: readonly Witness[],
): VNode => {
  const { words } = context;
  return html`<table class="witnesses">
    <thead>
      <tr>
        <th scope="col">${words.say('witnessesColumn')}</th>
        <th scope="col">${words.say('date')}</th>
        <th scope="col">${words.say('script')}</th>
        <th scope="col">${words.say('textColumn')}</th>
      </tr>
    </thead>
    <tbody>
      ${witnesses.map((witness) => witnessRow(context, snapshot, sources, witness))}
    </tbody>
  </table>`;
};

const witnessRow = (
  context: PageContext,
  snapshot: WitnessSnapshot,
  sources: SourceList,
  { object, onPages, ofWhole }: Witness,
): VNode => {
  const { words } = context;
  const passages = [...onPages, ...ofWhole].map((position) => passageAt(snapshot, position));
  return html`<tr>
    <th scope="row">
      ${nameView(context, object)}
      ${sources.marks(sourcesOf({ ...object, dates: [], scripts: [] }, passages))}
      <div class="quiet">${holderView(context, object)}</div>
      ${otherRecords(context, object)}
    </th>
    <td data-label=${words.say('date')}>
      ${
        object.dates.length === 0
          ? html`<span class="quiet">${words.say('undated')}</span>`
          : sayingTheSame(object.dates, dateKey).map(
              ([date, graphs]) =>
                html`<div>
                  ${dateView(words, date, date.asWritten ?? date.claimedAs)}${sources.marks(graphs)}
                </div>`,
            )
      }
    </td>
    <td data-label=${words.say('script')}>
      ${sayingTheSame(object.scripts, scriptKey).map(
        ([script, graphs]) =>
          html`<div>${scriptView(context, snapshot, script)}${sources.marks(graphs)}</div>`,
      )}
    </td>
    <td data-label=${words.say('textColumn')}>
      <ul class="passages">
        ${passages.map((passage) => html`<li>${passageView(context, passage)}</li>`)}
      </ul>
    </td>
  </tr>`;
};

/** Claims that say the same once each, with the graphs of all that say so. */
const sayingTheSame = <Claim extends { readonly graph: string }>(
  claims: readonly Claim[],
  keyOf: (claim: Claim) => string,
): (readonly [Claim, readonly string[]])[] =>
  [...Map.groupBy(claims, keyOf).values()].flatMap((own) => {
    const [first] = own;
    const graphs = [...new Set(own.map(({ graph }) => graph))];
    return first === undefined ? [] : [[first, graphs] as const];
  });

const dateKey = ({ earliest, latest, asWritten, claimedAs }: DateNote): string =>
  [earliest, latest, asWritten ?? claimedAs].join(' ');

const scriptKey = ({ concept, asWritten }: ScriptNote): string => [concept, asWritten].join(' ');

const bestOrIri = (context: PageContext, texts: readonly TaggedText[], iri: string): TaggedText =>
  bestText(texts, context.words.language) ?? { value: shortName(iri), language: '' };

const nameView = (context: PageContext, { labels, shelfmarks, records }: WitnessObject): VNode => {
  const iri = records[0]?.iri ?? '';
  const shelfmark = shelfmarks[0];
  const name =
    bestText(labels, context.words.language) ??
    (shelfmark === undefined ? bestOrIri(context, [], iri) : { value: shelfmark, language: '' });
  return html`<a href=${linkTo(context, iri)}>${textView(name)}</a>`;
};

/** The holder with its place, and the shelfmark. */
const holderView = (context: PageContext, { holders, shelfmarks }: WitnessObject): VNode => {
  const { words } = context;
  const parts = holders.map(({ iri, labels, place }) => {
    const name = bestOrIri(context, labels, iri);
    const town = place === undefined ? undefined : bestText(place.labels, words.language);
    return html`<a href=${linkTo(context, iri)}>${textView(name)}</a>${
        town !== undefined &&
        !name.value.includes(town.value) &&
        html`${words.say('listSeparator')}${textView(town)}`
      }`;
  });
  return html`${parts}${shelfmarks.map(
    (shelfmark) => html` · ${textView({ value: shelfmark, language: '' })}`,
  )}`;
};

const otherRecords = (context: PageContext, { records }: WitnessObject): VNode | undefined =>
  records.length < 2
    ? undefined
    : html`<div class="quiet">
        ${context.words.say('sameObjectRecords')}:
        ${records.map(
          ({ iri }, place) =>
            html`${place > 0 && context.words.say('listSeparator')}
              <a href=${linkTo(context, iri)}><bdi dir="ltr">${shortName(iri)}</bdi></a>`,
        )}
      </div>`;

const scriptView = (
  context: PageContext,
  { concepts }: WitnessSnapshot,
  { concept, asWritten }: ScriptNote,
): VNode => {
  const written =
    asWritten !== undefined &&
    html`<span class="quiet"><q lang="und" dir="auto">${asWritten}</q></span>`;
  if (concept === undefined) return html`${written}`;
  return html`${textView(bestOrIri(context, concepts[concept]?.labels ?? [], concept))} ${written}`;
};

const passageView = (context: PageContext, passage: WitnessPassage): VNode => {
  const { words } = context;
  const remarks = [
    passage.startsWithHeading || passage.endsWithHeading ? words.say('heading') : '',
    passage.doubtful ? words.say('doubtful') : '',
  ].filter((remark) => remark !== '');
  return html`${
      passage.page === undefined
        ? html`<span class="tag">${words.say('ofTheWhole')}</span> `
        : html`<a class="page-label" href=${linkTo(context, passage.page.iri)}
            ><bdi>${passage.page.label}</bdi></a
          > `
    }<bdi class="extent" dir="ltr">${extentText(passage)}</bdi>${remarks.map(
      (remark) => html` <span class="tag">${remark}</span>`,
    )}`;
};

/** The extent of a passage with its word indexes, as `2:255(11)–2:259`. */
const extentText = ({ range, startWord, endWord }: WitnessPassage): string => {
  const [start = '', end = start] = range.split('-');
  const first = startWord === undefined ? start : `${start}(${startWord})`;
  const last = endWord === undefined ? end : `${end}(${endWord})`;
  return first === last ? first : `${first}–${last}`;
};
