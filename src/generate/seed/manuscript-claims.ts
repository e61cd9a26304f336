import { outermostBounds, type DateBounds } from '../../model/dates.ts';
import { institutionIri, scholarIri } from './agents.ts';
import { assertDate, assertValue, type Claim } from './assertions.ts';
import { readCommonEra, type StatedDate } from './edtf.ts';
import type { Row } from './facts.ts';
import { cell, concept, type Graph, type Node } from './graph.ts';
import {
  corpusCoranicum,
  folioCounts,
  furtherDates,
  furtherScripts,
  grounds,
  hijriDates,
  origins,
  readScripts,
  scribes,
  type Ground,
} from './manuscript-table.ts';
import { placeOf } from './places.ts';
import { date, integer, iri, text, type Name } from './turtle.ts';

type ManuscriptRow = Row<'manuscripts'>;

/** The project has a record of its own, as an institution. */
const agentOf = (name: string): { readonly name: string; readonly agent?: string } =>
  name === corpusCoranicum ? { name, agent: institutionIri('inst003') } : { name };

type Said = Pick<Claim, 'kind' | 'property'> & Ground & { readonly note?: string };

/** Makes the claims of one row: about its object, or about the production of it. */
const claimsOf =
  (row: ManuscriptRow, about: string) =>
  (key: string, { by, ...said }: Said): Claim => ({
    key: `${row.id}/${key}`,
    about,
    source: row,
    ...said,
    ...(by === undefined ? {} : { by: agentOf(by) }),
  });

/** The one who speaks in a row where no one else is named. */
const speaker = (row: ManuscriptRow): Ground => (row.cc_id === '' ? {} : { by: corpusCoranicum });

const ageStated = 'crm:P4_has_time-span' satisfies Name;

/** Rows of the catalogue keep its way of writing years: `-750`. */
const statedDate = ({ cc_id, date_edtf }: ManuscriptRow): StatedDate => ({
  cell: date_edtf,
  calendar: 'gregorian',
  ...(cc_id === '' ? {} : { words: readCommonEra(date_edtf).words }),
});

const addDates = (graph: Graph, row: ManuscriptRow, production: string): readonly DateBounds[] => {
  const claim = claimsOf(row, production);
  const said = { kind: 'Date', property: ageStated } as const;
  const ground = grounds[row.date_basis];
  if (row.date_basis !== '' && !ground)
    throw new Error(`${row.id}: no ground “${row.date_basis}”.`);
  const note = row.date_basis === '' ? {} : { note: row.date_basis };
  const dates: (readonly [key: string, said: Said, stated: StatedDate])[] = [];
  if (row.date_edtf !== '') dates.push(['date', { ...said, ...ground, ...note }, statedDate(row)]);
  const hijri = hijriDates[row.id];
  if (hijri) dates.push(['date-hijri', { ...said, ...ground, ...note }, hijri]);
  const further = furtherDates[row.id];
  if (further) {
    const { stated, ...rest } = further;
    dates.push(['date-2', { ...said, ...rest }, stated]);
  }
  return dates.map(([key, each, stated]) => assertDate(graph, claim(key, each), stated));
};

const addScripts = (graph: Graph, row: ManuscriptRow, object: Node): void => {
  const claim = claimsOf(row, object.iri);
  const said = { kind: 'Script', property: 'isnad:script' } as const;
  const own = readScripts(row.script).map((script) => ({ ...script, ...speaker(row) }));
  const further = furtherScripts[row.id];
  for (const [index, { words, concept: name, ...rest }] of [
    ...own,
    ...(further ? [further] : []),
  ].entries()) {
    const value = concept('script', name);
    assertValue(graph, claim(`script-${index + 1}`, { ...said, ...rest }), value, words);
    object.add('isnad:script', value);
  }
  object.add('isnad:scriptAsWritten', cell(row.script));
};

const addFolioCounts = (graph: Graph, row: ManuscriptRow, object: Node): void => {
  const claim = claimsOf(row, object.iri);
  for (const [index, { folios, words, by, note }] of (folioCounts[row.id] ?? []).entries())
    assertValue(
      graph,
      claim(`folios-${index + 1}`, { kind: 'Folios', property: 'isnad:folioCount', by, note }),
      integer(folios),
      words,
    );
};

const addAttributions = (
  graph: Graph,
  row: ManuscriptRow,
  object: Node,
  production: Node,
): void => {
  const claim = claimsOf(row, production.iri);
  const scribe = scribes[row.id];
  if (scribe) {
    const { words, person, ...rest } = scribe;
    assertValue(
      graph,
      claim('scribe', { kind: 'Scribe', property: 'crm:P14_carried_out_by', ...rest }),
      person === undefined ? text(words) : iri(scholarIri(person)),
      words,
    );
  }
  const origin = origins[row.id];
  if (origin) {
    const place = placeOf(origin.city, origin.country);
    assertValue(
      graph,
      claim('origin', {
        kind: 'Place of origin',
        property: 'crm:P7_took_place_at',
        evidence: origin.evidence,
      }),
      place,
      origin.city,
    );
    object.add('isnad:originPlace', place);
  }
};

/**
 * Adds what a row claims of its object: dates, scripts, numbers of leaves, scribe and origin, each
 * as an Assertion, and the shortcuts that follow from them by the rules of the ontology.
 */
export const addClaims = (graph: Graph, row: ManuscriptRow, object: Node): void => {
  const production = object.part('production', 'isnad:Production');
  object.add('isnad:production', iri(production.iri));
  const dates = addDates(graph, row, production.iri);
  const { begin, end } = dates.length === 0 ? {} : outermostBounds(dates);
  object
    .add('isnad:dateEarliest', begin === undefined ? undefined : date(begin))
    .add('isnad:dateLatest', end === undefined ? undefined : date(end));
  addScripts(graph, row, object);
  addFolioCounts(graph, row, object);
  addAttributions(graph, row, object, production);
};
