import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesOf, IndexSeal, isSealed, sealClosed } from '../../../src/store/history/index-seal.ts';
import { beginAnew, openIndex } from '../../../src/store/history/index-database.ts';
import { base, temporaryDirectory } from '../support.ts';

/** Adds so many rows, of a kilobyte each, in one transaction. */
const fill = (database: DatabaseSync, rows: number): void => {
  const from = count(database);
  database.exec('BEGIN');
  const insert = database.prepare('INSERT INTO graphs (name) VALUES (?)');
  for (let n = from; n < from + rows; n += 1)
    insert.run(String(n).padStart(8, '0') + 'x'.repeat(1000));
  database.exec('COMMIT');
};
const count = (database: DatabaseSync): number =>
  Number(database.prepare('SELECT COUNT(*) AS n FROM graphs').get()?.['n']);

const newIndex = (): { file: string; database: DatabaseSync; seal: IndexSeal } => {
  const file = path.join(temporaryDirectory(), 'history.sqlite');
  const database = beginAnew(file, base);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return { file, database, seal: new IndexSeal(file, database) };
};

/** The files as a process leaves them that is killed now, as the index of a data directory. */
const copyOf = (file: string): string => {
  const dataDir = temporaryDirectory();
  cpSync(path.dirname(file), path.join(dataDir, 'indexes'), { recursive: true });
  return dataDir;
};
const rowsIn = (dataDir: string): number => {
  const database = openIndex(dataDir, base);
  try {
    return count(database);
  } finally {
    database.close();
  }
};

describe('the seal of an index', () => {
  it('holds from its first moment on, while it is written and when it was closed', () => {
    const { file, database, seal } = newIndex();
    expect(isSealed(file)).toBe(true);
    for (let n = 0; n < 3; n += 1) {
      fill(database, 200);
      seal.renewIfGrown();
      expect(isSealed(file)).toBe(true);
    }
    expect(rowsIn(copyOf(file))).toBe(600);
    database.close();
    expect(isSealed(file)).toBe(false);
    sealClosed(file);
    expect(isSealed(file)).toBe(true);
    expect(rowsIn(copyOf(file))).toBe(600);
  });

  it('is renewed once much was written, so that the WAL does not grow for ever', () => {
    const { file, database, seal } = newIndex();
    let largest = 0;
    for (let n = 0; n < 8; n += 1) {
      fill(database, 2000);
      largest = Math.max(largest, statSync(`${file}-wal`).size);
      seal.renewIfGrown();
      expect(isSealed(file)).toBe(true);
    }
    expect(largest).toBeGreaterThan(32_000_000);
    expect(largest).toBeLessThan(45_000_000);
    fill(database, 1);
    const dataDir = copyOf(file);
    rmSync(path.join(dataDir, 'indexes', 'history.sqlite-wal'));
    const kept = rowsIn(dataDir);
    expect(kept).toBeGreaterThan(5000);
    expect(kept).toBeLessThan(16_001);
  });

  it('is taken away where somebody reads what is only in the WAL, and renewed later', () => {
    const { file, database, seal } = newIndex();
    fill(database, 100);
    const other = new DatabaseSync(file, { readOnly: true });
    const rows = other.prepare('SELECT * FROM graphs').iterate();
    rows.next();
    fill(database, 100);
    seal.renew();
    expect(isSealed(file)).toBe(false);
    expect(rowsIn(copyOf(file))).toBe(0);
    other.close();
    seal.renew();
    expect(isSealed(file)).toBe(true);
    expect(rowsIn(copyOf(file))).toBe(200);
  });

  it('shows damage anywhere, after which the index is begun anew; damage to the WAL costs what follows it', () => {
    const { file, database, seal } = newIndex();
    fill(database, 500);
    seal.renew();
    fill(database, 500);
    const damages: readonly ((index: string) => void)[] = [
      (index) => flip(index, Math.floor(statSync(index).size / 2)),
      (index) => truncateSync(index, statSync(index).size - 1),
      (index) => rmSync(`${index}.seal`),
      (index) => flip(`${index}.seal`, 3),
    ];
    for (const damage of damages) {
      const dataDir = copyOf(file);
      damage(path.join(dataDir, 'indexes', 'history.sqlite'));
      expect(rowsIn(dataDir)).toBe(0);
    }
    const dataDir = copyOf(file);
    const wal = path.join(dataDir, 'indexes', 'history.sqlite-wal');
    flip(wal, Math.floor(statSync(wal).size / 2));
    expect(rowsIn(dataDir)).toBe(500);
    expect(filesOf(file).every((each) => statSync(each).isFile())).toBe(true);
  });
});

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};
