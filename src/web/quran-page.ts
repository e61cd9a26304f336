import { html } from 'htm/preact';
import type { TaggedText } from '../search/tagged-text.ts';
import { href, renderPage, type PageContext } from './page.ts';
import { suraNameView } from './sura-name.ts';
import { verseLookup } from './verse-lookup.ts';
import { countBar } from './verse-strip.ts';

export interface SuraRow {
  readonly sura: number;
  readonly names: readonly TaggedText[];
  readonly verses: number;
  /** How many manuscripts bear at least one of its verses. */
  readonly manuscripts: number;
}

/** The page that lists the 114 sūras. */
export const renderQuranPage = (context: PageContext, rows: readonly SuraRow[]): string => {
  const { words } = context;
  const most = Math.max(...rows.map(({ manuscripts }) => manuscripts));
  return renderPage(context, {
    title: words.say('quranHeading'),
    main: html`<article>
      <h1>${words.say('quranHeading')}</h1>
      <p class="lead">${words.say('quranIntro')}</p>
      ${verseLookup(context)}
      <div class="scroll">
        <table class="suras">
          <thead>
            <tr>
              <th scope="col" class="number">№</th>
              <th scope="col">${words.say('suraColumn')}</th>
              <th scope="col" class="number">${words.say('versesColumn')}</th>
              <th scope="col" class="number">${words.say('witnessesColumn')}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ sura, names, verses, manuscripts }) =>
                html`<tr>
                  <td class="number">${sura}</td>
                  <th scope="row">
                    <a href=${href(context, `/quran/${sura}`)}
                      >${suraNameView(context, sura, names)}</a
                    >
                  </th>
                  <td class="number">${verses}</td>
                  <td class="number">${manuscripts}</td>
                  <td class="bar-cell">${countBar(manuscripts, most)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </article>`,
  });
};
