import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { DatasetNote } from '../search/witness-snapshot.ts';
import { linkTo } from './links.ts';
import type { PageContext } from './page.ts';
import { textView } from './text.ts';

/** The sources of a page's statements: a numbered marker at each statement, and their legend. */
export interface SourceList {
  /** The markers of the graphs that state something. */
  readonly marks: (graphs: readonly string[]) => VNode;
  /** The legend of all sources marked so far; stands after the statements. */
  readonly legend: () => VNode;
}

/** Numbers the sources in the order in which they are first marked. */
export const createSourceList = (
  context: PageContext,
  notes: Readonly<Record<string, DatasetNote>>,
): SourceList => {
  const numbers = new Map<string, number>();
  const { words } = context;
  const titleOf = (graph: string): string =>
    bestText(notes[graph]?.titles ?? [], words.language)?.value ?? shortName(graph);
  const mark = (graph: string): VNode => {
    const number = numbers.get(graph) ?? numbers.size + 1;
    numbers.set(graph, number);
    const title = words.say('sourceMarker', { number, title: titleOf(graph) });
    return html`<a class="source" href=${`#source-${number}`} title=${title}
      ><span class="hidden">${words.say('source')} </span>${number}</a
    >`;
  };
  return {
    marks: (graphs) => html`<sup class="sources">${graphs.map(mark)}</sup>`,
    legend: () =>
      html`<section class="legend" aria-labelledby="sources">
        <h2 id="sources">${words.say('sources')}</h2>
        <ol>
          ${[...numbers].map(
            ([graph, number]) =>
              html`<li id=${`source-${number}`}>${sourceView(context, graph, notes[graph])}</li>`,
          )}
        </ol>
      </section>`,
  };
};

/** One source: its title as a link, its licence, how to cite it. */
const sourceView = (context: PageContext, graph: string, note: DatasetNote | undefined): VNode => {
  const { words } = context;
  const title = bestText(note?.titles ?? [], words.language) ?? {
    value: shortName(graph),
    language: '',
  };
  const path = linkTo(context, graph);
  return html`
    ${path === undefined ? textView(title) : html`<a href=${path}>${textView(title)}</a>`}${' · '}
    ${licenceView(context, note?.licence)}
    ${
      note?.attribution !== undefined &&
      html`<div class="quiet">${textView({ value: note.attribution, language: '' })}</div>`
    }
  `;
};

/** A licence by the name people know it by, linked to its text. */
export const licenceView = (context: PageContext, licence: string | undefined): VNode => {
  if (licence === undefined) return html`<span>${context.words.say('noLicence')}</span>`;
  const path = linkTo(context, licence);
  const name = html`<bdi dir="ltr">${licenceName(licence)}</bdi>`;
  return path === undefined ? name : html`<a rel="license" href=${path}>${name}</a>`;
};

/** `CC BY-SA 4.0` for the address of a Creative Commons licence; any other address as it is. */
export const licenceName = (iri: string): string => {
  const [, kind = '', version = ''] =
    /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/.exec(iri) ?? [];
  if (kind === '') return iri;
  return kind === 'zero' ? `CC0 ${version}` : `CC ${kind.toUpperCase()} ${version}`;
};

/** The last part of an IRI, for things nobody has named. */
export const shortName = (iri: string): string =>
  iri.split(/[/#]/).findLast((part) => part !== '') ?? iri;
