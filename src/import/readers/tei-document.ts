import { IsnadError } from '../../errors.ts';
import { outside } from '../../model/terms.ts';
import { descendantsOf, elementAt, elementsAt, parseXml } from './xml-tree.ts';
import type { Keep, XmlDocument } from './xml-tree.ts';

/** A TEI file of a delivery, by what it describes. */
export type TeiDocument =
  | { readonly kind: 'manuscript'; readonly file: string; readonly document: XmlDocument }
  | { readonly kind: 'places'; readonly file: string; readonly document: XmlDocument }
  | { readonly kind: 'other'; readonly file: string; readonly reason: string };

/** The parts of a TEI file that are read; transcriptions are passed over. */
const keepOf: Readonly<Record<string, Keep>> = {
  '/TEI': 'enter',
  '/TEI/teiHeader': 'keep',
  '/TEI/facsimile': 'keep',
  '/TEI/text': 'enter',
  '/TEI/text/body': 'enter',
  '/TEI/text/body/list': 'keep',
};

/** Items of the list of holding institutions are named so: `repository_2`. */
const placesItem = /^repository_\d+$/;

/**
 * Reads a TEI file and says what it describes: one manuscript (it has a `msDesc`), the authority
 * list of holding institutions, or something that is not for this import.
 *
 * @throws IsnadError `delivery-unreadable` for what is not well-formed or not TEI,
 *   `delivery-unsafe` for a document type declaration
 */
export const readTei = (bytes: Uint8Array, file: string): TeiDocument => {
  const document = parseXml(bytes, file, { keep: (path) => keepOf[path] ?? keepOfRoot(path) });
  const { root } = document;
  if (root.name !== 'TEI' || root.namespace !== outside.tei)
    throw new IsnadError(
      'delivery-unreadable',
      `${file} is not TEI: its root is <${root.name}>${root.namespace === '' ? ' without namespace' : ''}.`,
      { position: { file, line: root.line } },
    );
  const descriptions = descendantsOf(elementAt(root, 'teiHeader/fileDesc/sourceDesc'), 'msDesc');
  if (descriptions.length === 1) return { kind: 'manuscript', file, document };
  if (descriptions.length > 1)
    return {
      kind: 'other',
      file,
      reason: `It describes ${descriptions.length} manuscripts at once.`,
    };
  const items = elementsAt(root, 'text/body/list/item');
  if (items.some((item) => placesItem.test(item.attributes['xml:id'] ?? '')))
    return { kind: 'places', file, document };
  return { kind: 'other', file, reason: 'It is TEI but describes no manuscript (no msDesc).' };
};

/** A root of another name is looked at, so that it can be told what it is. */
const keepOfRoot = (path: string): Keep => (path.lastIndexOf('/') === 0 ? 'enter' : 'pass');
