import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { bestText } from '../catalogue/best-text.ts';
import type { WitnessChoice, WitnessChoices } from '../catalogue/witness-choices.ts';
import { href, type PageContext } from './page.ts';
import { shortName } from './sources-view.ts';
import type { TextKey } from './strings.ts';

/** The form that narrows a list of witnesses; a plain GET form, so that its result has an address. */
export const witnessFilter = (context: PageContext, choices: WitnessChoices): VNode => {
  const { words, parameters, path } = context;
  const isNarrowed = filterNames.some((name) => (parameters.get(name) ?? '') !== '');
  return html`<details class="filter" open=${isNarrowed}>
    <summary>${words.say('filter')}</summary>
    <form method="get" action=${path}>
      ${context.languageChosen && html`<input type="hidden" name="lang" value=${words.language} />`}
      ${choiceOf(context, 'holder', 'filterHolder', choices.holders)}
      ${choiceOf(context, 'script', 'filterScript', choices.scripts)}
      ${yearOf(context, 'after', 'filterAfter')} ${yearOf(context, 'before', 'filterBefore')}
      ${optionsOf(context, 'dating', 'filterDating', [
        ['', 'filterPossible'],
        ['certain', 'filterCertain'],
      ])}
      ${optionsOf(context, 'undated', 'filterUndated', [
        ['', 'filterAsUsual'],
        ['include', 'filterInclude'],
        ['exclude', 'filterExclude'],
      ])}
      ${optionsOf(context, 'evidence', 'filterEvidence', [
        ['', 'filterAny'],
        ['page', 'filterPage'],
        ['record', 'filterRecord'],
      ])}
      <div class="actions">
        <button type="submit">${words.say('filterApply')}</button>
        ${isNarrowed && html`<a href=${href(context, path)}>${words.say('filterClear')}</a>`}
      </div>
    </form>
  </details>`;
};

const filterNames = ['holder', 'script', 'after', 'before', 'dating', 'undated', 'evidence'];

const choiceOf = (
  { words, parameters }: PageContext,
  name: string,
  label: TextKey,
  choices: readonly WitnessChoice[],
): VNode =>
  html`<label
    >${words.say(label)}
    <select name=${name}>
      <option value="">${words.say('filterAny')}</option>
      ${choices.map(({ iri, labels, count }) => {
        const text = bestText(labels, words.language)?.value ?? shortName(iri);
        return html`<option value=${iri} selected=${parameters.get(name) === iri}>
          ${text} (${count})
        </option>`;
      })}
    </select>
  </label>`;

const yearOf = ({ words, parameters }: PageContext, name: string, label: TextKey): VNode =>
  html`<label
    >${words.say(label)}
    <input
      name=${name}
      inputmode="numeric"
      pattern="[0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
      size="10"
      dir="ltr"
      value=${parameters.get(name) ?? ''}
    />
  </label>`;

const optionsOf = (
  { words, parameters }: PageContext,
  name: string,
  label: TextKey,
  options: readonly (readonly [value: string, text: TextKey])[],
): VNode =>
  html`<label
    >${words.say(label)}
    <select name=${name}>
      ${options.map(
        ([value, text]) =>
          html`<option value=${value} selected=${(parameters.get(name) ?? '') === value}>
            ${words.say(text)}
          </option>`,
      )}
    </select>
  </label>`;
