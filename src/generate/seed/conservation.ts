import { addFunders, addParticipations, type Taking } from './activities.ts';
import type { Agents } from './agents.ts';
import {
  conservationKinds,
  mashhadTreatments,
  type ConservationKind,
  type ConservationType,
} from './conservation-table.ts';
import { addPeriod, addSpan } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, recordIri, type Graph, type Node } from './graph.ts';
import type { Sources } from './manuscripts.ts';
import { projectIri } from './projects.ts';
import { addSource } from './provenance.ts';
import type { FindSubject } from './subjects.ts';
import { decimal, iri, text, year, type Name } from './turtle.ts';

type ConservationRow = Row<'conservation'>;

const slug = 'conservation';
const twoTreatments = 'cons008';

const kindOf = (id: string): ConservationKind => {
  const kind = conservationKinds[id];
  if (!kind) throw new Error(`What was done in ${id} is not listed here.`);
  return kind;
};

/** IRI of a row of the table of conservation that is one record. */
export const conservationIri = (id: string): string => recordIri(slug, kindOf(id).type, id);

/** By which property an activity names its object. */
const objectProperties: Readonly<Record<Exclude<ConservationType, 'ResearchOutput'>, Name>> = {
  Analysis: 'isnad:analysedObject',
  ConservationCampaign: 'isnad:concerns',
  ConservationTreatment: 'isnad:concerns',
  Digitisation: 'isnad:digitises',
};

/** Cells of the column `institution` that name a place or no institution of their own. */
const notInstitutions = new Set(['Cairo', 'several libraries']);

/** Who took part: the actors, and the institution where it was done unless it is one of them. */
const takings = (
  { institution }: ConservationRow,
  { actors }: ConservationKind,
  agents: Agents,
): readonly Taking[] => {
  const taking = actors.map((actor) => ({
    ...actor,
    agent: agents.personInContext(actor.name) ?? agents.organization(actor.name),
  }));
  const host = agents.organization(institution);
  const isActor = taking.some(
    ({ name, agent }) =>
      name === institution || (host !== undefined && agent?.turtle === host.turtle),
  );
  return isActor || notInstitutions.has(institution)
    ? taking
    : [...taking, { name: institution, agent: host, role: 'host' }];
};

/** The measurement at Birmingham states its interval and probability in words: `568-645 CE, 95.4%`. */
const addBirminghamCalibration = (analysis: Node): void => {
  const calibration = analysis
    .part('calibration-1', 'isnad:Calibration')
    .add('isnad:probability', decimal('95.4'));
  const span = analysis.part('calibration-1-range-1', 'isnad:TimeSpan');
  addSpan(span, { cell: '0568/0645', calendar: 'gregorian' });
  calibration.add('isnad:calibratedRange', iri(span.iri));
  analysis.add('isnad:calibration', iri(calibration.iri));
};

const addActivity = (graph: Graph, row: ConservationRow, { agents, find }: Sources): void => {
  const kind = kindOf(row.id);
  const { type, objects = [], techniques = [], analyses = [], project } = kind;
  if (type === 'ResearchOutput') return addFacsimile(graph, row, kind, { agents, find });
  const activity = record(graph, type, row.id)
    .add('rdfs:label', text(row.name, 'en'))
    .add(objectProperties[type], ...objects.map((object) => iri(find(object))))
    .add('isnad:concernsAsWritten', text(row.object_or_collection))
    .add('isnad:technique', ...techniques.map((technique) => concept('technique', technique)))
    .add('isnad:analysisKind', ...analyses.map((analysis) => concept('analysis-kind', analysis)))
    .add('isnad:techniqueAsWritten', text(row.method_or_scope));
  addPeriod(activity, row.start, row.end);
  addFunders(activity, row.funder, agents);
  activity
    .add(
      'isnad:placeAsWritten',
      notInstitutions.has(row.institution) ? text(row.institution) : undefined,
    )
    .add('isnad:result', cell(row.output, 'en'))
    .add('isnad:partOfProject', project === undefined ? undefined : iri(projectIri(project)));
  addSource(activity, row);
  addParticipations(activity, takings(row, kind, agents));
  if (row.id === 'cons011') {
    activity.add('isnad:laboratoryName', text('Oxford Radiocarbon Accelerator Unit'));
    addBirminghamCalibration(activity);
  }
};

/** A facsimile is a publication, not a treatment. */
const addFacsimile = (
  graph: Graph,
  row: ConservationRow,
  { objects = [], actors }: ConservationKind,
  { agents, find }: { readonly agents: Agents; readonly find: FindSubject },
): void => {
  const output = record(graph, 'ResearchOutput', row.id)
    .add('rdfs:label', text(row.name, 'en'))
    .add('isnad:outputKind', concept('output-kind', 'facsimile'))
    .add('isnad:authorName', ...actors.map(({ name }) => text(name)))
    .add('isnad:author', ...actors.map(({ name }) => agents.personInContext(name)))
    .add('isnad:publicationDate', year(row.end))
    .add('isnad:venue', text(row.institution))
    .add('isnad:isAbout', ...objects.map((object) => iri(find(object))))
    .add('isnad:isAboutAsWritten', text(row.object_or_collection));
  addSource(output, row);
};

const addMashhadTreatments = (graph: Graph, row: ConservationRow, { find }: Sources): void => {
  for (const { key, object, words, year: of, done, label } of mashhadTreatments) {
    const treatment = record(graph, 'ConservationTreatment', key)
      .add('rdfs:label', text(label, 'en'))
      .add('isnad:concerns', iri(find(object)))
      .add('isnad:concernsAsWritten', text(words))
      .add('isnad:technique', concept('technique', 'restoration'))
      .add('isnad:techniqueAsWritten', text(done))
      .add('isnad:startDate', year(of))
      .add('isnad:endDate', year(of));
    addSource(treatment, row);
    addParticipations(treatment, [{ name: row.institution, role: 'host' }]);
  }
};

/** Campaigns, treatments, analyses and digitisations, each typed by what was done. */
export const conservationGraph = (facts: Facts, sources: Sources): Graph => {
  const graph = createGraph(slug);
  for (const row of facts.conservation) {
    if (row.id === twoTreatments) addMashhadTreatments(graph, row, sources);
    else addActivity(graph, row, sources);
  }
  return graph;
};
