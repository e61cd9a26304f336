import { isnad, owl, rdf, sh, shared, skos } from '../model/terms.ts';
import type { Quad, Term } from '../rdf/terms.ts';
import type { Store } from '../store/store.ts';
import { readDatasets } from './datasets.ts';
import type { Asker } from '../turns.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { readAtOneCommit, type GraphReader, type ReadingLimits } from './graph-reader.ts';
import { labelsOf } from './labels-of.ts';
import { listPages } from './list-pages.ts';
import { listWholePassages } from './list-whole-passages.ts';
import { quadOf } from './quad-of.ts';
import type { InboundGroup, RecordDescription } from './record-description.ts';

/** How many of the things that refer to a record by one property are shown. */
export const inboundShownMax = 10;

/**
 * Describes a record.
 *
 * @param page which part of the list of its pages, from 1 on
 * @returns nothing when no statement has the record as its subject
 */
export const describeRecord = async (
  store: Store,
  limits: ReadingLimits,
  iri: string,
  page: number,
  asker?: Asker,
): Promise<RecordDescription | undefined> => {
  const { result, commit } = await readAtOneCommit(
    store,
    limits,
    (reader) => describe(reader, iri, page),
    asker,
  );
  return result === undefined ? undefined : { ...result, commit };
};

const describe = async (
  reader: GraphReader,
  iri: string,
  page: number,
): Promise<Omit<RecordDescription, 'commit'> | undefined> => {
  const statements = await readStatements(reader, iri);
  if (statements.length === 0) return undefined;
  const whole = await listWholePassages(reader, iri);
  const quads = [...statements, ...whole.quads];
  const pages = await listPages(reader, iri, page);
  const inbound = await readInbound(reader, iri);
  const mentioned = mentionedIn(quads, inbound);
  const graphs = new Set([...quads, ...(pages?.quads ?? [])].map(({ graph }) => graph.value));
  return {
    iri,
    quads,
    labels: await labelsOf(reader, mentioned),
    propertyOrder: await readPropertyOrder(reader, iri),
    shortcuts: await readShortcuts(reader),
    datasets: await readDatasets(reader, graphs),
    inbound,
    wholePassages: whole.passages,
    pages,
    same: await readSame(reader, iri),
  };
};

/**
 * Quads by what they describe, reached from the record on: its parts, whether it points to them or
 * they to it, and the assertions about them.
 */
const readStatements = async (reader: GraphReader, iri: string): Promise<Quad[]> => {
  const seen = new Set([iri]);
  const quads: Quad[] = [];
  for (let reached = [iri]; reached.length > 0;) {
    const found = await reader.select(
      `SELECT ?s ?p ?o ?g { ${valuesOf('s', reached)} GRAPH ?g { ?s ?p ?o } }`,
    );
    const own = found.flatMap(quadOf);
    quads.push(...own);
    const pointing = await reader.select(`SELECT DISTINCT ?s {
      ${valuesOf('reached', reached)}
      { ?s <${isnad.about}> ?reached }
      UNION { ?s ?p ?reached FILTER(STRSTARTS(STR(?s), CONCAT(STR(?reached), "#"))) }
    }`);
    const next = [
      ...own.flatMap(({ subject, object }) =>
        isPartOf(object, subject.value) ? object.value : [],
      ),
      ...pointing.flatMap(({ s }) => (s?.termType === 'NamedNode' ? s.value : [])),
    ];
    reached = [...new Set(next)].filter((each) => !seen.has(each));
    for (const each of reached) seen.add(each);
  }
  return quads;
};

/** Whether a term is a node at the address of `iri` with a fragment of its own. */
const isPartOf = (term: Term, iri: string): boolean =>
  term.termType === 'NamedNode' && term.value.startsWith(`${iri.split('#')[0]}#`);

/** Properties whose subjects the description shows in another place. */
const shownElsewhere = [isnad.about, isnad.pageOf, isnad.passageOf, owl.sameAs, skos.exactMatch];

const readInbound = async (reader: GraphReader, iri: string): Promise<InboundGroup[]> => {
  const counts = await reader.select(`SELECT ?p (COUNT(DISTINCT ?s) AS ?count) {
    ${valuesOf('record', [iri])}
    ?s ?p ?record
    FILTER(?p NOT IN (${shownElsewhere.map((property) => `<${property}>`).join(', ')}))
    FILTER(!STRSTARTS(STR(?s), CONCAT(STR(?record), "#")))
  } GROUP BY ?p ORDER BY ?p`);
  const groups = counts.flatMap(({ p, count }) =>
    p === undefined ? [] : [{ property: p.value, count: Number(count?.value) }],
  );
  return Promise.all(
    groups.map(async ({ property, count }) => {
      const subjects = await reader.select(
        `SELECT DISTINCT ?s {
          ${valuesOf('record', [iri])} ${valuesOf('p', [property])} ?s ?p ?record
        } ORDER BY ?s LIMIT ${inboundShownMax}`,
      );
      return { property, count, subjects: subjects.flatMap(({ s }) => s?.value ?? []) };
    }),
  );
};

const readSame = async (reader: GraphReader, iri: string): Promise<string[]> => {
  const found = await reader.select(`SELECT DISTINCT ?other {
    ${valuesOf('record', [iri])}
    VALUES ?same { <${owl.sameAs}> <${skos.exactMatch}> }
    { ?record ?same ?other } UNION { ?other ?same ?record }
  } ORDER BY ?other`);
  return found.flatMap(({ other }) => (other?.termType === 'NamedNode' ? other.value : []));
};

const mentionedIn = (quads: readonly Quad[], inbound: readonly InboundGroup[]): Set<string> => {
  const mentioned = new Set(inbound.flatMap(({ property, subjects }) => [property, ...subjects]));
  for (const { subject, predicate, object } of quads) {
    mentioned.add(subject.value).add(predicate.value);
    if (object.termType === 'NamedNode') mentioned.add(object.value);
  }
  return mentioned;
};

const readPropertyOrder = async (
  reader: GraphReader,
  iri: string,
): Promise<Map<string, number>> => {
  const found = await reader.select(`SELECT ?property ?order {
    ${valuesOf('record', [iri])}
    ?record a ?type .
    GRAPH <${shared.graphs.shapes}> {
      ?shape <${sh.targetClass}> ?type ; <${sh.property}> ?row .
      ?row <${sh.path}> ?property ; <${sh.order}> ?order
    } }`);
  return new Map(
    found.flatMap(({ property, order }) =>
      property === undefined ? [] : [[property.value, Number(order?.value)] as const],
    ),
  );
};

const readShortcuts = async (reader: GraphReader): Promise<Set<string>> => {
  const found = await reader.select(
    `SELECT DISTINCT ?property { ?property a <${isnad.ShortcutProperty}> }`,
  );
  return new Set(found.flatMap(({ property }) => property?.value ?? []));
};

/** The types of a description's record, most special first as far as is known. */
export const typesOf = ({ iri, quads }: Pick<RecordDescription, 'iri' | 'quads'>): string[] => [
  ...new Set(
    quads
      .filter(({ subject, predicate }) => subject.value === iri && predicate.value === rdf.type)
      .map(({ object }) => object.value),
  ),
];
