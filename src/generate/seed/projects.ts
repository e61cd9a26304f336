import { addFunders, addParticipations, type Taking } from './activities.ts';
import { listOf, withoutBrackets, type Agents } from './agents.ts';
import { addPeriod } from './edtf.ts';
import { findRow, type Facts, type Row } from './facts.ts';
import { cell, concept, createGraph, record, recordIri, type Graph } from './graph.ts';
import { addSource } from './provenance.ts';
import { iri, text } from './turtle.ts';

/** IRI of a row of the table of projects. */
export const projectIri = (id: string): string => recordIri('projects', 'ResearchProject', id);

/** What stands in brackets behind a name. */
const inBrackets = (name: string): string | undefined => /\(([^()]*)\)$/.exec(name)?.[1];

/** In `proj012` the brackets hold a person, who takes part beside the library. */
const leads = ({ id, lead }: Row<'projects'>): readonly string[] =>
  id === 'proj012' ? ['John Rylands Library', 'Carol Burrows'] : listOf(lead);

/** Grants of the European Research Council go to principal investigators. */
const leadRole = ({ funder }: Row<'projects'>, name: string, agents: Agents): string => {
  if (funder.startsWith('European Research Council')) return 'principal-investigator';
  return agents.personInContext(withoutBrackets(name)) ? 'project-director' : 'coordinator';
};

const takings = (row: Row<'projects'>, agents: Agents): readonly Taking[] => [
  ...leads(row).map((name) => ({
    name: withoutBrackets(name),
    agent: agents.personInContext(withoutBrackets(name)) ?? agents.organization(name),
    role: leadRole(row, name, agents),
    note: inBrackets(name),
  })),
  ...listOf(row.partners).map((name) => ({
    name,
    agent: agents.organization(name),
    role: 'partner',
  })),
];

const addProject = (graph: Graph, row: Row<'projects'>, agents: Agents): void => {
  const project = record(graph, 'ResearchProject', row.id)
    .add('rdfs:label', text(row.name, 'en'))
    .add('isnad:acronym', cell(row.acronym));
  addPeriod(project, row.start, row.end);
  addFunders(project, row.funder, agents);
  project
    .add('isnad:grantNumber', cell(row.grant_id))
    .add('isnad:partner', ...listOf(row.partners).map(agents.organization))
    .add('foaf:page', row.url === '' ? undefined : iri(row.url))
    .add('skos:note', cell(row.note, 'en'));
  addSource(project, row);
  addParticipations(project, takings(row, agents));
};

interface JointWork {
  readonly key: string;
  readonly label: { readonly en: string; readonly ar: string };
  /** Concept of scheme `collaboration-kind`. */
  readonly kind: string;
  readonly partners: readonly string[];
  readonly start: string;
  readonly end: string;
  /** The table and row that state it. */
  readonly from: { readonly table: 'projects' | 'institutions'; readonly id: string };
}

/** Bodies that work together, as rows of projects and institutions say; a row is named for each. */
const jointWorks: readonly JointWork[] = [
  {
    key: 'coranica',
    label: { en: 'Coranica, a Franco-German collaboration', ar: 'كورانيكا: تعاون فرنسي ألماني' },
    kind: 'joint-research',
    partners: ['BBAW', 'UMR 8167', 'Académie des Inscriptions et Belles-Lettres'],
    start: '2011',
    end: '2014',
    from: { table: 'projects', id: 'proj002' },
  },
  {
    key: 'sanaa-image-archive',
    label: {
      en: 'Image archive of the Sanaa fragments: Berlin, Corpus Coranicum and Sanaa',
      ar: 'أرشيف صور رقوق صنعاء: برلين وكوربوس كورانيكوم وصنعاء',
    },
    kind: 'digitisation',
    partners: ['Staatsbibliothek zu Berlin', 'Corpus Coranicum', 'Ministry of Culture Sanaa'],
    start: '',
    end: '',
    from: { table: 'projects', id: 'proj009' },
  },
  {
    key: 'tif-dak-protocol',
    label: {
      en: 'Protocol on the conservation of the Qurʾans of Dar al-Kutub',
      ar: 'بروتوكول صيانة مصاحف دار الكتب',
    },
    kind: 'conservation',
    partners: ['Thesaurus Islamicus Foundation', 'Dar al-Kutub', 'Ministry of Culture of Egypt'],
    start: '2005-10-02',
    end: '',
    from: { table: 'projects', id: 'proj010' },
  },
  {
    key: 'fihrist',
    label: {
      en: 'Fihrist union catalogue of UK libraries',
      ar: 'فهرست: الفهرس الموحّد للمكتبات البريطانية',
    },
    kind: 'shared-cataloguing',
    partners: ['Bodleian', 'Cambridge', 'UK libraries'],
    start: '2011',
    end: '',
    from: { table: 'projects', id: 'proj013' },
  },
  {
    key: 'iqsa-sbl',
    label: {
      en: 'Affiliation of IQSA and SBL for annual meetings',
      ar: 'انتساب الجمعية الدولية للدراسات القرآنية إلى جمعية الأدب الكتابي في اللقاءات السنوية',
    },
    kind: 'affiliation',
    partners: ['IQSA', 'SBL'],
    start: '',
    end: '',
    from: { table: 'institutions', id: 'inst013' },
  },
];

const addJointWork = (graph: Graph, joint: JointWork, facts: Facts, agents: Agents): void => {
  const { table, id } = joint.from;
  const row = table === 'projects' ? findRow(facts.projects, id) : findRow(facts.institutions, id);
  const collaboration = record(graph, 'Collaboration', joint.key)
    .add('rdfs:label', text(joint.label.en, 'en'), text(joint.label.ar, 'ar'))
    .add('isnad:collaborationKind', concept('collaboration-kind', joint.kind))
    .add('isnad:partner', ...joint.partners.map(agents.organization));
  addPeriod(collaboration, joint.start, joint.end);
  addSource(collaboration, row);
  addParticipations(
    collaboration,
    joint.partners.map((name) => ({ name, agent: agents.organization(name), role: 'partner' })),
  );
  if (joint.from.table === 'projects')
    graph.node(projectIri(joint.from.id)).add('isnad:partOfCollaboration', iri(collaboration.iri));
};

/** Research projects with their people, partners and funders, and the collaborations they rest on. */
export const projectsGraph = (facts: Facts, agents: Agents): Graph => {
  const graph = createGraph('projects');
  for (const row of facts.projects) addProject(graph, row, agents);
  for (const joint of jointWorks) addJointWork(graph, joint, facts, agents);
  return graph;
};
