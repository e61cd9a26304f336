import type { Agents } from './agents.ts';
import { findRow, type Facts } from './facts.ts';
import { concept, createGraph, record, type Graph } from './graph.ts';
import { placeOf } from './places.ts';
import { addSource, type Sourced } from './provenance.ts';
import type { FindSubject } from './subjects.ts';
import { iri, text } from './turtle.ts';

/** Programmes and teaching material that rows of other tables tell of; labels are of our wording. */

interface Label {
  readonly en: string;
  readonly ar: string;
}

interface OfferedProgramme {
  readonly key: string;
  readonly label: Label;
  /** Concept of scheme `programme-kind`. */
  readonly kind: string;
  readonly audience: string;
  /** Row of the institution that runs it. */
  readonly institution: string;
  readonly note: string;
}

const programmes: readonly OfferedProgramme[] = [
  {
    key: 'sharjah-online-recitation',
    label: {
      en: 'Online recitation programme of the Holy Qurʾan Academy in Sharjah',
      ar: 'برنامج التلاوة عن بُعد في مجمع القرآن الكريم بالشارقة',
    },
    kind: 'recitation',
    audience: 'students',
    institution: 'inst011',
    note: '323 students from 101 countries at the opening of the academy.',
  },
];

interface Material {
  readonly key: string;
  readonly label: Label;
  /** Concept of scheme `resource-kind`. */
  readonly kind: string;
  readonly address: string;
  /** Object of the table of manuscripts that it shows, and row that names it. */
  readonly object: string;
  readonly row: string;
}

const materials: readonly Material[] = [
  {
    key: 'birmingham-page',
    label: {
      en: 'The Birmingham Qurʾan manuscript: page of the Cadbury Research Library',
      ar: 'مخطوط برمنغهام القرآني: صفحة مكتبة كادبوري للأبحاث',
    },
    kind: 'guide',
    address: 'https://www.birmingham.ac.uk/facilities/cadbury/TheBirminghamQuranManuscript.aspx',
    object: 'ms007',
    row: 'inst018',
  },
  {
    key: 'cambridge-lines-of-thought',
    label: {
      en: 'The Qurʾan of Amajur in an online exhibition of Cambridge University Library',
      ar: 'مصحف أماجور في معرض رقمي لمكتبة جامعة كامبريدج',
    },
    kind: 'online-exhibition',
    address: 'https://exhibitions.lib.cam.ac.uk/linesofthought/artifacts/al-qur%CA%BCan/',
    object: 'ms080',
    row: 'ms080',
  },
  {
    key: 'museum-with-no-frontiers-blue-quran',
    label: {
      en: 'The Blue Qurʾan leaves of Raqqada: page of an online museum',
      ar: 'أوراق المصحف الأزرق في رقّادة: صفحة متحف رقمي',
    },
    kind: 'online-exhibition',
    address: 'http://islamicart.museumwnf.org/database_item.php?id=object;ISL;tn;Mus01;2;en',
    object: 'ms073',
    row: 'ms073',
  },
  {
    key: 'iftahu-blue-quran',
    label: {
      en: 'The Blue Qurʾan double leaf of the Aga Khan Museum: page of an exhibition',
      ar: 'الورقة المزدوجة من المصحف الأزرق في متحف آغا خان: صفحة معرض',
    },
    kind: 'online-exhibition',
    address: 'http://iftahu.org/discover/quranandscrolls/quranandscrolls03.html',
    object: 'ms074',
    row: 'ms074',
  },
];

const addProgramme = (
  graph: Graph,
  programme: OfferedProgramme,
  facts: Facts,
  agents: Agents,
): void => {
  const { key, label, kind, audience, institution: id, note } = programme;
  const institution = findRow(facts.institutions, id);
  const node = record(graph, 'Programme', key)
    .add('rdfs:label', text(label.en, 'en'), text(label.ar, 'ar'))
    .add('isnad:programmeKind', concept('programme-kind', kind))
    .add('isnad:audience', concept('audience', audience))
    .add('isnad:organizer', agents.institution(id))
    .add('isnad:organizerName', text(institution.name))
    .add('isnad:place', placeOf(institution.city, institution.country_iso2))
    .add('skos:note', text(note, 'en'));
  addSource(node, institution);
};

const addMaterial = (graph: Graph, material: Material, facts: Facts, find: FindSubject): void => {
  const { key, label, kind, address, object, row } = material;
  const node = record(graph, 'LearningResource', key)
    .add('rdfs:label', text(label.en, 'en'), text(label.ar, 'ar'))
    .add('isnad:resourceKind', concept('resource-kind', kind))
    .add('isnad:accessPage', iri(address))
    .add('isnad:isAbout', iri(find(object)));
  addSource(
    node,
    findRow<Sourced & { readonly id: string }>([...facts.institutions, ...facts.manuscripts], row),
  );
};

/** Programmes one can attend and pages one can learn from. */
export const educationGraph = (facts: Facts, agents: Agents, find: FindSubject): Graph => {
  const graph = createGraph('education');
  for (const programme of programmes) addProgramme(graph, programme, facts, agents);
  for (const material of materials) addMaterial(graph, material, facts, find);
  return graph;
};
