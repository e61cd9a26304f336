import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { root } from './child.ts';
import type { Mutator } from './fuzz-mutate.ts';

interface DeliveredFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const samples = path.join(root, 'data/samples/tei');
const places = 'places.xml';
const records = readdirSync(samples).filter((name) => name.startsWith('manuscript'));
const forms = ['folder', 'folder', 'file', 'tar', 'tar.gz'] as const;
/** A delivery is left whole more often than not, so that some are accepted. */
const partTimes = [0, 0, 0, 0, 0, 1, 3, 30];
const wholeTimes = [0, 0, 0, 1];

const archive = async (file: string, files: readonly DeliveredFile[]): Promise<void> => {
  const packed = pack();
  for (const { name, bytes } of files) packed.entry({ name }, bytes);
  packed.finalize();
  await pipeline(packed, createWriteStream(file));
};

/** What stands in place of a text: the file stays well-formed. */
const texts = [
  'النص',
  'fol. 1-99999',
  '-1',
  '2:255-300:1',
  '٢:٢٥٥',
  '&#x202E;&lt;script&gt;',
  '=1+1',
  '\u00a0',
  'x'.repeat(70_000),
  '',
] as const;

/** Puts something else in place of one or two of the texts between tags. */
const replaceTexts = (bytes: Buffer, { pick }: Mutator): Buffer => {
  let xml = bytes.toString();
  for (let left = pick([1, 2]); left > 0; left -= 1) {
    const found = [...xml.matchAll(/(?<=<(?!\?)[^<>]*[^/]>)[^<>]*\S[^<>]*(?=<)/g)];
    const { index, 0: text } = pick(found);
    xml = xml.slice(0, index) + pick(texts) + xml.slice(index + text.length);
  }
  return Buffer.from(xml);
};

/** Some records of the sample delivery, and mostly its list of places. */
const chooseFiles = ({ pick }: Mutator): DeliveredFile[] => {
  const names = new Set([pick(records), pick(records), pick([places, places, pick(records)])]);
  return [...names].map((name) => ({ name, bytes: readFileSync(path.join(samples, name)) }));
};

/** Which parts of a delivery are mutated: bytes anywhere, or texts between tags. */
export type MutatedParts = 'bytes' | 'texts';

/**
 * Writes a delivery below a directory: a folder, one file or an archive, valid but for mutated parts.
 *
 * @returns its path
 */
export const writeDelivery = async (
  directory: string,
  mutator: Mutator,
  parts: MutatedParts,
): Promise<string> => {
  const files = chooseFiles(mutator).map(({ name, bytes }) => ({
    name,
    bytes: parts === 'texts' ? replaceTexts(bytes, mutator) : mutator.mutate(bytes, partTimes),
  }));
  const form = mutator.pick(forms);
  mkdirSync(directory, { recursive: true });
  if (form === 'folder' || form === 'file')
    for (const { name, bytes } of files) writeFileSync(path.join(directory, name), bytes);
  if (form === 'folder') return directory;
  if (form === 'file') return path.join(directory, files[0]?.name ?? places);
  const tar = path.join(directory, 'delivery.tar');
  await archive(tar, files);
  const bytes = readFileSync(tar);
  const packed = form === 'tar' ? bytes : gzipSync(bytes);
  const file = path.join(directory, `delivery.${form}`);
  writeFileSync(file, parts === 'texts' ? packed : mutator.mutate(packed, wholeTimes));
  return file;
};
