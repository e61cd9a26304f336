import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import { syncDirectory } from '../journal/journal-io.ts';
import { segmentFileName } from '../journal/place.ts';
import { readRedactions } from '../journal/redactions.ts';
import { rewriteSegment, rewritingSuffix } from './rewrite-segment.ts';
import { completeIndex, sweep } from './stage.ts';

/** Whether a file of the journal's directory may hold withheld bytes that nothing refers to. */
const isStray = (name: string): boolean =>
  name.startsWith('set-aside-') || name.endsWith(rewritingSuffix);

/** Copies that were set aside are of whole segments, and their tails cannot be searched: all of them go. */
export const setAsideFiles = (journal: string): string[] =>
  readdirSync(journal).filter((name) => name.startsWith('set-aside-'));

/**
 * Lets the bytes of everything give way that the index withholds: in projections, in the
 * segments, in copies set aside, in what earlier redactions left. May be repeated: a crash in the middle of it costs
 * nothing but doing it again.
 *
 * @param drop removes the projections, once nobody has them open
 */
export const completeRedaction = async (
  journal: string,
  drop: () => Promise<void>,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> => {
  const redactions = readRedactions(journal);
  const { index } = redactions;
  if (!index || index.complete) return;
  // What is derived goes first: it takes no room, and without it everybody reads by the index.
  await drop();
  const segments = index.segments.filter((segment) =>
    isThere(path.join(journal, segmentFileName(segment))),
  );
  for (const [done, segment] of segments.entries()) {
    onProgress(done, segments.length);
    await rewriteSegment(journal, segment, redactions);
  }
  onProgress(segments.length, segments.length);
  for (const name of readdirSync(journal))
    if (isStray(name)) await rm(path.join(journal, name), { force: true });
  await syncDirectory(journal);
  await sweep(journal);
  await completeIndex(journal, index);
};
