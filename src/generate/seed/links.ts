import { institutionIri } from './agents.ts';
import { assertValue } from './assertions.ts';
import { findRow, type Facts, type Row } from './facts.ts';
import { createGraph, type Graph } from './graph.ts';
import { outputIri } from './outputs.ts';
import { conservationIri } from './conservation.ts';
import { analysisIri } from './radiocarbon.ts';
import { repositories } from './repositories.ts';
import { catalogueIri, repositoryIri, type FindSubject } from './subjects.ts';
import { iri } from './turtle.ts';

/**
 * Records of different datasets that a person has found to be the same thing, each with the ground
 * of the finding. The link itself is one statement, so that it can be taken back by itself.
 */
interface Link {
  readonly key: string;
  readonly one: string;
  readonly other: string;
  readonly property: 'skos:closeMatch' | 'skos:exactMatch';
  readonly ground: string;
  readonly source: Row<'manuscripts'> | Row<'conservation'>;
}

/** An institution that the catalogue knows under a former name. */
const formerlyNamed = new Set([9]);

/** One link for each institution of the catalogue that the table of institutions has, too. */
const holderLinks = (facts: Facts): readonly Link[] => {
  const links = new Map<string, Link>();
  for (const row of facts.manuscripts) {
    const repository = repositories[row.institution];
    if (row.cc_id === '' || row.institution_id === '' || repository === undefined) continue;
    const key = `repository_${repository}/${row.institution_id}`;
    if (links.has(key)) continue;
    links.set(key, {
      key,
      one: repositoryIri(repository),
      other: institutionIri(row.institution_id),
      property: formerlyNamed.has(repository) ? 'skos:closeMatch' : 'skos:exactMatch',
      ground: `Row ${row.id} of the table of manuscripts gives the catalogue’s “${row.institution}” as ${row.institution_id}.`,
      source: row,
    });
  }
  return [...links.values()];
};

const objectLinks = (facts: Facts, find: FindSubject): readonly Link[] => [
  {
    key: 'ms032/ms031',
    one: find('ms032'),
    other: find('ms031'),
    property: 'skos:exactMatch',
    ground: 'One leaf, two records: one describes its upper text, the other its erased lower text.',
    source: findRow(facts.manuscripts, 'ms032'),
  },
  {
    key: 'ms080/mysql_id_875',
    one: find('ms080'),
    other: catalogueIri('875'),
    property: 'skos:exactMatch',
    ground:
      'Same library, same shelfmark (MS Add.1116), same endowment by Amajur before 262 AH in both records.',
    source: findRow(facts.manuscripts, 'ms080'),
  },
  {
    key: 'ms090/mysql_id_1281',
    one: find('ms090'),
    other: catalogueIri('1281'),
    property: 'skos:exactMatch',
    ground: 'Same library, same shelfmark (MS M.712), both “before 911”.',
    source: findRow(facts.manuscripts, 'ms090'),
  },
];

const workLinks = (facts: Facts): readonly Link[] => [
  {
    key: 'cons011/ms007',
    one: conservationIri('cons011'),
    other: analysisIri(findRow(facts.manuscripts, 'ms007'), ''),
    property: 'skos:exactMatch',
    ground: 'One measurement of one object: both give 568-645 at 95.4 %, published in 2015.',
    source: findRow(facts.conservation, 'cons011'),
  },
  {
    key: 'cons015/out017',
    one: conservationIri('cons015'),
    other: outputIri('out017'),
    property: 'skos:exactMatch',
    ground: 'One book: the edition of the Topkapı mushaf by T. Altıkulaç, IRCICA 2007.',
    source: findRow(facts.conservation, 'cons015'),
  },
];

/** The reviewed links between datasets. */
export const linksGraph = (facts: Facts, find: FindSubject): Graph => {
  const graph = createGraph('links');
  for (const link of [...holderLinks(facts), ...objectLinks(facts, find), ...workLinks(facts)]) {
    graph.node(link.one).add(link.property, iri(link.other));
    assertValue(
      graph,
      {
        key: link.key,
        kind: 'Same thing',
        about: link.one,
        property: link.property,
        note: link.ground,
        source: link.source,
      },
      iri(link.other),
      link.key.replace('/', ' = '),
    );
  }
  return graph;
};
