import { conceptIri } from '../../model/iris.ts';
import { dcterms, isnad, rdf, rdfs, xsd } from '../../model/terms.ts';
import { integerLiteral, literal, namedNode, typedLiteral } from '../../rdf/terms.ts';
import type { FindConcept } from '../concepts.ts';
import type { Description, PartRef, RecordRef, Statement, Value } from '../described.ts';
import { findingAt } from '../findings.ts';
import type { Finding, FindingPlace } from '../findings.ts';
import type { FindingKind } from '../finding-kinds.ts';

/**
 * The draft of one manuscript's description: the parts of the mapping add to it what they read, and
 * what they have to tell.
 */
export interface Draft {
  readonly manuscript: RecordRef;
  readonly place: FindingPlace;
  readonly findConcept: FindConcept;
  /** Who the source is, as it names itself; the one who asserts. */
  readonly publisher: string;
  /** IRI of the record's page at the source, when it has one. */
  readonly sourcePage: string | undefined;
  /** Says something of the manuscript itself; nothing when there is no value. */
  readonly say: (property: string, value: Value | undefined) => void;
  /** Adds a description of something else. */
  readonly describe: (subject: Description['subject'], statements: readonly Statement[]) => void;
  readonly find: (
    kind: FindingKind,
    detail: { readonly element: string; readonly value: string; readonly reason: string },
  ) => void;
  readonly descriptions: () => readonly Description[];
  readonly findings: () => readonly Finding[];
}

/** Starts the draft of a manuscript. */
export const createDraft = (
  start: Pick<Draft, 'manuscript' | 'place' | 'findConcept' | 'publisher' | 'sourcePage'>,
): Draft => {
  const own: Statement[] = [];
  const others: Description[] = [];
  const findings: Finding[] = [];
  return {
    ...start,
    say: (property, value) => {
      if (value !== undefined) own.push([property, value]);
    },
    describe: (subject, statements) => others.push({ subject, statements }),
    find: (kind, detail) => findings.push(findingAt(start.place, kind, detail)),
    descriptions: () => [{ subject: start.manuscript, statements: own }, ...others],
    findings: () => findings,
  };
};

/** A record that belongs to the manuscript: its key continues the manuscript's. */
export const recordBelow = (draft: Draft, type: string, suffix: string): RecordRef => ({
  type,
  key: `${draft.manuscript.key}/${suffix}`,
});

/** What every record that a manuscript's file yields says of itself. */
export const recordStatements = (
  draft: Draft,
  record: RecordRef,
  type: string,
  element?: string,
): Statement[] => [
  [rdf.type, namedNode(type)],
  [isnad.sourceKey, literal(record.key)],
  ...(draft.sourcePage === undefined
    ? []
    : [[dcterms.source, namedNode(draft.sourcePage)] as const]),
  ...(element === undefined ? [] : [[isnad.sourceElement, literal(element)] as const]),
];

interface Claim {
  /** Continues the manuscript's key: `date`. */
  readonly suffix: string;
  readonly about: RecordRef | PartRef;
  readonly property: string;
  readonly value: Value;
  readonly asWritten: string;
  /** Where in the record it was read. */
  readonly element: string;
  /** What is claimed, in two words; the words of the source follow it in the label. */
  readonly title: { readonly en: string; readonly ar: string };
}

/** Adds an assertion: what the source says, as its statement and not as a fact. */
export const assertClaim = (draft: Draft, claim: Claim): RecordRef => {
  const assertion = recordBelow(draft, 'assertion', claim.suffix);
  draft.describe(assertion, [
    ...recordStatements(draft, assertion, isnad.Assertion, claim.element),
    [rdfs.label, literal(`${claim.title.en}: ${claim.asWritten}`, 'en')],
    [rdfs.label, literal(`${claim.title.ar}: ${claim.asWritten}`, 'ar')],
    [isnad.about, claim.about],
    [isnad.assertedProperty, namedNode(claim.property)],
    [isnad.assertedValue, claim.value],
    [isnad.valueAsWritten, literal(claim.asWritten)],
    ...(draft.publisher === '' ? [] : [[isnad.assertedByName, literal(draft.publisher)] as const]),
  ]);
  return assertion;
};

/** A concept of a scheme as a value. */
export const conceptValue = (scheme: string, concept: string): Value =>
  namedNode(conceptIri(scheme, concept));

/** A string as a value, or nothing when it is empty. */
export const textValue = (text: string): Value | undefined =>
  text === '' ? undefined : literal(text);

export const integerValue = (value: number): Value => integerLiteral(value);
export const decimalValue = (value: number): Value => typedLiteral(String(value), xsd.decimal);
export const dateValue = (value: string): Value => typedLiteral(value, xsd.date);
