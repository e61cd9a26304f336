import { verseIri } from '../../model/iris.ts';
import { isnad, rdf, rdfs } from '../../model/terms.ts';
import { parseVerseKey, settleOpenings } from '../../model/verse-key.ts';
import type { KeyPassage, KeyProblem } from '../../model/verse-key.ts';
import { formatRange, verseAt } from '../../model/verses.ts';
import { booleanLiteral, literal, namedNode } from '../../rdf/terms.ts';
import type { RecordRef, Statement } from '../described.ts';
import type { FindingKind } from '../finding-kinds.ts';
import { conceptValue, integerValue, recordBelow } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiPage, TeiRecord } from './tei-record.ts';

/** What each problem of a key is called among the findings. */
const kindOfProblem: Readonly<Record<KeyProblem['code'], FindingKind>> = {
  order: 'key-order',
  doubtful: 'key-doubtful',
  'beyond-sura': 'key-beyond-sura',
  'no-sura': 'key-no-sura',
  'unreadable-word': 'key-word-unreadable',
  'unreadable-key': 'key-unreadable',
  'heading-only': 'key-heading-only',
  padding: 'key-padding',
  'wide-range': 'key-coverage',
  placeholder: 'key-placeholder',
};

interface PlacedPage {
  readonly page: TeiPage;
  readonly record: RecordRef;
  readonly element: string;
}

interface BorneKey extends PlacedPage {
  readonly record: RecordRef;
  /** Place among the keys of its page, from 1. */
  readonly number: number;
  readonly key: string;
}

/** Adds every page of the record, and the passages the pages bear. */
export const mapPages = ({ pages }: TeiRecord, draft: Draft): void => {
  if (pages.length === 0)
    draft.find('pages-absent', { element: 'msContents', value: '', reason: 'There is no msItem.' });
  const placed = namePages(pages, draft);
  placed.forEach(({ page, record, element }, index) => {
    const label = page.label === '' ? (page.id ?? String(index + 1)) : page.label;
    draft.describe(record, pageStatements(label, record, index + 1, draft));
    if (page.keys.length === 0)
      draft.find('key-absent', { element, value: '', reason: 'The page has no title with a key.' });
  });
  checkLabels(placed, draft);
  mapPassages(placed, draft);
};

/** Gives every page its key: the identifier of its entry, never its label. */
const namePages = (pages: readonly TeiPage[], draft: Draft): readonly PlacedPage[] => {
  const used = new Map<string, number>();
  return pages.map((page, index) => {
    const id = page.id ?? `n${index + 1}`;
    const element = `msItem ${page.id ?? index + 1}`;
    const times = (used.get(id) ?? 0) + 1;
    used.set(id, times);
    if (page.id === undefined)
      draft.find('element-unnamed', { element, value: page.label, reason: 'It has no xml:id.' });
    if (times > 1)
      draft.find('element-repeated', {
        element,
        value: id,
        reason: `The xml:id stands on ${times} entries of this record so far (line ${page.line}).`,
      });
    const key = times === 1 ? id : `${id}~${times}`;
    return { page, record: recordBelow(draft, 'page', `page/${key}`), element };
  });
};

const pageStatements = (
  label: string,
  record: RecordRef,
  sequence: number,
  draft: Draft,
): Statement[] => [
  [rdf.type, namedNode(isnad.Page)],
  [isnad.sourceKey, literal(record.key)],
  [rdfs.label, literal(label)],
  [isnad.pageLabel, literal(label)],
  [isnad.pageSequence, integerValue(sequence)],
  [isnad.pageOf, draft.manuscript],
];

const checkLabels = (placed: readonly PlacedPage[], draft: Draft): void => {
  for (const [label, same] of Map.groupBy(placed, ({ page }) => page.label)) {
    const [first] = same;
    const element = first?.element ?? '';
    if (label === '' || label === '0')
      draft.find('page-label-absent', {
        element,
        value: label,
        reason: label === '' ? 'The entry has no label.' : 'The label is 0.',
      });
    else if (same.length > 1)
      draft.find('page-label-repeated', {
        element,
        value: label,
        reason: `${same.length} entries have this label: ${same.map((each) => each.element).join(', ')}.`,
      });
  }
};

