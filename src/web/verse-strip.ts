import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { href, type PageContext } from './page.ts';

const barHeight = 60;
const barWidth = 6;

/**
 * A picture of how many manuscripts bear each verse of a sūra: a bar a verse, each a link to its
 * verse. In Arabic it runs from right to left.
 *
 * @param counts one number a verse, from verse 1 on
 */
export const verseStrip = (context: PageContext, sura: number, counts: Uint16Array): VNode => {
  const { words } = context;
  const most = Math.max(1, ...counts);
  const width = counts.length * barWidth;
  const bars = [...counts].map((count, position) => {
    const height = Math.max(count === 0 ? 1 : 2, Math.round((count / most) * barHeight));
    const place = words.language === 'ar' ? counts.length - 1 - position : position;
    const verse = `${sura}:${position + 1}`;
    return html`<a href=${href(context, `/quran/${verse}`)}>
      <rect class="touch" x=${place * barWidth} y="0" width=${barWidth} height=${barHeight} />
      <rect
        class=${count === 0 ? 'bar none' : 'bar'}
        x=${place * barWidth + 1}
        y=${barHeight - height}
        width=${barWidth - 1}
        height=${height}
      />
      <title>${verse}: ${words.count('manuscripts', count)}</title>
    </a>`;
  });
  return html`<figure class="strip">
    <svg
      viewBox=${`0 0 ${width} ${barHeight}`}
      width=${width}
      height=${barHeight}
      preserveAspectRatio="none"
      role="group"
      aria-label=${words.say('stripHeading')}
    >
      ${bars}
    </svg>
    <figcaption>
      ${words.say('stripAbout', { most: words.count('manuscripts', Math.max(0, ...counts)) })}
    </figcaption>
  </figure>`;
};

/** A small bar for a number among others up to `most`, beside the number itself. */
export const countBar = (count: number, most: number): VNode =>
  html`<svg class="count-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar" x="0" y="0" width=${(100 * count) / Math.max(1, most)} height="8" />
  </svg>`;
