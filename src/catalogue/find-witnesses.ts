import { IsnadError } from '../errors.ts';
import { rangesOverlapping } from '../search/verse-index.ts';
import {
  mark,
  none,
  type DateNote,
  type WitnessObject,
  type WitnessSnapshot,
} from '../search/witness-snapshot.ts';
import type { WitnessCriteria } from './witness-criteria.ts';

/** The manuscripts that bear a range of verses, one page of their list. */
export interface WitnessAnswer {
  readonly commit: number;
  readonly criteria: WitnessCriteria;
  readonly totals: WitnessTotals;
  readonly pageCount: number;
  readonly witnesses: readonly Witness[];
}

export interface WitnessTotals {
  /** Objects, each counted once however many records describe it. */
  readonly manuscripts: number;
  /** Those of them of which a page bears the text. */
  readonly withPages: number;
  /** Distinct pages that bear the text. */
  readonly pages: number;
  /** Manuscripts that meet every other condition but state no date. */
  readonly undatedLeftOut: number;
  /** Passages that were not looked at because their key is doubtful. */
  readonly doubtfulLeftOut: number;
}

/** One manuscript and the positions (in the snapshot) of its passages that overlap the range. */
export interface Witness {
  readonly object: WitnessObject;
  /** Passages on a page, in the order of the pages, those of one page together. */
  readonly onPages: readonly number[];
  /** Passages stated of the manuscript as a whole. */
  readonly ofWhole: readonly number[];
}

/**
 * Finds the witnesses of a range of verses: those with a page that bears it first, then those of
 * which a source only states it, each by date.
 *
 * @throws IsnadError `invalid-parameter` when the script is none of the vocabulary
 */
export const findWitnesses = (
  snapshot: WitnessSnapshot,
  criteria: WitnessCriteria,
): WitnessAnswer => {
  const { passages, objects } = snapshot;
  const { byObject, doubtfulLeftOut } = passagesByObject(snapshot, criteria);
  const meets = conditions(snapshot, criteria);
  const isDated = datingCondition(criteria);
  let undatedLeftOut = 0;
  const found: { position: number; rank: number }[] = [];
  for (const [position, own] of byObject) {
    const object = objects[position];
    if (object === undefined || !meets(object)) continue;
    const dated = isDated(object);
    if (dated === 'unknown') undatedLeftOut += 1;
    if (dated !== 'yes') continue;
    const hasPage = own.some((passage) => isOnPage(passages.marks[passage]));
    found.push({ position, rank: hasPage ? 0 : 1 });
  }
  found.sort((a, b) => a.rank - b.rank || a.position - b.position);
  const first = (criteria.page - 1) * criteria.pageSize;
  return {
    commit: snapshot.commit,
    criteria,
    totals: {
      manuscripts: found.length,
      withPages: found.filter(({ rank }) => rank === 0).length,
      pages: countPages(snapshot, found, byObject),
      undatedLeftOut,
      doubtfulLeftOut,
    },
    pageCount: Math.max(1, Math.ceil(found.length / criteria.pageSize)),
    witnesses: found
      .slice(first, first + criteria.pageSize)
      .flatMap(({ position }) => witnessOf(snapshot, position, byObject.get(position) ?? [])),
  };
};

const isOnPage = (marks: number | undefined): boolean => ((marks ?? 0) & mark.page) !== 0;

/** The passages that overlap the range and are of the evidence asked for, by object. */
const passagesByObject = (
  { index, passages }: WitnessSnapshot,
  { range, evidence, doubtful }: WitnessCriteria,
): { readonly byObject: Map<number, number[]>; readonly doubtfulLeftOut: number } => {
  const byObject = new Map<number, number[]>();
  let doubtfulLeftOut = 0;
  for (const passage of rangesOverlapping(index, range.startOrdinal, range.endOrdinal)) {
    const marks = passages.marks[passage] ?? 0;
    if (evidence !== 'all' && isOnPage(marks) !== (evidence === 'page')) continue;
    if (doubtful === 'exclude' && (marks & mark.doubtful) !== 0) {
      doubtfulLeftOut += 1;
      continue;
    }
    const object = passages.object[passage] ?? none;
    const own = byObject.get(object);
    if (own === undefined) byObject.set(object, [passage]);
    else own.push(passage);
  }
  return { byObject, doubtfulLeftOut };
};

