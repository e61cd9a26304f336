import { foldForMatching } from '../../model/names.ts';
import type { Facts, Row } from './facts.ts';
import { recordIri } from './graph.ts';
import { iri, type Value } from './turtle.ts';

/**
 * Which record a name in a cell means. The tables name people and institutions in words; a link is
 * made only where the words are the full name, the short name, or a spelling that was looked at and
 * listed here. Every other name stays words.
 */
export interface Agents {
  /** The organization of a row, by its id. */
  readonly institution: (id: string) => Value;
  /** The organization that a name means, if it is one of the table. */
  readonly organization: (name: string) => Value | undefined;
  /** The person that a full name means, as “First Last” or “Last, First”. */
  readonly person: (name: string) => Value | undefined;
  /** As `person`; also for a name shortened where the row itself leaves no doubt who is meant. */
  readonly personInContext: (name: string) => Value | undefined;
}

/** Other spellings of institutions in the tables, each looked at. */
const organizationSpellings: Readonly<Record<string, string>> = {
  'Cadbury Research Library': 'inst018',
  'Cadbury Research Library (University of Birmingham)': 'inst018',
  'Centre of Islamic Studies': 'inst014',
  'Dar al-Kutub': 'inst023',
  'Egyptian National Library': 'inst023',
  'John Rylands Library': 'inst025',
};

/** Names shortened in projects and conservation; each stands beside the work the person is known for. */
const shortenedNames: Readonly<Record<string, string>> = {
  Altıkulaç: 'pers013',
  Dreibholz: 'pers016',
  Fedeli: 'pers007',
  'García-Arenal': 'pers029',
  Jocham: 'pers002',
  Loop: 'pers031',
  Marx: 'pers001',
  'Michael Marx': 'pers001',
  'Noja Noseda': 'pers019',
  Noth: 'pers017',
  Puin: 'pers014',
  Robin: 'pers020',
  Tolan: 'pers030',
  Tottoli: 'pers032',
  'von Bothmer': 'pers015',
};

/** IRI of a row of the table of institutions. */
export const institutionIri = (id: string): string => recordIri('institutions', 'Organization', id);

/** IRI of a row of the table of scholars. */
export const scholarIri = (id: string): string => recordIri('scholars', 'Person', id);

const beforeBrackets = (name: string): string => name.replace(/ \(.*\)$/, '');

const organizationNames = ({ name, short_name, city }: Row<'institutions'>): readonly string[] =>
  [
    name,
    beforeBrackets(name),
    `${name}, ${city}`,
    short_name,
    short_name && `${short_name} ${city}`,
  ].filter((each) => each !== '');

const initials = /(?<=^|\s)\p{Lu}\.\s*/gu;

const personNames = (name: string): readonly string[] => [name, name.replaceAll(initials, '')];

const inReadingOrder = (name: string): string => {
  const [last, first, ...more] = name.split(', ');
  return first === undefined || more.length > 0 ? name : `${first} ${last}`;
};

/** Names that fit one row only, folded, with the id of that row. */
const uniqueNames = (
  named: readonly (readonly [name: string, id: string])[],
): Map<string, string> => {
  const ids = new Map<string, Set<string>>();
  for (const [name, id] of named) {
    const key = foldForMatching(name);
    ids.set(key, (ids.get(key) ?? new Set()).add(id));
  }
  return new Map(
    [...ids].flatMap(([name, [id, ...others]]) =>
      id === undefined || others.length > 0 ? [] : [[name, id] as const],
    ),
  );
};

/** Reads the tables of institutions and scholars for their names. */
export const createAgents = (facts: Facts): Agents => {
  const organizations = uniqueNames([
    ...facts.institutions.flatMap((row) =>
      organizationNames(row).map((name) => [name, row.id] as const),
    ),
    ...Object.entries(organizationSpellings),
  ]);
  const people = uniqueNames(
    facts.scholars.flatMap((row) => personNames(row.name).map((name) => [name, row.id] as const)),
  );
  const shortened = uniqueNames(Object.entries(shortenedNames));
  const person = (name: string): Value | undefined => {
    const id = people.get(foldForMatching(inReadingOrder(name)));
    return id === undefined ? undefined : iri(scholarIri(id));
  };
  return {
    institution: (id) => iri(institutionIri(id)),
    organization: (name) => {
      const id = organizations.get(foldForMatching(name));
      return id === undefined ? undefined : iri(institutionIri(id));
    },
    person,
    personInContext: (name) => {
      const id = shortened.get(foldForMatching(name));
      return person(name) ?? (id === undefined ? undefined : iri(scholarIri(id)));
    },
  };
};

/** The parts of a list cell. */
export const listOf = (words: string): readonly string[] =>
  words
    .split(/;(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A name without what stands in brackets behind it. */
export const withoutBrackets = (name: string): string => name.replace(/\s*\([^()]*\)$/, '');
