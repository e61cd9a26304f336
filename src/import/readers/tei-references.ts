import type { Finding } from '../findings.ts';
import { findingAt } from '../findings.ts';
import type { RecordRef } from '../described.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiRecord } from './tei-record.ts';

/** A reference from one record's description to another record, not yet known to exist. */
export interface Reference {
  readonly from: RecordRef;
  readonly to: RecordRef;
  /** What is told when the target was not delivered. */
  readonly unknown: Finding;
}

/**
 * The addresses under which the source's site has shown a manuscript: `/en/manuscripts/15/page/1r`,
 * `/…/sura/2/verse/3/manuscripts/15`, `/handschriften/…/handschrift/15`, `…?handschrift=15`.
 */
const addressPattern = /(?:\/manuscripts\/|\/handschrift\/|[?&]handschrift=)(\d{1,6})(?!\d)/;

/** Identifiers of records are so built from their numbers. */
export const idPrefix = 'mysql_id_';

/** Collects the references to other manuscripts of the same site, each target once. */
export const collectReferences = (
  { references, site }: TeiRecord,
  draft: Draft,
): readonly Reference[] => {
  const host = site === undefined ? undefined : hostOf(site);
  const found = new Map<string, Reference>();
  for (const { element, target } of references) {
    const [, number] = addressPattern.exec(target) ?? [];
    if (number === undefined || host === undefined || hostOf(target) !== host) continue;
    const to = { type: 'manuscript', key: `manuscript/${idPrefix}${Number(number)}` };
    if (to.key === draft.manuscript.key || found.has(to.key)) continue;
    const unknown = findingAt(draft.place, 'reference-unknown', {
      element: `${element}/ref`,
      value: target,
      reason: `No file of the delivery describes ${idPrefix}${Number(number)}.`,
    });
    found.set(to.key, { from: draft.manuscript, to, unknown });
  }
  return [...found.values()];
};

/** Host of an address, with and without www the same; nothing for what is no address. */
const hostOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : undefined;
