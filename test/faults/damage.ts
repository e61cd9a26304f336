/**
 * Damage to a small journal of several segments: one bit flipped in every byte (in full: every bit), each
 * file cut at every length, records and files swapped, repeated, lost, zeroed. Each damaged copy must
 * be refused by name or answer exactly as before: never otherwise, never as an empty store.
 * One round is one flipped bit; the other damages are tried beside, all of them.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { commitDraft, openSmallJournal, readNumbered } from './journal-commits.ts';
import { codeOf } from './open-store.ts';
import { prove } from './proof.ts';
import { writeTree } from './trees.ts';
import { recordBytes, recordPrefixBytes } from '../../src/store/journal/record-format.ts';
import { segmentHeaderBytes } from '../../src/store/journal/segment-format.ts';

type Files = Readonly<Record<string, Buffer>>;

const commits = 6;
const segmentBytesMax = 1500;
const honest = new Set(['store-damaged', 'store-version']);
/** The bytes of a head file that hold its two slots; the rest is padding that nobody reads. */
const isPadding = (name: string, at: number): boolean => name === 'head' && at % 4096 > 80;

const recordsOf = (segment: Buffer): Buffer[] => {
  const records: Buffer[] = [];
  for (let at = segmentHeaderBytes; at + recordPrefixBytes < segment.length;) {
    const bytes = recordBytes(segment.subarray(at, at + recordPrefixBytes));
    records.push(segment.subarray(at, at + bytes));
    at += bytes;
  }
  return records;
};

/** Files with records and files in each other's place, missing, repeated or overwritten. */
const structural = (files: Files): Readonly<Record<string, Files>> => {
  const segments = Object.keys(files).filter((name) => name !== 'head');
  const [first = '', second = ''] = segments;
  const last = segments.at(-1) ?? '';
  const of = (name: string): Buffer => files[name] ?? Buffer.alloc(0);
  const head = of(first).subarray(0, segmentHeaderBytes);
  const [one = head, two = head, ...others] = recordsOf(of(first));
  const without = (name: string): Files =>
    Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));
  const withTail = (tail: Buffer): Files => ({ ...files, [last]: Buffer.concat([of(last), tail]) });
  const endZeroed = Buffer.from(of(last));
  endZeroed.fill(0, endZeroed.length - 100);
  return {
    'two records swapped': { ...files, [first]: Buffer.concat([head, two, one, ...others]) },
    'a record repeated': { ...files, [first]: Buffer.concat([head, one, one, two, ...others]) },
    'a record lost': { ...files, [first]: Buffer.concat([head, one, ...others]) },
    'two segments swapped': { ...files, [first]: of(second), [second]: of(first) },
    'the first segment lost': without(first),
    'a middle segment lost': without(second),
    'the last segment lost': without(last),
    'the head lost': without('head'),
    'every file empty': Object.fromEntries(
      Object.keys(files).map((name) => [name, Buffer.alloc(0)]),
    ),
    'every file lost': {},
    'a tail of zeros': withTail(Buffer.alloc(4096)),
    'the last record again at the end': withTail(recordsOf(of(last)).at(-1) ?? head),
    'the first record again at the end': withTail(one),
    'the end overwritten with zeros': { ...files, [last]: endZeroed },
    'a segment of zeros': { ...files, [second]: Buffer.alloc(of(second).length) },
  };
};

await prove('damage', { short: 4000, full: 100_000 }, async (proof) => {
  const directory = proof.directory('journal');
  const journal = await openSmallJournal(directory, segmentBytesMax);
  for (let n = 1; n <= commits; n += 1) await journal.append([commitDraft(n)]);
  await journal.close();
  const files: Files = Object.fromEntries(
    readdirSync(directory)
      .toSorted()
      .map((name) => [name, readFileSync(path.join(directory, name))]),
  );
  const counts = { refused: 0, unharmed: 0, undetected: 0 };

  const check = async (what: string, damaged: Files): Promise<void> => {
    writeTree(
      directory,
      new Map(Object.entries(damaged).map(([name, bytes]) => [name, { bytes }])),
    );
    try {
      const { n, problem } = await readNumbered(directory);
      if (n === commits && problem === undefined) counts.unharmed += 1;
      else {
        counts.undetected += 1;
        proof.fail(`${what}: opened with n=${n}; ${problem ?? 'whole'}`);
      }
    } catch (error) {
      counts.refused += 1;
      if (!honest.has(codeOf(error))) proof.fail(`${what}: ${String(error)}`);
      else if (!/journal/.test(String(error))) proof.fail(`${what} is refused without a place`);
    }
  };

  for (const [what, damaged] of Object.entries(structural(files))) await check(what, damaged);

  let cuts = 0;
  for (const [name, bytes] of Object.entries(files))
    for (let length = 0; length < bytes.length; length += 1) {
      if (!proof.full && (isPadding(name, length) || length % 3 !== 0)) continue;
      cuts += 1;
      await check(`${name} cut to ${length} bytes`, {
        ...files,
        [name]: bytes.subarray(0, length),
      });
    }

  const places = Object.entries(files).flatMap(([name, bytes]) =>
    Array.from(bytes.keys())
      .filter((at) => proof.full || !isPadding(name, at))
      .map((at) => ({ name, at })),
  );
  const bits = Math.max(1, Math.min(8, Math.floor(proof.rounds / places.length)));
  let flips = 0;
  for (const { name, at } of places) {
    const first = Math.floor(proof.random() * 8);
    for (let bit = first; bit < first + bits; bit += 1) {
      const bytes = Buffer.from(files[name] ?? '');
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
      flips += 1;
      await check(`${name}, byte ${at}, bit ${bit % 8}`, { ...files, [name]: bytes });
    }
  }
  return (
    `${flips} bits flipped in ${places.length} bytes, ${cuts} cuts, ${Object.keys(structural(files)).length} swaps, losses and repeats: ` +
    `${counts.refused} refused, ${counts.unharmed} unharmed, ${counts.undetected} undetected`
  );
});