/** Whether an object has the holder and script asked for. */
const conditions = (
  { concepts, same }: WitnessSnapshot,
  { holder, script }: WitnessCriteria,
): ((object: WitnessObject) => boolean) => {
  const wanted = script === undefined ? undefined : withNarrower(concepts, script);
  const oneName = (iri: string): string => same[iri] ?? iri;
  return ({ holders, scripts }) =>
    (holder === undefined || holders.some(({ iri }) => oneName(iri) === oneName(holder))) &&
    (wanted === undefined || scripts.some(({ concept }) => wanted.has(concept ?? '')));
};

/** A concept and all that are narrower, at any depth. */
const withNarrower = (concepts: WitnessSnapshot['concepts'], script: string): Set<string> => {
  if (concepts[script] === undefined) {
    throw new IsnadError('invalid-parameter', `There is no script “${script.slice(0, 120)}”.`, {
      extra: {
        parameter: 'script',
        allowed: Object.keys(concepts).map((iri) => iri.slice(iri.lastIndexOf('/') + 1)),
      },
    });
  }
  const found = new Set([script]);
  // A set that grows while it is walked is walked to its new end.
  for (const each of found) {
    for (const [iri, { broader }] of Object.entries(concepts)) {
      if (broader.includes(each)) found.add(iri);
    }
  }
  return found;
};

/** Whether an object's dates meet the criteria: `unknown` when it has none and dates are asked for. */
const datingCondition = ({
  before,
  after,
  dating,
  undated,
}: WitnessCriteria): ((object: WitnessObject) => 'yes' | 'no' | 'unknown') => {
  const mayLieWithin = ({ earliest, latest }: DateNote): boolean =>
    (before === undefined || earliest === undefined || earliest < before) &&
    (after === undefined || latest === undefined || latest > after);
  const mustLieWithin = ({ earliest, latest }: DateNote): boolean =>
    (before === undefined || (latest !== undefined && latest < before)) &&
    (after === undefined || (earliest !== undefined && earliest > after));
  return ({ dates }) => {
    const bounded = dates.filter(isBounded);
    if (bounded.length === 0) return undated === 'include' ? 'yes' : 'unknown';
    const within =
      dating === 'possible' ? bounded.some(mayLieWithin) : bounded.every(mustLieWithin);
    return within ? 'yes' : 'no';
  };
};

/** Whether a date says more than words. */
export const isBounded = ({ earliest, latest }: DateNote): boolean =>
  earliest !== undefined || latest !== undefined;

const countPages = (
  { passages }: WitnessSnapshot,
  found: readonly { readonly position: number }[],
  byObject: ReadonlyMap<number, readonly number[]>,
): number => {
  const pages = new Set<number>();
  for (const { position } of found) {
    for (const passage of byObject.get(position) ?? []) pages.add(passages.page[passage] ?? none);
  }
  pages.delete(none);
  return pages.size;
};

const witnessOf = (
  { passages, pages, objects }: WitnessSnapshot,
  position: number,
  own: readonly number[],
): Witness[] => {
  const object = objects[position];
  if (object === undefined) return [];
  const pageOf = (passage: number): number => passages.page[passage] ?? none;
  const sequence = (passage: number): number => pages.sequence[pageOf(passage)] ?? 0;
  return [
    {
      object,
      onPages: own
        .filter((passage) => isOnPage(passages.marks[passage]))
        .toSorted((a, b) => sequence(a) - sequence(b) || pageOf(a) - pageOf(b) || a - b),
      ofWhole: own.filter((passage) => !isOnPage(passages.marks[passage])),
    },
  ];
};
