import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { ParameterKind, QueryParameter } from '../catalogue/named-query.ts';
import type { PreparedQuery } from '../catalogue/run-named-query.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { PageContext } from './page.ts';

/** Concepts to choose from, by parameter: path as in `script/kufi`, and labels. */
export type Choices = ReadonlyMap<
  string,
  readonly { readonly path: string; readonly labels: readonly TaggedText[] }[]
>;

/** The form that asks a question anew; nothing for a question without parameters. */
export const queryForm = (
  context: PageContext,
  { question, values }: PreparedQuery,
  choices: Choices,
): VNode | undefined => {
  const { words, path, languageChosen } = context;
  if (question.parameters.length === 0) return undefined;
  return html`<details class="filter" open>
    <summary>${words.say('queryParameters')}</summary>
    <form method="get" action=${path}>
      ${question.parameters.map(
        (parameter) =>
          html`<label>
            ${parameter.help[words.language]}
            ${fieldOf(context, parameter, shownValue(parameter, values), choices)}
          </label>`,
      )}
      ${languageChosen && html`<input type="hidden" name="lang" value=${words.language} />`}
      <div class="actions"><button type="submit">${words.say('queryAsk')}</button></div>
    </form>
  </details>`;
};

/** A value that only follows another one is not written out, so that it goes on following. */
const shownValue = (
  { name, default: fallback }: QueryParameter,
  values: Readonly<Record<string, string>>,
): string => {
  const value = values[name] ?? '';
  return fallback.startsWith('?') && values[fallback.slice(1)] === value ? '' : value;
};

/** What a browser should know of a field of each kind. */
const attributes: Readonly<Record<ParameterKind, Readonly<Record<string, string>>>> = {
  verse: { dir: 'ltr', placeholder: '2:255' },
  year: { dir: 'ltr', inputmode: 'numeric', placeholder: '0750' },
  date: { type: 'date' },
  text: { dir: 'auto' },
  concept: { dir: 'ltr' },
  integer: { dir: 'ltr', inputmode: 'numeric' },
};

const fieldOf = (
  { words }: PageContext,
  { name, kind }: QueryParameter,
  value: string,
  choices: Choices,
): VNode => {
  const concepts = choices.get(name) ?? [];
  if (concepts.length === 0)
    return html`<input name=${name} value=${value} autocomplete="off" ...${attributes[kind]} />`;
  const named = concepts
    .map(({ path, labels }) => ({ path, text: bestText(labels, words.language)?.value ?? path }))
    .toSorted((a, b) => a.text.localeCompare(b.text, words.language, { numeric: true }));
  return html`<select name=${name}>
    ${named.map(
      ({ path, text }) => html`<option value=${path} selected=${path === value}>${text}</option>`,
    )}
  </select>`;
};
