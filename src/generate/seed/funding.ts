import type { Agents } from './agents.ts';
import { addPeriod } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, type Graph, type Node } from './graph.ts';
import { projectIri } from './projects.ts';
import { addSource } from './provenance.ts';
import { boolean, date, decimal, iri, text } from './turtle.ts';

type FundingRow = Row<'funding'>;

/** Day on which the facts of these tables were last looked at. */
export const checkedOn = '2026-11-22';

const slug = 'funding';

/** Concepts of scheme `funding-kind` for the words of the column. */
const kinds: Readonly<Record<string, string>> = {
  'conservation funding': 'conservation-grant',
  'conservation grant': 'conservation-grant',
  'fee reduction': 'fee-reduction',
  grants: 'grant',
  'institution-building grant': 'institution-building-grant',
  prize: 'prize',
  'programme grant': 'programme-grant',
  'project grant': 'project-grant',
  'research grant': 'research-grant',
  scholarship: 'scholarship',
  'scholarship (interest-free loan)': 'scholarship-loan',
};

interface Given {
  /** Project that the grant paid for. */
  readonly project?: string;
  /** Institution of the table that received it. */
  readonly recipient?: { readonly id: string; readonly name: string };
  /** Last year, where a source names one. */
  readonly end?: string;
}

/** Grants that were given once: awards, not schemes one can apply to. */
const given: Readonly<Record<string, Given>> = {
  fund008: {
    recipient: { id: 'inst032', name: 'British Library Endangered Archives Programme' },
  },
  fund009: { project: 'proj004' },
  fund010: { project: 'proj005' },
  fund011: { project: 'proj006' },
  fund013: { recipient: { id: 'inst013', name: 'SBL' } },
  fund015: { project: 'proj008', end: '1997' },
};

/** The fee of one of several tiers is what it is; every other amount is an upper limit. */
const exactAmounts = new Set(['fund014']);

const providers = (funder: string): readonly string[] => [funder, ...funder.split(' / ')];

const addTerms = (node: Node, row: FundingRow, agents: Agents): void => {
  const kind = kinds[row.kind];
  if (kind === undefined) throw new Error(`There is no kind for “${row.kind}” of ${row.id}.`);
  node
    .add('isnad:fundingKind', concept('funding-kind', kind))
    .add('isnad:provider', ...providers(row.funder).map(agents.organization))
    .add('isnad:providerName', text(row.funder))
    .add('isnad:amount', row.amount === '' ? undefined : decimal(row.amount))
    .add('isnad:currency', row.amount === '' ? undefined : cell(row.currency))
    .add('isnad:checkedOn', date(checkedOn));
};

const addScheme = (graph: Graph, row: FundingRow, agents: Agents): void => {
  const scheme = record(graph, 'FundingScheme', row.id).add('rdfs:label', text(row.name, 'en'));
  addTerms(scheme, row, agents);
  scheme
    .add(
      'isnad:amountIsMaximum',
      row.amount === '' || exactAmounts.has(row.id) ? undefined : boolean(true),
    )
    .add('isnad:eligibility', cell(row.eligibility, 'en'))
    .add('isnad:deadlinePattern', cell(row.deadline_pattern))
    .add('skos:note', cell(row.note, 'en'))
    .add('skos:note', row.started === '' ? undefined : text(`since ${row.started}`, 'en'));
  addSource(scheme, row);
};

const grantAgreement = /grant agreement (\d+)/;

const addAward = (
  graph: Graph,
  row: FundingRow,
  { project, recipient, end = '' }: Given,
  agents: Agents,
): void => {
  const award = record(graph, 'Award', row.id).add('rdfs:label', text(row.name, 'en'));
  addTerms(award, row, agents);
  addPeriod(award, row.started, end);
  award
    .add('isnad:grantNumber', cell(grantAgreement.exec(row.note)?.[1] ?? ''))
    .add('isnad:fundedActivity', project === undefined ? undefined : iri(projectIri(project)));
  if (recipient)
    award
      .add('isnad:recipient', agents.institution(recipient.id))
      .add('isnad:recipientName', text(recipient.name));
  award.add('skos:note', cell(row.note, 'en'));
  addSource(award, row);
};

/** Schemes one can apply to, with the day they were checked, and awards that were given. */
export const fundingGraph = (facts: Facts, agents: Agents): Graph => {
  const graph = createGraph(slug);
  for (const row of facts.funding) {
    const award = given[row.id];
    if (award) addAward(graph, row, award, agents);
    else addScheme(graph, row, agents);
  }
  return graph;
};
