import type { Agents } from './agents.ts';
import { addCodices } from './codices.ts';
import { addCoverage } from './coverage.ts';
import { findRow, type Facts, type Row } from './facts.ts';
import { cell, concept, createGraph, record, recordKey, type Graph, type Node } from './graph.ts';
import { addLayers, layerIri } from './layers.ts';
import { addClaims } from './manuscript-claims.ts';
import { folioCounts, materials, statuses } from './manuscript-table.ts';
import { placeOf } from './places.ts';
import { addSource } from './provenance.ts';
import { addRadiocarbon } from './radiocarbon.ts';
import { addRepository } from './repositories.ts';
import {
  catalogueKey,
  corpusRows,
  curatedRows,
  manuscriptIri,
  manuscriptType,
  type FindSubject,
} from './subjects.ts';
import { integer, iri, term, text, type Value } from './turtle.ts';

type ManuscriptRow = Row<'manuscripts'>;

/** What every part of a row’s description needs. */
export interface Sources {
  readonly facts: Facts;
  readonly agents: Agents;
  readonly find: FindSubject;
}

/** The rows of one of the two datasets. */
const rowsOf = ({ slug }: Graph, facts: Facts): readonly ManuscriptRow[] =>
  facts.manuscripts.filter(({ cc_id }) => (cc_id !== '') === (slug === corpusRows));

/** Words that stand in place of a shelfmark. */
const noShelfmark = 'unknown call number';

const addShelfmark = (object: Node, { shelfmark }: ManuscriptRow): void => {
  if (shelfmark === '') object.add('isnad:shelfmarkAbsentReason', text('The source states none.'));
  else if (shelfmark === noShelfmark) object.add('isnad:shelfmarkAbsentReason', text(shelfmark));
  else object.add('isnad:shelfmark', text(shelfmark));
};

/** Marks that a volume once had together with others. */
const formerShelfmarks: Readonly<Record<string, string>> = {
  ms007: 'Islamic Arabic 1572',
  ms008: 'Islamic Arabic 1572',
  ms057: 'Is 1615',
  ms058: 'Is 1615',
};

const addFormerShelfmark = (object: Node, { id }: ManuscriptRow): void => {
  const former = formerShelfmarks[id];
  if (former === undefined) return;
  const identifier = object
    .part('former-shelfmark', 'isnad:Identifier')
    .add('rdfs:label', text(former))
    .add('isnad:identifierValue', text(former))
    .add('isnad:identifierKind', concept('identifier-kind', 'former-shelfmark'));
  object.add('isnad:identifier', iri(identifier.iri));
};

/** The holder of a row of the catalogue is the catalogue’s own institution; of others, the table’s. */
const holderOf = (graph: Graph, row: ManuscriptRow, { agents }: Sources): Value => {
  const { institution: name, institution_id: id, city, country } = row;
  if (row.cc_id !== '') return addRepository(graph, { name, city, country });
  if (id !== '') return agents.institution(id);
  return iri(
    addSource(
      record(graph, 'Organization', name)
        .add('rdfs:label', text(name, 'en'))
        .add('isnad:locatedIn', placeOf(city, country)),
      row,
    ).iri,
  );
};

const addDigitisation = (graph: Graph, row: ManuscriptRow, object: Node): void => {
  if (row.digitised_url === '') return;
  const name = row.shelfmark || row.name;
  const digitisation = record(graph, 'Digitisation', row.id)
    .add('rdfs:label', text(`Images of ${name}`, 'en'), text(`صور ${name}`, 'ar'))
    .add('isnad:digitises', iri(object.iri))
    .add('isnad:accessPage', iri(row.digitised_url))
    .add('isnad:rightsStatement', text('Viewing rights stay with the holding library.'));
  addSource(digitisation, row);
};

/** A record of the catalogue is named by the catalogue’s key; any other by the id of its row. */
const startRecord = (graph: Graph, row: ManuscriptRow): Node =>
  row.cc_id === ''
    ? record(graph, manuscriptType(row), row.id)
    : graph
        .node(manuscriptIri(row))
        .add('rdf:type', term('isnad:Manuscript'))
        .add('isnad:sourceKey', text(recordKey('Manuscript', catalogueKey(row.cc_id))));

const addForm = (object: Node, { id }: ManuscriptRow): void => {
  if (id === 'ms081') object.add('isnad:volumeCount', integer(30));
  if (id === 'ms091') object.add('isnad:objectForm', concept('object-form', 'collection'));
  const status = statuses[id];
  if (!status) return;
  object
    .add('isnad:status', concept('status', status.status))
    .add('isnad:statusSource', text(status.source));
};

const materialOf = ({ material }: ManuscriptRow): Value | undefined => {
  if (material === '') return undefined;
  const found = materials[material];
  if (found === undefined) throw new Error(`The material “${material}” has no concept here.`);
  return concept('material', found);
};

const addManuscript = (graph: Graph, row: ManuscriptRow, sources: Sources): void => {
  const object = startRecord(graph, row).add('rdfs:label', text(row.name, 'en'));
  const isDisputed = folioCounts[row.id] !== undefined;
  addShelfmark(object, row);
  addFormerShelfmark(object, row);
  addForm(object, row);
  object
    .add('isnad:holder', holderOf(graph, row, sources))
    .add('isnad:material', materialOf(row))
    .add('isnad:materialAsWritten', cell(row.material))
    .add(
      'isnad:folioCount',
      row.folios === '' || isDisputed ? undefined : integer(Number(row.folios)),
    )
    .add('isnad:coverageAsWritten', cell(row.coverage || row.coverage_basis))
    .add('foaf:page', row.record_url === '' ? undefined : iri(row.record_url))
    .add('skos:note', cell(row.note, 'en'));
  addSource(object, row);
  addClaims(graph, row, object);
  addLayers(graph, row, sources.find);
  addCoverage(graph, row, object.iri, layerIri(row));
  addRadiocarbon(graph, row, object, sources.facts);
  addDigitisation(graph, row, object);
};

/** The waqf that the words of ms080 tell of: its note of 262 AH, and that it was endowed at Tyre. */
const addWaqf = (graph: Graph, { facts, find }: Sources): void => {
  const row = findRow(facts.manuscripts, 'ms080');
  const waqf = record(graph, 'ProvenanceEvent', `${row.id}/waqf`)
    .add('rdfs:label', text('Waqf of the Qurʾan of Amajur', 'en'), text('وقف مصحف أماجور', 'ar'))
    .add('isnad:provenanceKind', concept('provenance-kind', 'waqf'))
    .add('isnad:concerns', iri(find('codex:amajur')), iri(find(row.id)))
    .add('isnad:dateAsWritten', text('262 AH (Oct 875 - Sept 876)'))
    .add('isnad:place', placeOf('Tyre', 'LB'));
  addSource(waqf, row);
};

const manuscriptsGraph = (slug: string, sources: Sources): Graph => {
  const graph = createGraph(slug);
  for (const row of rowsOf(graph, sources.facts)) addManuscript(graph, row, sources);
  addCodices(graph, sources.facts, sources.find);
  return graph;
};

/** The rows that follow records of the Corpus Coranicum: statements about those records. */
export const corpusGraph = (sources: Sources): Graph => manuscriptsGraph(corpusRows, sources);

/** The rows of facts from other sources: records of their own. */
export const curatedGraph = (sources: Sources): Graph => {
  const graph = manuscriptsGraph(curatedRows, sources);
  addWaqf(graph, sources);
  return graph;
};
