import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PageContext } from './page.ts';

/** The form that leads to the witnesses of a verse. */
export const verseLookup = ({ words, languageChosen }: PageContext): VNode =>
  html`<form class="lookup" method="get" action="/quran" role="search">
    <label for="reference">${words.say('homeLookupLabel')}</label>
    <div class="lookup-row">
      <input
        id="reference"
        name="reference"
        required
        autocomplete="off"
        placeholder="2:255"
        dir="ltr"
        aria-describedby="reference-hint"
      />
      ${languageChosen && html`<input type="hidden" name="lang" value=${words.language} />`}
      <button type="submit">${words.say('homeLookupButton')}</button>
    </div>
    <p id="reference-hint" class="quiet">${words.say('homeLookupHint')}</p>
  </form>`;
