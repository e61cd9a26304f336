import { IsnadError } from '../../errors.ts';
import { addPiece, type Engine } from './delta.ts';
import { dumpBytes } from './dump.ts';
import { byteLines, toBytes } from './lines.ts';

const iri = String.raw`<[^<>"{}|^\x60\\\x00-\x20]+>`;
const text = String.raw`"(?:(?!\xEF\xBF[\xBE\xBF])[^"\\\x00-\x1F\x7F])*"(?:@[a-z0-9-]+)?`;

/**
 * A line that the engine can only keep as it is, or refuse: no blank nodes, no datatype whose values
 * it would spell anew, no escapes it could write otherwise. In strings of bytes.
 */
const plainLine = new RegExp(String.raw`^${iri} ${iri} (?:${iri}|${text}) (?:${iri} )?\.\n$`);

const notCanonical = (line: string): IsnadError =>
  new IsnadError(
    'rdf-syntax',
    `This line is not canonical N-Quads: ${Buffer.from(line, 'latin1').toString().trimEnd()}`,
  );

/**
 * Checks that the engine would keep lines exactly as they are spelt, by loading them into an empty
 * store and reading that back. What the journal says is then what every engine holds.
 *
 * @throws IsnadError `rdf-syntax` naming the first line that is not in the engine's spelling
 */
export const checkSpelling = (engine: Engine, pieces: readonly Uint8Array[]): void => {
  for (const piece of pieces) {
    const doubtful = byteLines(piece).filter((line) => !plainLine.test(line));
    if (doubtful.length === 0) continue;
    const stored = storedSpelling(engine, toBytes(doubtful));
    for (const line of doubtful) if (!stored.delete(line)) throw notCanonical(line);
  }
};

const storedSpelling = (engine: Engine, piece: Uint8Array): Set<string> => {
  const store = new engine.Store();
  try {
    addPiece(engine, store, piece, false);
    return new Set(byteLines(dumpBytes(engine.exports, store)));
  } finally {
    // @ts-expect-error -- the engine's types leave out the method that gives its memory back
    store.free();
  }
};
