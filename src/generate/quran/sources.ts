import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { suraNames } from './sura-names.ts';

/** A row of Tanzil's table of sūras, joined with the names this project adds. */
export interface SuraSource {
  readonly sura: number;
  readonly verses: number;
  readonly firstOrdinal: number;
  readonly romanised: string;
  readonly arabic: string;
  readonly otherArabic: readonly string[];
  readonly tanzilRomanised: string;
  readonly english: string;
  readonly revelationType: 'meccan' | 'medinan';
  readonly revelationOrder: number;
}

const divisionKinds = ['juz', 'quarter', 'manzil', 'ruku', 'page', 'sajda'] as const;
export type DivisionKind = (typeof divisionKinds)[number];

/** Where one division begins; the source gives no ends. */
export interface DivisionSource {
  readonly kind: DivisionKind;
  readonly number: number;
  readonly startOrdinal: number;
}

/** The other counting systems of the table, by its column. */
const countingColumns = {
  kufi: 'kufan',
  madani1: 'medinan-1',
  madani2: 'medinan-2',
  makki: 'meccan',
  basari: 'basran',
  shami: 'syrian',
} as const;

/** A place where the systems differ over whether a verse ends after a word. */
export interface CountingSource {
  readonly sura: number;
  readonly verse: number;
  readonly word: number;
  readonly endsIn: readonly string[];
  readonly goesOnIn: readonly string[];
}

export interface QuranSources {
  readonly suras: readonly SuraSource[];
  readonly divisions: readonly DivisionSource[];
  readonly differences: readonly CountingSource[];
}

const shared = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared');
const files = {
  suras: path.join(shared, 'facts', 'sura_table.csv'),
  divisions: path.join(shared, 'facts', 'quran_divisions.csv'),
  differences: path.join(
    shared,
    'partner-data',
    'quran-variants-dataset',
    'ayah_numbering_variants.csv',
  ),
};

/** Whether the tables are there: they are not part of the project. */
export const hasQuranSources = (): boolean =>
  Object.values(files).every((file) => existsSync(file));

type CsvRow = Readonly<Record<string, string>>;

const readRows = (file: string): readonly CsvRow[] =>
  parse(readFileSync(file, 'utf8'), { columns: true });

const cell = (row: CsvRow, column: string): string => {
  const value = row[column];
  if (value === undefined) throw new Error(`A table of the Qur’an has no column ${column}.`);
  return value;
};

const whole = (row: CsvRow, column: string): number => {
  const number = Number(cell(row, column));
  if (!Number.isInteger(number)) throw new Error(`${column} is not a whole number: ${row[column]}`);
  return number;
};

const revelationTypes: Readonly<Record<string, 'meccan' | 'medinan'>> = {
  Meccan: 'meccan',
  Medinan: 'medinan',
};

const readSura = (row: CsvRow): SuraSource => {
  const sura = whole(row, 'sura');
  const name = suraNames[sura - 1];
  const revelationType = revelationTypes[cell(row, 'revelation_type')];
  if (!name || !revelationType)
    throw new Error(`The table has an unexpected row for sūra ${sura}.`);
  const tableName = cell(row, 'name_ar');
  const arabic = name.arabic ?? tableName;
  return {
    sura,
    verses: whole(row, 'ayas'),
    firstOrdinal: whole(row, 'start_index') + 1,
    romanised: name.romanised,
    arabic,
    otherArabic: [...(arabic === tableName ? [] : [tableName]), ...(name.otherNames ?? [])],
    tanzilRomanised: cell(row, 'name_translit'),
    english: cell(row, 'name_en'),
    revelationType,
    revelationOrder: whole(row, 'revelation_order'),
  };
};

const isDivisionKind = (text: string): text is DivisionKind =>
  divisionKinds.some((kind) => kind === text);

/** The ordinal of a verse, by the table itself: the model is generated from it. */
const ordinalIn = (suras: readonly SuraSource[], sura: number, verse: number): number => {
  const row = suras[sura - 1];
  if (!row || verse < 1 || verse > row.verses)
    throw new Error(`There is no verse ${sura}:${verse}.`);
  return row.firstOrdinal + verse - 1;
};

const readDivision = (suras: readonly SuraSource[], row: CsvRow): DivisionSource => {
  const kind = cell(row, 'division');
  if (!isDivisionKind(kind)) throw new Error(`There is no kind of division called ${kind}.`);
  const startOrdinal = ordinalIn(suras, whole(row, 'start_sura'), whole(row, 'start_aya'));
  return { kind, number: whole(row, 'index'), startOrdinal };
};

const readDifference = (suras: readonly SuraSource[], row: CsvRow): CountingSource => {
  const [sura, verse] = [whole(row, 'surah'), whole(row, 'verse')];
  ordinalIn(suras, sura, verse);
  const systemsWith = (value: string): string[] =>
    Object.entries(countingColumns)
      .filter(([column]) => cell(row, column) === value)
      .map(([, system]) => system);
  const [endsIn, goesOnIn] = [systemsWith('1'), systemsWith('-1')];
  if (endsIn.length + goesOnIn.length !== Object.keys(countingColumns).length)
    throw new Error(`At ${sura}:${verse} a counting system says neither 1 nor -1.`);
  return { sura, verse, word: whole(row, 'word_position'), endsIn, goesOnIn };
};

/**
 * Reads the tables of the Qur’an's structure.
 *
 * @throws Error when a table is missing, has another form, or contradicts itself
 */
export const readQuranSources = (): QuranSources => {
  const suras = readRows(files.suras).map(readSura);
  let next = 1;
  for (const { sura, firstOrdinal, verses } of suras) {
    if (firstOrdinal !== next) throw new Error(`Sūra ${sura} does not begin where the last ends.`);
    next += verses;
  }
  if (suras.length !== 114 || next !== 6237)
    throw new Error(`${suras.length} sūras with ${next - 1} verses are not the Kufan count.`);
  return {
    suras,
    divisions: readRows(files.divisions).map((row) => readDivision(suras, row)),
    differences: readRows(files.differences).map((row) => readDifference(suras, row)),
  };
};
