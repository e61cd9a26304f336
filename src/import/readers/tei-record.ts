import { childrenOf, descendantsOf, elementAt, elementsAt, oneSpaced, textOf } from './xml-tree.ts';
import type { XmlDocument, XmlElement } from './xml-tree.ts';

/** What a TEI file of the catalogue's shape says of one manuscript, as written. */
export interface TeiRecord {
  readonly file: string;
  /** `xml:id` of the root, such as `mysql_id_15`. */
  readonly id: string | undefined;
  readonly title: string;
  readonly publisher: string;
  /** Institution behind the publisher. */
  readonly institution: string;
  /** Address of the publisher's site, from which the pages of the records hang. */
  readonly site: string | undefined;
  /** Statements about the images: who is to be credited. */
  readonly imageCredits: readonly string[];
  readonly languageMark: string | undefined;
  readonly repository: { readonly key: string; readonly text: string } | undefined;
  readonly shelfmarks: readonly string[];
  readonly description: string;
  /** Targets of all references in the description of the manuscript, in their order. */
  readonly references: readonly { readonly element: string; readonly target: string }[];
  readonly pages: readonly TeiPage[];
  readonly material: string;
  /** Text before the dimensions; nothing when there is no `extent`. */
  readonly extent: string | undefined;
  readonly dimensions: readonly TeiDimensions[];
  readonly writtenLines: string | undefined;
  readonly scripts: readonly string[];
  readonly dates: readonly string[];
  readonly provenances: readonly string[];
  readonly contributors: readonly string[];
  readonly images: { readonly addressed: number; readonly unaddressed: number };
  readonly transcribed: boolean;
}

export interface TeiPage {
  readonly id: string | undefined;
  readonly label: string;
  /** Keys of the passages the page bears, in their order. */
  readonly keys: readonly string[];
  readonly line: number;
}

export interface TeiDimensions {
  readonly unit: string;
  readonly width: string;
  readonly height: string;
}

/** Takes a manuscript's record out of its TEI tree. Nothing is judged here. */
export const readRecord = (file: string, { root, passedOver }: XmlDocument): TeiRecord => {
  const fileDesc = elementAt(root, 'teiHeader/fileDesc');
  const msDesc = descendantsOf(elementAt(fileDesc, 'sourceDesc'), 'msDesc')[0];
  const object = elementAt(msDesc, 'physDesc/objectDesc');
  const support = elementAt(object, 'supportDesc');
  const extent = elementAt(support, 'extent');
  const graphics = descendantsOf(elementAt(root, 'facsimile'), 'graphic');
  const addressed = graphics.filter(({ attributes }) => (attributes['url'] ?? '') !== '').length;
  return {
    file,
    id: root.attributes['xml:id'],
    title: textOf(elementAt(fileDesc, 'titleStmt/title')),
    ...readPublication(elementAt(fileDesc, 'publicationStmt')),
    languageMark: msDesc?.attributes['xml:lang'],
    repository: readRepository(elementAt(msDesc, 'msIdentifier/repository')),
    shelfmarks: texts(elementsAt(msDesc, 'msIdentifier/idno')),
    description: textOf(elementAt(msDesc, 'msContents/summary')),
    references: readReferences(msDesc),
    pages: elementsAt(msDesc, 'msContents/msItem').map(readPage),
    material: support?.attributes['material'] ?? '',
    extent: extent && textBefore(extent, 'dimensions'),
    dimensions: childrenOf(extent, 'dimensions').map(readDimensions),
    writtenLines: elementAt(object, 'layoutDesc/layout')?.attributes['writtenLines'],
    scripts: texts(elementsAt(msDesc, 'physDesc/scriptDesc/scriptNote')),
    dates: texts(elementsAt(msDesc, 'history/origin/origDate')),
    provenances: texts(elementsAt(msDesc, 'history/provenance')),
    contributors: texts(elementsAt(msDesc, 'additional/adminInfo/recordHist/p')),
    images: { addressed, unaddressed: graphics.length - addressed },
    transcribed: [...passedOver.keys()].some((path) => path.startsWith('/TEI/text/body/l')),
  };
};

const texts = (elements: readonly XmlElement[]): readonly string[] =>
  elements.map((element) => textOf(element)).filter((text) => text !== '');

const readPublication = (statement: XmlElement | undefined) => ({
  publisher: textOf(elementAt(statement, 'publisher')),
  institution: textOf(elementAt(statement, 'pubPlace/address/orgName')),
  site: elementAt(statement, 'pubPlace/address/addrLine/ref')?.attributes['target'],
  imageCredits: texts(childrenOf(statement, 'availability')),
});

const readRepository = (element: XmlElement | undefined): TeiRecord['repository'] =>
  element && { key: element.attributes['key'] ?? '', text: textOf(element) };

const readPage = (element: XmlElement): TeiPage => ({
  id: element.attributes['xml:id'],
  label: element.attributes['n'] ?? '',
  keys: childrenOf(element, 'title')
    .map((title) => title.attributes['key'] ?? textOf(title))
    .filter((key) => key !== ''),
  line: element.line,
});

const readDimensions = (element: XmlElement): TeiDimensions => ({
  unit: element.attributes['unit'] ?? '',
  width: textOf(elementAt(element, 'width')),
  height: textOf(elementAt(element, 'height')),
});

/**
 * The text of an element before a child of that name: the numbers of the dimensions follow the
 * number of folios without a space, and would run into it.
 */
const textBefore = (element: XmlElement, name: string): string => {
  const end = element.children.findIndex(
    (child) => typeof child !== 'string' && child.name === name,
  );
  const before = end < 0 ? element.children : element.children.slice(0, end);
  return oneSpaced(
    before.map((child) => (typeof child === 'string' ? child : textOf(child))).join(''),
  );
};

const readReferences = (msDesc: XmlElement | undefined): TeiRecord['references'] =>
  (
    [
      ['summary', elementAt(msDesc, 'msContents/summary')],
      ['support', elementAt(msDesc, 'physDesc/objectDesc/supportDesc/support')],
      ['scriptDesc', elementAt(msDesc, 'physDesc/scriptDesc')],
    ] as const
  ).flatMap(([element, parent]) =>
    descendantsOf(parent, 'ref').map(({ attributes }) => ({
      element,
      target: attributes['target'] ?? '',
    })),
  );
