import { SaxesParser, type SaxesTagNS } from 'saxes';
import { IsnadError } from '../../errors.ts';

/**
 * XML read safely into a small tree: no document type, no entities but the five of XML, no depth or
 * number of elements that no record needs. Only what the caller wants to keep is kept.
 */
export interface XmlElement {
  /** Local name; `namespace` says whose. */
  readonly name: string;
  readonly namespace: string;
  /** By local name, with the prefix for those that have one: `xml:id`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  /** Line of the start tag, from 1. */
  readonly line: number;
}

/** What to do with an element: keep it whole, keep it without its text, or pass over it whole. */
export type Keep = 'keep' | 'enter' | 'pass';

export interface XmlOptions {
  /** Decides by path (`/TEI/teiHeader`); asked for an element whose parent is not kept. */
  readonly keep: (path: string) => Keep;
}

export interface XmlDocument {
  readonly root: XmlElement;
  /** How many elements were passed over, by path; what lies below them is not counted. */
  readonly passedOver: ReadonlyMap<string, number>;
}

/** TEI nests about 15 deep; a hundred is room for any sane record, and stops a bomb of start tags. */
const depthMax = 100;

/** The largest record of the catalogue has some 100,000; memory stays in bounds beyond ten times that. */
const elementsMax = 1_000_000;

/** Length of the pieces handed to the parser, in characters. */
const pieceLength = 65_536;

interface OpenElement {
  readonly path: string;
  readonly keep: Keep;
  readonly children: (XmlElement | string)[];
}

const passed: OpenElement = { path: '', keep: 'pass', children: [] };

/**
 * Reads an XML document.
 *
 * @param bytes the whole file: UTF-8, or UTF-16 with a byte order mark
 * @param file its name, for messages
 * @throws IsnadError `delivery-unsafe` for a document type declaration, `delivery-unreadable` for
 *   what is not well-formed, wrongly encoded or nested too deeply
 */
export const parseXml = (bytes: Uint8Array, file: string, options: XmlOptions): XmlDocument => {
  const text = decode(bytes, file);
  const parser = new SaxesParser({ xmlns: true, position: true, fileName: file });
  const build = createBuilder(parser, file, options);
  try {
    for (let at = 0; at < text.length; at += pieceLength)
      parser.write(text.slice(at, at + pieceLength));
    parser.close();
  } catch (error) {
    if (error instanceof IsnadError) throw error;
    throw unreadable(file, withoutPosition(error), parser);
  }
  return build();
};

/** saxes puts `file:line:column: ` before its messages. */
const withoutPosition = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^.*?:\d+:\d+: /, '');

const unreadable = (file: string, why: string, parser?: SaxesParser): IsnadError =>
  new IsnadError('delivery-unreadable', `${file} is not a readable XML file: ${why}`, {
    position: { file, ...(parser ? { line: parser.line, column: parser.column } : {}) },
  });

const createBuilder = (
  parser: InstanceType<typeof SaxesParser<{ xmlns: true }>>,
  file: string,
  { keep }: XmlOptions,
): (() => XmlDocument) => {
  const open: OpenElement[] = [];
  const passedOver = new Map<string, number>();
  let root: XmlElement | undefined;
  let elements = 0;

  parser.on('error', (error) => {
    throw error;
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?(8|16)$/i.test(encoding))
      throw unreadable(
        file,
        `it is written in ${encoding}; only UTF-8 and UTF-16 are read.`,
        parser,
      );
  });
  parser.on('doctype', () => {
    throw new IsnadError('delivery-unsafe', `${file} declares a document type (DOCTYPE).`, {
      position: { file, line: parser.line, column: parser.column },
    });
  });
  parser.on('opentag', (tag) => {
    const parent = open.at(-1);
    elements += 1;
    if (elements > elementsMax || open.length >= depthMax)
      throw unreadable(file, tooMuch(elements), parser);
    if (parent?.keep === 'pass') {
      open.push(passed);
      return;
    }
    const path = `${parent?.path ?? ''}/${tag.local}`;
    const kept = parent?.keep === 'keep' ? 'keep' : keep(path);
    if (kept === 'pass') {
      passedOver.set(path, (passedOver.get(path) ?? 0) + 1);
      open.push(passed);
      return;
    }
    const node = elementOf(tag, parser.line);
    root ??= node;
    parent?.children.push(node);
    open.push({ path, keep: kept, children: node.children });
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent?.keep === 'keep') parent.children.push(text);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return () => {
    if (!root) throw unreadable(file, 'it holds no element that is read.');
    return { root, passedOver };
  };
};

const elementOf = (tag: SaxesTagNS, line: number) => {
  const attributes: Record<string, string> = {};
  for (const { name, value } of Object.values(tag.attributes)) attributes[name] = value;
  const children: (XmlElement | string)[] = [];
  return { name: tag.local, namespace: tag.uri, attributes, children, line };
};

const tooMuch = (elements: number): string =>
  elements > elementsMax
    ? `it has more than ${elementsMax} elements.`
    : `its elements are nested more than ${depthMax} deep.`;

const decode = (bytes: Uint8Array, file: string): string => {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  try {
    return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', {
      fatal: true,
    }).decode(bytes);
  } catch (error) {
    throw new IsnadError('delivery-unreadable', `${file} is not valid UTF-8 text.`, {
      position: { file },
      cause: error,
    });
  }
};

/** The text of an element and all below it, with runs of white space as one space. */
export const textOf = (element: XmlElement | undefined): string =>
  element === undefined ? '' : oneSpaced(rawTextOf(element));

const rawTextOf = (element: XmlElement): string =>
  element.children.map((child) => (typeof child === 'string' ? child : rawTextOf(child))).join('');

/** White space of XML as one space between words, none around; other spaces stay. */
export const oneSpaced = (text: string): string =>
  text.replaceAll(/[\t\n\r ]+/g, ' ').replaceAll(/^ | $/g, '');

/** The child elements of a name, in their order. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element === undefined
    ? []
    : element.children.filter(
        (child): child is XmlElement => typeof child !== 'string' && child.name === name,
      );

/** The first element at a path of names below an element: `teiHeader/fileDesc/titleStmt`. */
export const elementAt = (
  element: XmlElement | undefined,
  path: string,
): XmlElement | undefined => {
  let found = element;
  for (const name of path.split('/')) found = childrenOf(found, name)[0];
  return found;
};

/** Every element at a path: the first one at each step but the last, then all of that name. */
export const elementsAt = (
  element: XmlElement | undefined,
  path: string,
): readonly XmlElement[] => {
  const cut = path.lastIndexOf('/');
  return cut < 0
    ? childrenOf(element, path)
    : childrenOf(elementAt(element, path.slice(0, cut)), path.slice(cut + 1));
};

/** Every element of a name at any depth below an element. */
export const descendantsOf = (
  element: XmlElement | undefined,
  name: string,
): readonly XmlElement[] =>
  (element?.children ?? []).flatMap((child) =>
    typeof child === 'string'
      ? []
      : child.name === name
        ? [child, ...descendantsOf(child, name)]
        : descendantsOf(child, name),
  );
