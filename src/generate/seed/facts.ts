import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

/** The columns of each table of facts; a table with others is refused. */
const columns = {
  manuscripts: [
    'id',
    'name',
    'shelfmark',
    'institution',
    'institution_id',
    'city',
    'country',
    'other_holdings',
    'script',
    'material',
    'folios',
    'date_edtf',
    'date_ah',
    'date_ah_basis',
    'date_basis',
    'radiocarbon_bp',
    'radiocarbon_ce',
    'radiocarbon_prob',
    'coverage',
    'coverage_basis',
    'digitised_url',
    'record_url',
    'cc_id',
    'source',
    'source_licence',
    'confidence',
    'note',
  ],
  institutions: [
    'id',
    'name',
    'short_name',
    'name_ar',
    'type',
    'city',
    'country_iso2',
    'founded',
    'url',
    'note',
    'source',
    'confidence',
  ],
  scholars: [
    'id',
    'name',
    'name_ar',
    'dates_ce',
    'field',
    'affiliation',
    'authority_id',
    'source',
    'confidence',
  ],
  outputs: [
    'id',
    'title',
    'authors',
    'year',
    'venue',
    'type',
    'doi',
    'other_id_or_url',
    'source',
    'confidence',
  ],
  projects: [
    'id',
    'name',
    'acronym',
    'start',
    'end',
    'funder',
    'grant_id',
    'lead',
    'partners',
    'url',
    'note',
    'source',
    'confidence',
  ],
  events: [
    'id',
    'name',
    'type',
    'start',
    'end',
    'venue',
    'city',
    'country',
    'organiser',
    'note',
    'source',
    'confidence',
  ],
  conservation: [
    'id',
    'name',
    'object_or_collection',
    'institution',
    'start',
    'end',
    'actors',
    'method_or_scope',
    'output',
    'funder',
    'source',
    'confidence',
  ],
  funding: [
    'id',
    'name',
    'funder',
    'kind',
    'amount',
    'currency',
    'eligibility',
    'deadline_pattern',
    'started',
    'note',
    'source',
    'confidence',
  ],
} as const;

type TableName = keyof typeof columns;

/** A row of a table: every cell is text, and empty where the table says nothing. */
export type Row<Table extends TableName> = Readonly<
  Record<(typeof columns)[Table][number], string>
>;

/** The curated tables, as they are. */
export type Facts = { readonly [Table in TableName]: readonly Row<Table>[] };

/** The folder of the tables, beside the project. */
export const factsFolder = path.join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'shared',
  'facts',
);

/** Whether the tables are there: they are not part of the project. */
export const hasFacts = (folder: string = factsFolder): boolean => existsSync(folder);

const readTable = <Table extends TableName>(folder: string, name: Table): readonly Row<Table>[] => {
  const text = readFileSync(path.join(folder, `${name}.csv`), 'utf8');
  const header = text.slice(0, text.indexOf('\n')).trim();
  const expected = columns[name].join();
  if (header !== expected)
    throw new Error(`${name}.csv has the columns ${header}, not ${expected}.`);
  return parse<Row<Table>>(text, { columns: true });
};

/**
 * Reads every table.
 *
 * @throws Error when a table is missing or has other columns than expected
 */
export const readFacts = (folder: string = factsFolder): Facts => ({
  manuscripts: readTable(folder, 'manuscripts'),
  institutions: readTable(folder, 'institutions'),
  scholars: readTable(folder, 'scholars'),
  outputs: readTable(folder, 'outputs'),
  projects: readTable(folder, 'projects'),
  events: readTable(folder, 'events'),
  conservation: readTable(folder, 'conservation'),
  funding: readTable(folder, 'funding'),
});

/**
 * The row of an id.
 *
 * @throws Error when there is none
 */
export const findRow = <Sought extends { readonly id: string }>(
  rows: readonly Sought[],
  id: string,
): Sought => {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Error(`There is no row ${id}.`);
  return found;
};
