import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { journalStart, type Place } from '../journal/place.ts';
import { filesOf, IndexSeal, isSealed } from './index-seal.ts';

/** The index, open. */
export type IndexDatabase = DatabaseSync;

/** Where a record lies in the journal: from `starts` to where its place ends. */
export interface IndexedRecord {
  readonly place: Place;
  readonly starts: number;
}

/** Changed with every change of the tables, so that an index of another shape is made again. */
const shape = '1';

const tables = `
  CREATE TABLE about_index (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
  CREATE TABLE commits (
    sequence INTEGER PRIMARY KEY, hash TEXT, segment INTEGER, starts INTEGER, ends INTEGER,
    undoes INTEGER
  );
  CREATE TABLE graphs (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE TABLE graph_touches (
    graph INTEGER, sequence INTEGER, added INTEGER, removed INTEGER,
    PRIMARY KEY (graph, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE subjects (id INTEGER PRIMARY KEY, iri TEXT UNIQUE);
  CREATE TABLE touches (
    subject INTEGER, sequence INTEGER, graph INTEGER, added INTEGER, removed INTEGER,
    PRIMARY KEY (subject, sequence, graph)
  ) WITHOUT ROWID;
  CREATE TABLE claims (target TEXT, subject TEXT, PRIMARY KEY (target, subject)) WITHOUT ROWID;
`;

/** The file of the history index of a data directory. */
export const indexFile = (dataDir: string): string =>
  path.join(dataDir, 'indexes', 'history.sqlite');

const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -32000;
  PRAGMA journal_size_limit = 16000000;
`;

/**
 * Opens the index for writing. One that is unreadable, of another shape or of another base IRI is thrown
 * away and begun anew: it is a projection.
 */
export const openIndex = (dataDir: string, baseIri: string): IndexDatabase => {
  const file = indexFile(dataDir);
  mkdirSync(path.dirname(file), { recursive: true });
  return reopen(file, baseIri) ?? beginAnew(file, baseIri);
};

/** Opens the index for reading beside the one who writes it. */
export const openIndexToRead = (dataDir: string): IndexDatabase =>
  new DatabaseSync(indexFile(dataDir), { readOnly: true, timeout: 5000 });

const signature = (baseIri: string): string => JSON.stringify([shape, baseIri]);

const reopen = (file: string, baseIri: string): IndexDatabase | undefined => {
  let database: IndexDatabase | undefined;
  try {
    if (!isSealed(file)) return undefined;
    database = new DatabaseSync(file, { timeout: 5000 });
    database.exec(settings);
    const found = database.prepare("SELECT value FROM about_index WHERE name = 'signature'").get();
    if (found?.['value'] === signature(baseIri)) return database;
  } catch {
    // Whatever is wrong with it, the journal has it all.
  }
  database?.close();
  return undefined;
};

/** Throws the index away and begins an empty one. */
export const beginAnew = (file: string, baseIri: string): IndexDatabase => {
  for (const each of filesOf(file)) rmSync(each, { force: true });
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(settings);
  database.exec(tables);
  database.prepare("INSERT INTO about_index VALUES ('signature', ?)").run(signature(baseIri));
  new IndexSeal(file, database).renew();
  return database;
};

const recordOf = (row: Record<string, unknown>): IndexedRecord => ({
  place: {
    sequence: Number(row['sequence']),
    hash: String(row['hash']),
    segment: Number(row['segment']),
    offset: Number(row['ends']),
  },
  starts: Number(row['starts']),
});

/** The newest commit of the index. */
export const newestIndexed = (database: IndexDatabase): Place => {
  const row = database.prepare('SELECT * FROM commits ORDER BY sequence DESC LIMIT 1').get();
  return row ? recordOf(row).place : journalStart;
};

/** Where a commit lies; nothing for one that is not in the index. */
export const indexedRecord = (
  database: IndexDatabase,
  sequence: number,
): IndexedRecord | undefined => {
  const row = database.prepare('SELECT * FROM commits WHERE sequence = ?').get(sequence);
  return row && recordOf(row);
};

/** The number of a graph in the index; -1 for one that no commit has written into. */
export const graphId = (database: IndexDatabase, graph: string): number =>
  Number(database.prepare('SELECT id FROM graphs WHERE name = ?').get(graph)?.['id'] ?? -1);
