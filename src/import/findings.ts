import type { FindingKind } from './finding-kinds.ts';

/**
 * What an import has to tell about the data it read. Nothing is dropped in silence and nothing is
 * corrected: what could not be taken as it stands becomes a finding.
 */
export interface Finding {
  readonly kind: FindingKind;
  /** Path of the file within the delivery. */
  readonly file: string;
  /** Identifier of the record in its source; empty when the finding is about the file. */
  readonly record: string;
  /** Element or field, with its identifier where it has one: `msItem mysql_id_660053`. */
  readonly element: string;
  /** The value as it stands in the source, cut after 200 characters. */
  readonly value: string;
  /** Why it is a finding, in English, for this very value. */
  readonly reason: string;
}

const valueLengthMax = 200;

/** A value cut for display; what was cut off shows. */
const cutValue = (value: string): string =>
  value.length <= valueLengthMax ? value : `${value.slice(0, valueLengthMax)}…`;

/** Where a finding lies; what the functions of a mapping are handed, so that they only add the rest. */
export interface FindingPlace {
  readonly file: string;
  readonly record: string;
}

/** Builds a finding at a place. */
export const findingAt = (
  place: FindingPlace,
  kind: FindingKind,
  { element, value, reason }: { element: string; value: string; reason: string },
): Finding => ({ kind, ...place, element, value: cutValue(value), reason });
