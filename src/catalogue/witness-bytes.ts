import type { WitnessObject, WitnessSnapshot } from '../search/witness-snapshot.ts';
import { none } from '../search/witness-snapshot.ts';
import { objectNode, passageNode, pageNode, type NodeWriter } from './witness-nodes.ts';
import { pageAt, passageAt } from './witness-passages.ts';

/**
 * The JSON of the parts of answers, as UTF-8, kept from the first time each is written: an answer
 * is then put together from pieces instead of being written and encoded anew. What is kept belongs
 * to a snapshot and goes with it.
 */
interface KeptBytes {
  readonly passages: Buffer[];
  /** Pages up to the texts they bear: `{"id":…,"pageLabel":…,"text":[`. */
  readonly pages: Buffer[];
}

const keptOf = new WeakMap<WitnessSnapshot['passages'], KeptBytes>();
const objectsOf = new WeakMap<WitnessObject, Map<string, Buffer>>();

const kept = ({ passages }: WitnessSnapshot): KeptBytes => {
  const found = keptOf.get(passages) ?? { passages: [], pages: [] };
  keptOf.set(passages, found);
  return found;
};

/** What is said of a manuscript whatever the verse, without the closing brace. */
export const objectBytes = (writer: NodeWriter, object: WitnessObject): Buffer => {
  const byLanguage = objectsOf.get(object) ?? new Map<string, Buffer>();
  objectsOf.set(object, byLanguage);
  const bytes = byLanguage.get(writer.language) ?? open(JSON.stringify(objectNode(writer, object)));
  byLanguage.set(writer.language, bytes);
  return bytes;
};

const open = (json: string): Buffer => Buffer.from(json.slice(0, -1));

const passageBytes = (snapshot: WitnessSnapshot, position: number): Buffer =>
  (kept(snapshot).passages[position] ??= Buffer.from(
    JSON.stringify(passageNode(passageAt(snapshot, position))),
  ));

const pageBytes = (snapshot: WitnessSnapshot, page: number, passage: number): Buffer =>
  (kept(snapshot).pages[page] ??= Buffer.concat([
    open(JSON.stringify(pageNode(pageAt(snapshot, page), passageAt(snapshot, passage)))),
    Buffer.from(',"text":['),
  ]));

const comma = Buffer.from(',');
const endOfPage = Buffer.from(']}');

/** Adds passages to the pieces of an answer, as JSON objects with commas between. */
export const addPassages = (
  pieces: Buffer[],
  snapshot: WitnessSnapshot,
  positions: readonly number[],
): void => {
  for (const [place, position] of positions.entries()) {
    if (place > 0) pieces.push(comma);
    pieces.push(passageBytes(snapshot, position));
  }
};

/**
 * Adds pages to the pieces of an answer, each once with the passages it bears.
 *
 * @param positions of the passages, those of one page together
 */
export const addPages = (
  pieces: Buffer[],
  snapshot: WitnessSnapshot,
  positions: readonly number[],
): void => {
  let last = none;
  for (const position of positions) {
    const page = snapshot.passages.page[position] ?? none;
    if (page === last) pieces.push(comma);
    else {
      if (last !== none) pieces.push(endOfPage, comma);
      pieces.push(pageBytes(snapshot, page, position));
    }
    pieces.push(passageBytes(snapshot, position));
    last = page;
  }
  if (last !== none) pieces.push(endOfPage);
};
