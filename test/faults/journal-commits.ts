import { createHash } from 'node:crypto';
import { hashOfLines } from '../../src/rdf/graph-hash.ts';
import type { CommitDraft, Journal } from '../../src/store/journal/journal.ts';
import { openJournal } from '../../src/store/journal/open-journal.ts';
import { decodePayload } from '../../src/store/journal/payload.ts';
import { journalStart } from '../../src/store/journal/place.ts';
import { readRecords } from '../../src/store/journal/read-records.ts';
import { baseIri } from './open-store.ts';

/**
 * Numbered commits written to a journal alone, without engines, where a proof opens it thousands of
 * times. Commit n adds lines that follow from n; every seventh is large and hard to compress.
 */
const smallLines = 3;
const largeLines = 400;
const largeEvery = 7;
const smallSegmentBytes = 6000;

const linesOf = (n: number): Buffer => {
  const count = n % largeEvery === 0 ? largeLines : smallLines;
  const value = (line: number): string =>
    createHash('sha256').update(`${n} ${line}`).digest('base64');
  return Buffer.from(
    Array.from({ length: count }, (_, i) => `<a:s${n}> <a:p${i}> "${value(i)}" <a:g${n}> .\n`).join(
      '',
    ),
  );
};

/** The draft of commit n. */
export const commitDraft = (n: number): CommitDraft => {
  const lines = linesOf(n);
  const addedQuads = lines.toString().split('\n').length - 1;
  return {
    deltas: [
      {
        graph: `a:g${n}`,
        added: [lines],
        removed: [],
        addedQuads,
        removedQuads: 0,
        hashChange: hashOfLines([lines]),
        created: true,
        dropped: false,
      },
    ],
    description: { activity: 'update', actor: 'proof', message: `n=${n}` },
  };
};

/** Opens the journal in small segments. */
export const openSmallJournal = async (
  directory: string,
  segmentBytesMax = smallSegmentBytes,
): Promise<Journal> => openJournal({ directory, baseIri, segmentBytesMax });

/**
 * Opens a journal and reads every quad of it.
 *
 * @returns the number of the newest commit of `commitDraft` in it, after checking that all before it
 *   are there too, each with its own quads; or what is wrong
 */
export const readNumbered = async (
  directory: string,
  first = 1,
): Promise<{ readonly n: number; readonly problem?: string }> => {
  const journal = await openSmallJournal(directory);
  try {
    let n = first - 1;
    for (const { record } of readRecords(directory, journalStart, journal.head)) {
      const pieces = decodePayload(record).map(({ added, removed }) => [...removed, ...added]);
      if (!record.header.message.startsWith('n=')) continue;
      n += 1;
      if (record.header.message !== `n=${n}`)
        return { n, problem: `${record.header.message} where n=${n} belongs` };
      if (!Buffer.concat(pieces.flat()).equals(linesOf(n)))
        return { n, problem: `commit n=${n} holds other quads than were written` };
    }
    return { n };
  } finally {
    await journal.close();
  }
};
