import { institutionIri, listOf } from './agents.ts';
import { assertValue } from './assertions.ts';
import { codices, partRecords, partRows, sameObject, type Codex } from './codex-table.ts';
import type { Facts, Row } from './facts.ts';
import { concept, recordKey, type Graph } from './graph.ts';
import { corpusCoranicum } from './manuscript-table.ts';
import { addSource, addSources, catalogueSource, type Sourced } from './provenance.ts';
import { addRepository, repositoryName } from './repositories.ts';
import { catalogueIri, catalogueKey, codexIri, corpusRows, type FindSubject } from './subjects.ts';
import { iri, term, text, type Value } from './turtle.ts';

type ManuscriptRow = Row<'manuscripts'>;

/** A part that a row names: its words, and what stands in brackets behind them. */
interface NamedPart {
  readonly words: string;
  readonly remark: string;
}

/** Remarks in brackets; other brackets belong to the shelfmark, as in `Arabe 328 (a)`. */
const remarkPattern =
  /^(.*?) \(((?:most )?probably.*|possibly|perhaps|formerly one shelfmark|first half|second half|auctioned.*|dispersed.*)\)$/;

/** Concepts of scheme `certainty` for the words of the rows. */
const certainties: readonly (readonly [words: RegExp, certainty: string])[] = [
  [/^(?:most )?probably/, 'probable'],
  [/^(?:possibly|perhaps)/, 'possible'],
];

const certaintyOf = ({ words, remark }: NamedPart): string | undefined =>
  certainties.find(([pattern]) => pattern.test(remark) || pattern.test(words))?.[1];

const readPart = (cell: string): NamedPart => {
  const [, words = cell, remark = ''] = remarkPattern.exec(cell) ?? [];
  return { words, remark };
};

/** Words that name no part but say that there are more. */
const more = 'others';

interface Membership extends NamedPart {
  readonly codex: Codex;
  readonly row: ManuscriptRow;
  readonly number: number;
}

/** What a row says: that its own object is a part, and each part it names. */
const membershipsOf = (codex: Codex, row: ManuscriptRow): readonly Membership[] => {
  const own = { words: row.id, remark: '' };
  const named = listOf(row.other_holdings)
    .map(readPart)
    .filter(({ words }) => words !== more);
  return [own, ...named].map((part, number) => ({ codex, row, number, ...part }));
};

/** Of a record that no row follows, only holder and shelfmark were read. */
const partOfRecord = (ccId: string): Sourced => ({
  source: catalogueSource(ccId),
  confidence: 'medium',
});

const addCatalogueRecord = (graph: Graph, words: string): Value | undefined => {
  const part = partRecords[words];
  if (!part) return undefined;
  const object = iri(catalogueIri(part.ccId));
  if (graph.slug !== corpusRows) return object;
  const { ccId, shelfmark, repository } = part;
  const record = graph
    .node(catalogueIri(ccId))
    .add('rdf:type', term('isnad:Manuscript'))
    .add('isnad:sourceKey', text(recordKey('Manuscript', catalogueKey(ccId))))
    .add('rdfs:label', text(words, 'en'))
    .add('isnad:shelfmark', text(shelfmark))
    .add(
      'isnad:holder',
      addRepository(graph, { name: repositoryName(repository), city: '', country: '' }),
    );
  addSource(record, partOfRecord(ccId));
  return object;
};

const slugOf = (words: string): string =>
  words
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A part without a record: what it is called, as an identifier of the codex’s own. */
const addNamedPart = (graph: Graph, codex: string, { words }: NamedPart): Value => {
  const part = graph
    .node(codex)
    .part(`part-${slugOf(words)}`, 'isnad:Identifier')
    .add('rdfs:label', text(words, 'en'))
    .add('isnad:identifierValue', text(words))
    .add(
      'isnad:identifierKind',
      concept('identifier-kind', /\d/.test(words) ? 'shelfmark' : 'designation'),
    );
  return iri(part.iri);
};

const valueOf = (graph: Graph, membership: Membership, find: FindSubject): Value => {
  const { words, row, codex } = membership;
  if (words === row.id) return iri(find(sameObject[row.id] ?? row.id));
  const known = partRows[words];
  if (known !== undefined) return iri(find(known));
  return addCatalogueRecord(graph, words) ?? addNamedPart(graph, codexIri(codex.key), membership);
};

const addMembership = (graph: Graph, membership: Membership, find: FindSubject): void => {
  const { codex, row, number, words, remark } = membership;
  const certainty = certaintyOf(membership);
  const isOwn = words === row.id;
  const asWritten = isOwn ? row.shelfmark || row.name : words;
  assertValue(
    graph,
    {
      key: `${row.id}/part-of-${codex.key}/${number}`,
      kind: 'Part',
      about: codexIri(codex.key),
      property: 'isnad:hasPart',
      source: row,
      ...(row.cc_id === ''
        ? {}
        : { by: { name: corpusCoranicum, agent: institutionIri('inst003') } }),
      ...(certainty === undefined ? {} : { certainty }),
      ...(remark === '' ? {} : { note: remark }),
    },
    valueOf(graph, membership, find),
    asWritten,
  );
};

/** Record 890 names another leaf than its column does, which was made the same in all rows. */
const addDivergence = (graph: Graph, row: ManuscriptRow, find: FindSubject): void => {
  assertValue(
    graph,
    {
      key: `${row.id}/part-of-leiden-14545a/as-published`,
      kind: 'Part',
      about: codexIri('leiden-14545a'),
      property: 'isnad:hasPart',
      source: row,
      by: { name: corpusCoranicum, agent: institutionIri('inst003') },
      note: 'This record alone names A 6959; the other records of the group name A 6958.',
    },
    iri(find('ms025')),
    'Chicago A 6959',
  );
};

const divergentRow = 'ms024';
const divergentPart = 'Chicago A 6958';

/**
 * Adds the former codices that rows of this graph propose, and each proposal as an Assertion of its
 * own: a part named by six rows is claimed six times, each time with its source.
 */
export const addCodices = (graph: Graph, facts: Facts, find: FindSubject): void => {
  for (const codex of codices) {
    const rows = facts.manuscripts.filter(
      (row) => codex.rows.includes(row.id) && (row.cc_id !== '') === (graph.slug === corpusRows),
    );
    if (rows.length === 0) continue;
    const reconstructed = graph
      .node(codexIri(codex.key))
      .add('rdf:type', term('isnad:FormerCodex'))
      .add('isnad:sourceKey', text(recordKey('FormerCodex', codex.key)))
      .add('rdfs:label', text(codex.label.en, 'en'), text(codex.label.ar, 'ar'))
      .add('isnad:shelfmarkAbsentReason', text('reconstructed from parts in several collections'))
      .add('isnad:holderAbsentReason', text('its parts lie in several collections'))
      .add(
        'skos:note',
        rows.some(({ other_holdings }) => listOf(other_holdings).includes(more))
          ? text('The rows add “others”: there are parts that they do not name.', 'en')
          : undefined,
      );
    addSources(reconstructed, rows);
    const memberships = rows
      .flatMap((row) => membershipsOf(codex, row))
      .filter(({ row, words }) => row.id !== divergentRow || words !== divergentPart);
    for (const membership of memberships) addMembership(graph, membership, find);
    const divergent = rows.find(({ id }) => id === divergentRow);
    if (divergent) addDivergence(graph, divergent, find);
  }
};
