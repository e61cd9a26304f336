import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { CommitView } from '../catalogue/commits.ts';
import { href, type PageContext } from './page.ts';

const barWidth = 14;
const halfHeight = 34;

/** Imports differ from corrections by many powers of ten, so heights are logarithmic. */
const heightOf = (count: number, most: number): number =>
  count === 0 ? 0 : Math.max(2, Math.round((Math.log1p(count) / Math.log1p(most)) * halfHeight));

/**
 * A picture of commits in the order of time: what each added stands above the line, what it removed
 * below. In Arabic it runs from right to left.
 *
 * @param commits newest first
 */
export const commitTimeline = (
  context: PageContext,
  commits: readonly CommitView[],
): VNode | undefined => {
  if (commits.length < 2) return undefined;
  const { words } = context;
  const inOrder = words.language === 'ar' ? commits : commits.toReversed();
  const most = Math.max(1, ...commits.flatMap((each) => [each.addedQuads, each.removedQuads]));
  const bars = inOrder.map(({ sequence, addedQuads, removedQuads }, place) => {
    const [up, down] = [heightOf(addedQuads, most), heightOf(removedQuads, most)];
    const x = place * barWidth + 2;
    const counts = [
      words.count('addedStatements', addedQuads),
      words.count('removedStatements', removedQuads),
    ].join(words.say('listSeparator'));
    return html`<a href=${href(context, `/commits/${sequence}`)}>
      <rect class="touch" x=${place * barWidth} y="0" width=${barWidth} height=${2 * halfHeight} />
      <rect class="bar" x=${x} y=${halfHeight - up} width=${barWidth - 4} height=${up} />
      <rect class="bar removed" x=${x} y=${halfHeight} width=${barWidth - 4} height=${down} />
      <title>${words.say('commitNumber', { number: sequence })}: ${counts}</title>
    </a>`;
  });
  const width = commits.length * barWidth;
  return html`<figure class="strip timeline">
    <svg
      viewBox=${`0 0 ${width} ${2 * halfHeight}`}
      width=${width}
      height=${2 * halfHeight}
      role="group"
      aria-label=${words.say('timeline')}
    >
      ${bars}
      <line class="axis" x1="0" x2=${width} y1=${halfHeight} y2=${halfHeight} />
    </svg>
    <figcaption>${words.say('timelineAbout')}</figcaption>
  </figure>`;
};
