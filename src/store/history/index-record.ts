import { isnad } from '../../model/terms.ts';
import { decodePayload } from '../journal/payload.ts';
import type { PlacedRecord } from '../journal/read-records.ts';
import type { IndexDatabase } from './index-database.ts';
import { byteLines, fromByteString, subjectOf } from './lines.ts';

/** Subjects counted before they are written, which bounds the memory that a large commit needs. */
const countedMax = 50_000;

type Statement = ReturnType<IndexDatabase['prepare']>;

interface Counts {
  added: number;
  removed: number;
}

const claim = `> <${isnad.about}> <`;

/** Writes records into the index, within the transaction of the caller. */
export class IndexWriter {
  readonly #commit: Statement;
  readonly #graph: Statement;
  readonly #graphId: Statement;
  readonly #graphTouch: Statement;
  readonly #subject: Statement;
  readonly #touch: Statement;
  readonly #claim: Statement;

  constructor(database: IndexDatabase) {
    this.#commit = database.prepare('INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)');
    this.#graph = database.prepare('INSERT INTO graphs (name) VALUES (?) ON CONFLICT DO NOTHING');
    this.#graphId = database.prepare('SELECT id FROM graphs WHERE name = ?');
    this.#graphTouch = database.prepare('INSERT INTO graph_touches VALUES (?, ?, ?, ?)');
    this.#subject = database.prepare(
      'INSERT INTO subjects (iri) VALUES (?) ON CONFLICT (iri) DO UPDATE SET id = id RETURNING id',
    );
    this.#touch = database.prepare(
      `INSERT INTO touches VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET added = added + excluded.added, removed = removed + excluded.removed`,
    );
    this.#claim = database.prepare('INSERT INTO claims VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  /** Adds one commit: where it lies, and what it touched. Gives how many lines it had. */
  add({ record, end }: PlacedRecord): number {
    this.#commit.run(
      end.sequence,
      end.hash,
      end.segment,
      end.offset - record.bytes,
      end.offset,
      undoneBy(record),
    );
    let lines = 0;
    for (const { entry, removed, added } of decodePayload(record)) {
      this.#graph.run(entry.graph);
      const graph = Number(this.#graphId.get(entry.graph)?.['id']);
      this.#graphTouch.run(graph, end.sequence, entry.addedQuads, entry.removedQuads);
      const subjects = new Map<string, Counts>();
      const flush = (): void => this.#write(subjects, end.sequence, graph);
      this.#count(removed, subjects, 'removed', flush);
      this.#count(added, subjects, 'added', flush);
      flush();
      lines += entry.addedQuads + entry.removedQuads;
    }
    return lines;
  }

  #count(
    pieces: Iterable<Buffer>,
    subjects: Map<string, Counts>,
    kind: keyof Counts,
    flush: () => void,
  ): void {
    for (const piece of pieces)
      for (const line of byteLines(piece)) {
        const subject = subjectOf(line);
        const counts = subjects.get(subject);
        if (counts) counts[kind] += 1;
        else subjects.set(subject, { added: 0, removed: 0, [kind]: 1 });
        if (kind === 'added' && line.startsWith(claim, subject.length + 1))
          this.#addClaim(subject, line.slice(subject.length + 1 + claim.length));
        if (subjects.size >= countedMax) flush();
      }
  }

  /** What a statement of the model is about owns the history of who states it. */
  #addClaim(subject: string, rest: string): void {
    this.#claim.run(fromByteString(rest.slice(0, rest.indexOf('>'))), fromByteString(subject));
  }

  #write(subjects: Map<string, Counts>, sequence: number, graph: number): void {
    for (const [iri, { added, removed }] of subjects) {
      const id = Number(this.#subject.get(fromByteString(iri))?.['id']);
      this.#touch.run(id, sequence, graph, added, removed);
    }
    subjects.clear();
  }
}

/** The commit that a record takes back wholly; one that left quads as they are does not count. */
const undoneBy = ({ header }: PlacedRecord['record']): number | null =>
  header.activity === 'undo' && header.details?.counts?.['leftQuads'] === undefined
    ? (header.details?.undoes ?? null)
    : null;
