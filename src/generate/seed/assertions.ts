import type { DateBounds } from '../../model/dates.ts';
import {
  addSpan,
  boundsOf,
  labelWordsOf,
  wordsOf,
  type Bilingual,
  type StatedDate,
} from './edtf.ts';
import { concept, record, type Graph, type Node } from './graph.ts';
import { addSource, type Sourced } from './provenance.ts';
import { iri, term, text, type Name, type Value } from './turtle.ts';

/** The kinds of claim by their names in English, with those in Arabic. */
const claimKinds = {
  Born: 'المولد',
  Date: 'التاريخ',
  Died: 'الوفاة',
  Folios: 'عدد الأوراق',
  Founded: 'التأسيس',
  Part: 'جزء',
  'Place of origin': 'موضع النسخ',
  'Same thing': 'الشيء نفسه',
  Scribe: 'الناسخ',
  Script: 'الخطّ',
} as const;

type ClaimKind = keyof typeof claimKinds;

/** Who says something, on what ground, and how sure they are: only as far as the source says so. */
export interface Claim {
  readonly key: string;
  /** What kind of thing is said, for the label. */
  readonly kind: ClaimKind;
  readonly about: string;
  readonly property: Name;
  readonly by?: { readonly name: string; readonly agent?: string };
  /** Concept of scheme `evidence-kind`. */
  readonly evidence?: string;
  /** Concept of scheme `certainty`; absent where the source states none. */
  readonly certainty?: string;
  readonly note?: string;
  readonly source: Sourced;
}

/** An Assertion without its value. */
const addAssertion = (graph: Graph, claim: Claim, words: Bilingual): Node => {
  const assertion = record(graph, 'Assertion', claim.key)
    .add(
      'rdfs:label',
      text(`${claim.kind}: ${words.en}`, 'en'),
      text(`${claimKinds[claim.kind]}: ${words.ar}`, 'ar'),
    )
    .add('isnad:about', iri(claim.about))
    .add('isnad:assertedProperty', term(claim.property));
  if (claim.by) {
    const { name, agent } = claim.by;
    assertion
      .add('isnad:assertedBy', agent === undefined ? undefined : iri(agent))
      .add('isnad:assertedByName', text(name));
  }
  assertion
    .add(
      'isnad:evidenceKind',
      claim.evidence === undefined ? undefined : concept('evidence-kind', claim.evidence),
    )
    .add(
      'isnad:certainty',
      claim.certainty === undefined ? undefined : concept('certainty', claim.certainty),
    )
    .add('skos:note', claim.note === undefined ? undefined : text(claim.note, 'en'));
  return addSource(assertion, claim.source);
};

/** An Assertion of a value, with the words the source has for it. */
export const assertValue = (
  graph: Graph,
  claim: Claim,
  value: Value | undefined,
  words: string,
): Node =>
  addAssertion(graph, claim, { en: words, ar: words })
    .add('isnad:assertedValue', value)
    .add('isnad:valueAsWritten', text(words));

/** An Assertion of a date, whose value is a TimeSpan of its own; gives the bounds stated. */
export const assertDate = (graph: Graph, claim: Claim, stated: StatedDate): DateBounds => {
  const assertion = addAssertion(graph, claim, labelWordsOf(stated));
  const span = addSpan(assertion.part('span', 'isnad:TimeSpan'), stated);
  assertion
    .add('isnad:assertedValue', iri(span.iri))
    .add('isnad:valueAsWritten', text(wordsOf(stated)));
  return boundsOf(stated);
};
