import { setImmediate as breathe } from 'node:timers/promises';
import { IsnadError } from '../../errors.ts';
import { isnad } from '../../model/terms.ts';
import { byteLines, subjectOf, toByteString } from '../history/lines.ts';
import { decodePayload } from '../journal/payload.ts';
import { journalStart, type Place } from '../journal/place.ts';
import { readRecords } from '../journal/read-records.ts';
import type { RedactionOf } from '../time.ts';

/** Whether a line, given as bytes with its line break, is to be withheld. */
export type Wanted = (line: string) => boolean;

interface AddedLines {
  readonly sequence: number;
  readonly graph: string;
  readonly lines: Iterable<string>;
}

/** What commits added, piece by piece; others get their turn in between. */
async function* addedLines(journal: string, head: Place): AsyncGenerator<AddedLines> {
  for (const { record } of readRecords(journal, journalStart, head))
    for (const { entry, added } of decodePayload(record))
      for (const piece of added) {
        yield { sequence: record.sequence, graph: entry.graph, lines: byteLines(piece) };
        await breathe();
      }
}

/** What a commit added, in all of its graphs or in one. */
const linesAddedBy = async (
  journal: string,
  head: Place,
  commit: number,
  wantedGraph: string | undefined,
): Promise<Set<string>> => {
  if (commit > head.sequence) throw new IsnadError('not-found', `There is no commit ${commit}.`);
  const all = new Set<string>();
  for await (const { sequence, graph, lines } of addedLines(journal, head)) {
    if (sequence > commit) break;
    if (sequence < commit || (wantedGraph ?? graph) !== graph) continue;
    for (const line of lines) all.add(line);
  }
  return all;
};

const aboutPart = `> <${isnad.about}> <`;

/** The node that a line claims its subject to be about, as bytes. */
const claimedBy = (line: string, subject: string): string | undefined => {
  const at = subject.length + 1;
  if (!line.startsWith(aboutPart, at)) return undefined;
  const from = at + aboutPart.length;
  return line.slice(from, line.indexOf('>', from));
};

const belongsTo = (node: string, owner: string): boolean =>
  node === owner || node.startsWith(`${owner}#`);

/** The statements that are about a node or one at its address with a fragment. */
const statementsAbout = async (journal: string, head: Place, iri: string): Promise<string[]> => {
  const statements = new Set<string>();
  for await (const { lines } of addedLines(journal, head))
    for (const line of lines) {
      const subject = subjectOf(line);
      const node = claimedBy(line, subject);
      if (node !== undefined && belongsTo(node, iri)) statements.add(subject);
    }
  return [...statements];
};

/**
 * Which lines are meant. A record is what its history shows: its own node, the nodes at its address with
 * a fragment, and the statements about any of these with their own nodes.
 *
 * @throws IsnadError `not-found` for a commit there is not
 */
export const selectLines = async (
  journal: string,
  head: Place,
  of: RedactionOf,
): Promise<Wanted> => {
  if (of.kind === 'lines') {
    const lines = new Set(of.lines.map((line) => toByteString(`${line}\n`)));
    return (line) => lines.has(line);
  }
  if (of.kind === 'commit') {
    const lines = await linesAddedBy(journal, head, of.sequence, of.graph);
    return (line) => lines.has(line);
  }
  const iri = toByteString(of.iri);
  const owners = new Set([iri, ...(await statementsAbout(journal, head, iri))]);
  return (line) => {
    const subject = subjectOf(line);
    const hash = subject.indexOf('#');
    if (owners.has(subject)) return true;
    // Every part of the address up to a # may be the owner's.
    for (let at = hash; at >= 0; at = subject.indexOf('#', at + 1))
      if (owners.has(subject.slice(0, at))) return true;
    return false;
  };
};
