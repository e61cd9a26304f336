import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IsnadError } from '../errors.ts';
import { parseNamedQuery, type NamedQuery } from './named-query.ts';

/** The named questions by name, in the order of their names. */
export type NamedQueries = ReadonlyMap<string, NamedQuery>;

/** The folder beside the sources that holds the questions. */
export const namedQueriesFolder = path.join(import.meta.dirname, '..', '..', 'queries');

/**
 * Reads every question of a folder; done once, at start.
 *
 * @throws IsnadError `internal` when the header of one is not as documented
 */
export const readNamedQueries = (folder: string): NamedQueries => {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.rq'))
    .map((file) => file.slice(0, -'.rq'.length))
    .toSorted();
  return new Map(
    names.map((name) => [
      name,
      parseNamedQuery(name, readFileSync(path.join(folder, `${name}.rq`), 'utf8')),
    ]),
  );
};

/**
 * The question of this name.
 *
 * @throws IsnadError `not-found`, naming those there are
 */
export const namedQuery = (queries: NamedQueries, name: string): NamedQuery => {
  const found = queries.get(name);
  if (found !== undefined) return found;
  const allowed = [...queries.keys()];
  throw new IsnadError(
    'not-found',
    `There is no question “${name.slice(0, 80)}”. There are: ${allowed.join(', ')}.`,
    { extra: { allowed, near: allowed.map((each) => `/queries/${each}`) } },
  );
};
