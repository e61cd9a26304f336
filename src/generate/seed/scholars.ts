import { listOf, scholarIri, withoutBrackets, type Agents } from './agents.ts';
import { assertDate, type Claim } from './assertions.ts';
import type { StatedDate } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, type Graph, type Node } from './graph.ts';
import { addSource } from './provenance.ts';
import { addReaders, fullNameOf } from './readers.ts';
import { readField } from './scholar-fields.ts';
import { iri, text } from './turtle.ts';

/**
 * People carry what they or their institutions publish: name, field, affiliation. Of the living no
 * date is given: the tables have a birth year alone for them, and it is not published.
 */

const persianNames = new Set(['pers012']);

interface Life {
  readonly birth: string | undefined;
  readonly death: string | undefined;
}

const fourDigits = (digits: string): string => digits.padStart(4, '0');

/** The years of a life that has ended; nothing is read from a birth year alone. */
const readLife = (cellText: string): Life => {
  const [, birth, death] = /^(\d{3,4})-(\d{3,4})$/.exec(cellText) ?? [];
  const [, deathOnly] = /^d\. (\d{3,4})$/.exec(cellText) ?? [];
  const ended = death ?? deathOnly;
  return {
    birth: ended === undefined || birth === undefined ? undefined : fourDigits(birth),
    death: ended === undefined ? undefined : fourDigits(ended),
  };
};

/** A Hijri year of death that the source itself states, as in `(d. 169/785)`. */
const hijriDeath = /\(d\. (\d{1,4})\/(\d{3,4})\)/;

const addLife = (graph: Graph, row: Row<'scholars'>): void => {
  const { birth, death } = readLife(row.dates_ce);
  const assertOn = (
    property: 'isnad:birthDate' | 'isnad:deathDate',
    key: string,
    stated: StatedDate,
  ): void => {
    const claim: Claim = {
      key: `${row.id}/${key}`,
      kind: property === 'isnad:birthDate' ? 'Born' : 'Died',
      about: scholarIri(row.id),
      property,
      source: publishedSource(row),
    };
    assertDate(graph, claim, stated);
  };
  if (birth !== undefined)
    assertOn('isnad:birthDate', 'birth', { cell: birth, calendar: 'gregorian' });
  if (death !== undefined)
    assertOn('isnad:deathDate', 'death', { cell: death, calendar: 'gregorian' });
  const [, hijri, common] = hijriDeath.exec(row.source) ?? [];
  if (hijri !== undefined)
    assertOn('isnad:deathDate', 'death-hijri', {
      cell: fourDigits(hijri),
      calendar: 'islamic-civil',
      words: `${hijri}/${common}`,
    });
};

/** The source of a row, without the clause about a birth year that is not published. */
const publishedSource = (row: Row<'scholars'>): Row<'scholars'> =>
  readLife(row.dates_ce).death === undefined
    ? { ...row, source: row.source.replace(/; birth year general knowledge, unverified$/, '') }
    : row;

/** A Latin name beside an Arabic or Persian one is a romanisation, of a scheme the table does not name. */
const latinTag = ({ id, name_ar }: Row<'scholars'>): string | undefined => {
  if (name_ar === '') return undefined;
  return persianNames.has(id) ? 'fa-Latn' : 'ar-Latn';
};

/** A full name takes the place of a short one, which fits several people, and the short one stays beside it. */
const addNames = (person: Node, row: Row<'scholars'>): void => {
  const language = persianNames.has(row.id) ? 'fa' : 'ar';
  const full = fullNameOf(row.id);
  const short = [text(row.name, latinTag(row)), cell(row.name_ar, language)];
  if (full === undefined) person.add('rdfs:label', ...short);
  else
    person
      .add('rdfs:label', text(full.latin, latinTag(row)), text(full.arabic, language))
      .add('skos:altLabel', ...short);
};

const affiliations = (affiliation: string): readonly string[] =>
  listOf(affiliation)
    .flatMap((part) => part.split(' / '))
    .map(withoutBrackets);

const addPerson = (graph: Graph, row: Row<'scholars'>, agents: Agents): void => {
  const { fields, expertise } = readField(row.field);
  const person = record(graph, 'Person', row.id);
  addNames(person, row);
  person
    .add('isnad:field', cell(row.field))
    .add('isnad:fieldOfStudy', ...fields.map((field) => concept('field', field)))
    .add('isnad:expertise', ...expertise.map((role) => concept('role', role)))
    .add('isnad:affiliation', ...affiliations(row.affiliation).map(agents.organization))
    .add('isnad:affiliationAsWritten', cell(row.affiliation))
    .add('skos:closeMatch', row.authority_id === '' ? undefined : iri(row.authority_id));
  addSource(person, publishedSource(row));
  addLife(graph, row);
};

/** Scholars, readers, scribes and collectors. */
export const scholarsGraph = (facts: Facts, agents: Agents): Graph => {
  const graph = createGraph('scholars');
  for (const row of facts.scholars) addPerson(graph, row, agents);
  addReaders(graph);
  return graph;
};
