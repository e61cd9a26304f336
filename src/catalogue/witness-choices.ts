import { rangesOverlapping } from '../search/verse-index.ts';
import { none, type WitnessSnapshot } from '../search/witness-snapshot.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { VerseRange } from '../model/verses.ts';

/** A value a list of witnesses can be narrowed to, and how many manuscripts have it. */
export interface WitnessChoice {
  readonly iri: string;
  readonly labels: readonly TaggedText[];
  readonly count: number;
}

export interface WitnessChoices {
  readonly holders: readonly WitnessChoice[];
  readonly scripts: readonly WitnessChoice[];
}

/** The holders and scripts among all witnesses of a range, the most frequent first. */
export const witnessChoices = (
  { index, passages, objects, concepts }: WitnessSnapshot,
  { startOrdinal, endOrdinal }: VerseRange,
): WitnessChoices => {
  const positions = new Set(
    rangesOverlapping(index, startOrdinal, endOrdinal).map(
      (passage) => passages.object[passage] ?? none,
    ),
  );
  const holders = new Map<string, WitnessChoice>();
  const scripts = new Map<string, WitnessChoice>();
  for (const position of positions) {
    const object = objects[position];
    for (const { iri, labels } of object?.holders ?? []) add(holders, iri, labels);
    const own = new Set(object?.scripts.flatMap(({ concept }) => concept ?? []));
    // A set that grows while it is walked is walked to its new end: broader scripts count as well.
    for (const iri of own) for (const broader of concepts[iri]?.broader ?? []) own.add(broader);
    for (const iri of own) add(scripts, iri, concepts[iri]?.labels ?? []);
  }
  return { holders: mostFrequentFirst(holders), scripts: mostFrequentFirst(scripts) };
};

const add = (
  choices: Map<string, WitnessChoice>,
  iri: string,
  labels: readonly TaggedText[],
): void => {
  choices.set(iri, { iri, labels, count: (choices.get(iri)?.count ?? 0) + 1 });
};

const mostFrequentFirst = (choices: ReadonlyMap<string, WitnessChoice>): WitnessChoice[] =>
  [...choices.values()].toSorted((a, b) => b.count - a.count || (a.iri < b.iri ? -1 : 1));
