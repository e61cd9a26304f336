import { isnad } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import { assertClaim, decimalValue, integerValue } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiRecord } from './tei-record.ts';

/** The largest known Qurʾān in the catalogue has 1,087 leaves; beyond this a number is a mistake. */
export const folioCountMax = 1500;

/** Adds material, number of folios, dimensions and lines. */
export const mapPhysical = (record: TeiRecord, draft: Draft): void => {
  mapMaterial(record, draft);
  mapFolios(record, draft);
  mapDimensions(record, draft);
  mapLines(record, draft);
};

const mapMaterial = ({ material }: TeiRecord, draft: Draft): void => {
  const element = 'supportDesc/@material';
  if (material.trim() === '') {
    draft.find('material-absent', {
      element,
      value: '',
      reason: 'The attribute is missing or empty.',
    });
    return;
  }
  draft.say(isnad.materialAsWritten, literal(material));
  const concept = draft.findConcept('material', material);
  if (concept !== undefined) draft.say(isnad.material, namedNode(concept));
  else
    draft.find('material-unknown', {
      element,
      value: material,
      reason: 'No concept of the vocabulary of materials has this label.',
    });
};

/** The extent field: `Folios: 7`, also without a number. */
const extentPattern = /^Folios:\s*(\d*)$/i;
/** How descriptions of the house begin: `7 fol. on parchment`. Sums (`410 fol. + 3 fol.`) are prose. */
const describedPattern = /^(\d{1,5}) (?:parchment |paper )?(?:fol\.|folios?\b)(?!\s*\+)/;

const mapFolios = (record: TeiRecord, draft: Draft): void => {
  const stated = readExtent(record, draft);
  const [words, digits] = describedPattern.exec(record.description) ?? [];
  const described = digits === undefined ? undefined : Number(digits);
  const isClear = stated === undefined || described === undefined || stated === described;
  if (isClear && (stated ?? described) !== undefined)
    draft.say(isnad.folioCount, integerValue(stated ?? described ?? 0));
  if (described !== undefined && words !== undefined && described !== stated) {
    if (stated !== undefined) assertFolios(draft, 'extent', record.extent ?? '', stated);
    assertFolios(draft, 'summary', words, described);
    draft.find(stated === undefined ? 'extent-described' : 'extent-differs', {
      element: stated === undefined ? 'summary' : 'extent',
      value: stated === undefined ? words : `${record.extent} / ${words}`,
      reason:
        stated === undefined
          ? 'The extent states no number; the description begins with one.'
          : `The extent states ${stated}, the description ${described}.`,
    });
  }
  if (stated !== undefined) comparePageList(record, stated, draft);
};

const assertFolios = (draft: Draft, element: string, asWritten: string, folios: number): void => {
  assertClaim(draft, {
    suffix: `folios/${element}`,
    about: draft.manuscript,
    property: isnad.folioCount,
    value: integerValue(folios),
    asWritten,
    element,
    title: { en: 'Number of folios', ar: 'عدد الأوراق' },
  });
};

const readExtent = ({ extent }: TeiRecord, draft: Draft): number | undefined => {
  const element = 'extent';
  if (extent === undefined || extent === '') {
    draft.find('extent-absent', { element, value: '', reason: 'There is no extent.' });
    return undefined;
  }
  draft.say(isnad.extentAsWritten, literal(extent));
  const digits = extentPattern.exec(extent)?.[1];
  if (digits === '') {
    draft.find('extent-absent', { element, value: extent, reason: 'No number follows "Folios:".' });
    return undefined;
  }
  const folios = Number(digits);
  if (digits !== undefined && folios > 0 && folios <= folioCountMax) return folios;
  draft.find('extent-invalid', {
    element,
    value: extent,
    reason:
      digits === undefined
        ? 'Not of the form "Folios: 7".'
        : `Not a number between 1 and ${folioCountMax}.`,
  });
  return undefined;
};

const comparePageList = ({ pages }: TeiRecord, stated: number, draft: Draft): void => {
  const leaves = new Set(pages.map(({ label }) => /^\d+/.exec(label)?.[0]).filter(Boolean));
  if (leaves.size === 0 || leaves.size === stated) return;
  draft.find('page-list-differs', {
    element: 'msContents',
    value: `${leaves.size} / ${stated}`,
    reason: `The page list names ${leaves.size} ${leaves.size === 1 ? 'leaf' : 'leaves'}, the extent ${stated}.`,
  });
};

const measurePattern = /^\d{1,5}(?:\.\d+)?$/;

const mapDimensions = ({ dimensions }: TeiRecord, draft: Draft): void => {
  for (const { unit, width, height } of dimensions) {
    const sides = [
      ['width', isnad.widthMm, width],
      ['height', isnad.heightMm, height],
    ] as const;
    for (const [name, property, value] of sides) {
      if (unit === 'mm' && measurePattern.test(value) && Number(value) > 0)
        draft.say(property, decimalValue(Number(value)));
      else if (value !== '' || unit !== 'mm')
        draft.find('dimension-invalid', {
          element: `dimensions/${name}`,
          value: `${value} ${unit}`.trim(),
          reason: unit === 'mm' ? 'Not a positive number.' : 'The unit is not mm.',
        });
    }
  }
};

const linesPattern = /^(\d{1,3})(?:\s+(\d{1,3}))?$/;

const mapLines = ({ writtenLines }: TeiRecord, draft: Draft): void => {
  const element = 'layout/@writtenLines';
  if (writtenLines === undefined) return;
  const [, from, to = from] = linesPattern.exec(writtenLines.trim()) ?? [];
  const [min, max] = [Number(from), Number(to)];
  if (min === 0 && max === 0)
    draft.find('lines-unknown', { element, value: writtenLines, reason: 'The value is 0.' });
  else if (from === undefined || min > max || min === 0) {
    // A lone 0 as the upper end says that only the lower one is known.
    const isOpen = max === 0 && min > 0;
    if (isOpen) draft.say(isnad.writtenLinesMin, integerValue(min));
    draft.find('lines-invalid', {
      element,
      value: writtenLines,
      reason: isOpen
        ? 'The upper number is 0, which means unknown; the lower one was taken over.'
        : 'Not a number, or two numbers from the lower to the higher.',
    });
  } else {
    draft.say(isnad.writtenLinesMin, integerValue(min));
    draft.say(isnad.writtenLinesMax, integerValue(max));
  }
};