const mapPassages = (placed: readonly PlacedPage[], draft: Draft): void => {
  const borne: readonly BorneKey[] = placed.flatMap((each) =>
    each.page.keys.map((key, index) => ({ ...each, key, number: index + 1 })),
  );
  const passages = settleOpenings(borne.map(({ key }) => parseVerseKey(key)));
  // What lies on a page with an over-long range is a list of the text, put on one page for want of a
  // better place: its other ranges are about the manuscript too.
  const coverageLabels = new Set(
    borne
      .filter((_, index) => passages[index]?.evidence === 'record')
      .map(({ page }) => page.label),
  );
  borne.forEach((each, index) => {
    const passage = passages[index];
    if (!passage) return;
    const isCoverage = coverageLabels.has(each.page.label);
    tellProblems(each, passage, isCoverage, draft);
    if (passage.placement === 'placeholder') return;
    const suffix = each.number === 1 ? 'passage' : `passage/${each.number}`;
    const record = { type: 'passage', key: `${each.record.key}/${suffix}` };
    draft.describe(record, passageStatements({ each, passage, isCoverage, record }, draft));
  });
};

const tellProblems = (
  { element, key }: BorneKey,
  passage: KeyPassage,
  isCoverage: boolean,
  draft: Draft,
): void => {
  for (const [kind, same] of Map.groupBy(passage.problems, ({ code }) => kindOfProblem[code])) {
    const reason = same.map(({ message }) => message).join(' ');
    draft.find(kind, { element, value: key, reason });
  }
  if (isCoverage && passage.evidence === 'page' && passage.placement !== 'placeholder')
    draft.find('key-coverage', {
      element,
      value: key,
      reason:
        'Another range with the same page label is too long for a page; this one is part of the list.',
    });
};

interface PassageParts {
  readonly each: BorneKey;
  readonly passage: KeyPassage;
  readonly isCoverage: boolean;
  readonly record: RecordRef;
}

const passageStatements = (
  { each, passage, isCoverage, record }: PassageParts,
  draft: Draft,
): Statement[] => [
  [rdf.type, namedNode(isnad.Passage)],
  [isnad.sourceKey, literal(record.key)],
  [rdfs.label, literal(labelOf(passage))],
  [isnad.passageOf, draft.manuscript],
  ...(isCoverage ? [] : [[isnad.onPage, each.record] as const]),
  [isnad.evidence, conceptValue('passage-evidence', isCoverage ? 'record' : 'page')],
  [isnad.verbatimKey, literal(passage.verbatimKey)],
  [isnad.countingSystem, conceptValue('counting-system', 'kufan')],
  ...extentStatements(passage),
  ...(passage.startsWithHeading ? [[isnad.startsWithHeading, booleanLiteral(true)] as const] : []),
  ...(passage.endsWithHeading ? [[isnad.endsWithHeading, booleanLiteral(true)] as const] : []),
  ...passage.flags.map((flag) => [isnad.passageFlag, conceptValue('passage-flag', flag)] as const),
];

/** The verses, or the key where it could not be placed. */
const labelOf = ({ startOrdinal, endOrdinal, verbatimKey }: KeyPassage): string =>
  startOrdinal === undefined || endOrdinal === undefined
    ? verbatimKey
    : formatRange(startOrdinal, endOrdinal);

const extentStatements = ({
  startOrdinal,
  endOrdinal,
  startWord,
  endWord,
}: KeyPassage): Statement[] => {
  if (startOrdinal === undefined || endOrdinal === undefined) return [];
  return [
    [isnad.startOrdinal, integerValue(startOrdinal)],
    [isnad.endOrdinal, integerValue(endOrdinal)],
    [isnad.startVerse, verseTerm(startOrdinal)],
    [isnad.endVerse, verseTerm(endOrdinal)],
    ...(startWord === undefined ? [] : [[isnad.startWord, integerValue(startWord)] as const]),
    ...(endWord === undefined ? [] : [[isnad.endWord, integerValue(endWord)] as const]),
  ];
};

const verseTerm = (ordinal: number) => {
  const { sura, verse } = verseAt(ordinal);
  return namedNode(verseIri(sura, verse));
};
