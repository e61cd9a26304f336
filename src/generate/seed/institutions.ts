import { assertDate, type Claim } from './assertions.ts';
import { institutionIri } from './agents.ts';
import type { StatedDate } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, type Graph } from './graph.ts';
import { placeOf } from './places.ts';
import { addSource } from './provenance.ts';
import { iri, text } from './turtle.ts';

/** Concepts of scheme `organization-kind` for the words of the table. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'OIC subsidiary organ': ['subsidiary-organ', 'research-centre'],
  'academy and museums': ['academy', 'museum'],
  association: ['association'],
  'development bank': ['development-bank'],
  foundation: ['foundation'],
  'funding programme host': ['funder'],
  'intergovernmental organisation': ['intergovernmental-organization'],
  'learned society': ['learned-society'],
  library: ['library'],
  'library and museum': ['library', 'museum'],
  museum: ['museum'],
  'museum and library': ['museum', 'library'],
  'printing and arts foundation': ['foundation', 'printing-house'],
  'printing and research institution': ['printing-house', 'research-institute'],
  'private collection': ['private-collection'],
  'research centre': ['research-centre'],
  'research council': ['research-council'],
  'research institute': ['research-institute'],
  'research project host': ['project-host'],
  'state body for Qurʾan text verification': ['mushaf-authority', 'government-body'],
  university: ['university'],
  'university centre': ['university-centre'],
};

/** Institutions whose name in `name_ar` is Persian. */
const persianNames = new Set(['inst022', 'inst029', 'inst030']);

interface FurtherDate {
  readonly stated: StatedDate;
  readonly note: string;
}

const gregorian = (of: string): StatedDate => ({ cell: of, calendar: 'gregorian' });

/** Founding dates that the table gives in its notes, beside the one of the column: none is “the” date. */
const furtherFoundings: Readonly<Record<string, readonly FurtherDate[]>> = {
  inst002: [
    {
      stated: { cell: '1403-01', calendar: 'islamic-civil', words: 'Muharram 1403 AH (Oct 1982)' },
      note: 'foundation stone laid',
    },
    {
      stated: { cell: '1405-02', calendar: 'islamic-civil', words: 'Safar 1405 AH (Nov 1984)' },
      note: 'opened',
    },
    { stated: gregorian('1985'), note: 'given by other pages' },
  ],
  inst007: [
    { stated: gregorian('1980'), note: 'operational' },
    { stated: gregorian('1982-05-23'), note: 'inaugurated' },
  ],
  inst009: [
    { stated: gregorian('1981'), note: 'sources disagree' },
    { stated: gregorian('1982'), note: 'sources disagree' },
  ],
};

/** Which institution is part of which, as the notes say. */
const partOf: Readonly<Record<string, string>> = { inst007: 'inst008' };

const addFounding = (graph: Graph, row: Row<'institutions'>): void => {
  const claim = (key: string, note?: string): Claim => ({
    key: `${row.id}/founding-${key}`,
    kind: 'Founded',
    about: institutionIri(row.id),
    property: 'isnad:foundingDate',
    source: row,
    ...(note === undefined ? {} : { note }),
  });
  if (row.founded !== '') assertDate(graph, claim('1'), gregorian(row.founded));
  for (const [index, { stated, note }] of (furtherFoundings[row.id] ?? []).entries())
    assertDate(graph, claim(String(index + 2), note), stated);
};

const addInstitution = (graph: Graph, row: Row<'institutions'>): void => {
  const ownKinds = kinds[row.type];
  if (!ownKinds) throw new Error(`There is no kind for “${row.type}” of ${row.id}.`);
  const parent = partOf[row.id];
  const institution = record(graph, 'Organization', row.id)
    .add('rdfs:label', text(row.name, 'en'))
    .add('rdfs:label', cell(row.name_ar, persianNames.has(row.id) ? 'fa' : 'ar'))
    .add('isnad:shortName', cell(row.short_name))
    .add('isnad:organizationKind', ...ownKinds.map((kind) => concept('organization-kind', kind)))
    .add('isnad:locatedIn', placeOf(row.city, row.country_iso2))
    .add('isnad:partOfOrganization', parent === undefined ? undefined : iri(institutionIri(parent)))
    .add('foaf:page', row.url === '' ? undefined : iri(row.url))
    .add('skos:note', cell(row.note, 'en'));
  addSource(institution, row);
  addFounding(graph, row);
};

/** Societies, libraries, museums, universities and funders, with their founding dates as claims. */
export const institutionsGraph = (facts: Facts): Graph => {
  const graph = createGraph('institutions');
  for (const row of facts.institutions) addInstitution(graph, row);
  return graph;
};
