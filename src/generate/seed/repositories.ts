import { namesInOtherScripts } from '../../model/names.ts';
import type { Graph } from './graph.ts';
import { placeOf } from './places.ts';
import { addSource, placesSource } from './provenance.ts';
import { repositoryIri, repositoryKey } from './subjects.ts';
import { iri, term, text, type Value } from './turtle.ts';

/** Numbers of the holding institutions in the catalogue, by their names in the table of manuscripts. */
export const repositories: Readonly<Record<string, number>> = {
  'Staatsbibliothek zu Berlin': 2,
  'Bibliothèque nationale de France': 3,
  'Cambridge University Library': 4,
  'Institute for the Study of Ancient Cultures': 5,
  'Chester Beatty Library (Leabharlann Chester Beatty)': 6,
  'Topkapı Palace Museum (Topkapı Sarayı Müzesi)': 7,
  'Khedivial Library, today: Egyptian National Library and Archives (دار الكتب والوثائق القومية)': 9,
  "Musée national d'art islamique de Raqqada (المتحف الوطني للفن الإسلامي برقادة)": 11,
  'Davids Samling (The David Collection)': 12,
  'Universiteitsbibliotheek Leiden': 15,
  'The British Library': 16,
  'Pennsylvania University Museum': 18,
  'Biblioteca Apostolica Vaticana': 21,
  'Dār al-Maḫṭūṭāt (دار المخطوطات House of Manuscripts)': 22,
  'The National Library of Russia (Российская национальная библиотека)': 23,
  'Institute of Oriental Manuscripts of the Russian Academy of Sciences (Институт восточных рукописей Российской академии наук)': 24,
  'Universitätsbibliothek Tübingen': 25,
  'The al-Sabah Collection Kuwait (دار الاثار الاسلامية)': 29,
  'Private collection Mark Mersiowsky': 34,
  'Cadbury Research Library (University of Birmingham)': 36,
  'Katta Langar, Mausoleum of the Shaykhs of the Ishqiya brotherhood': 40,
  'Uzbekistan Academy of Sciences, Bīrūnī Institute of Oriental Studies (Ўзбекистон Республикаси Фанлар академияси Абу Райҳон Беруний номидаги Шарқшунослик институти)': 43,
  'Ibn Sīnā Bukhārā Regional Library (Абу Али ибн Сино номидаги Бухоро вилояти Ахборот-кутубхона маркази)': 44,
  'Library of Administration for Muslim Affairs of the Republic of Uzbekistan (Духовное управление мусульман Средней Азии и Казахстана)': 45,
  'The Khalili Collections': 48,
  'Michaelides Collection': 50,
  'Museum of Islamic Art (متحف الفن الإسلامي)': 52,
  'The Metropolitan Museum of Art': 54,
  'Sidney and Lois Eskenazi Museum of Art': 83,
  'Qatar National Library': 84,
  'Central Library of the University of Tehran': 85,
};

/** What is said here of a holding institution of the catalogue. */
export interface Holder {
  readonly name: string;
  readonly city: string;
  readonly country: string;
}

/**
 * Names a holding institution of the catalogue, so that a manuscript reads well before the catalogue
 * is imported; the record is the catalogue's own.
 */
export const addRepository = (graph: Graph, { name, city, country }: Holder): Value => {
  const number = repositories[name];
  if (number === undefined) throw new Error(`The catalogue knows no institution “${name}”.`);
  const holder = graph
    .node(repositoryIri(number))
    .add('rdf:type', term('isnad:Organization'))
    .add('isnad:sourceKey', text(repositoryKey(number)))
    .add('rdfs:label', text(name))
    .add(
      'skos:altLabel',
      ...namesInOtherScripts(name).map((other) => text(other.text, other.language)),
    )
    .add('isnad:locatedIn', placeOf(city, country));
  addSource(holder, { source: placesSource, confidence: 'high' });
  return iri(holder.iri);
};

/** The name of an institution of the catalogue by its number. */
export const repositoryName = (repository: number): string => {
  const found = Object.entries(repositories).find(([, number]) => number === repository);
  if (!found) throw new Error(`The catalogue’s institution ${repository} has no name here.`);
  return found[0];
};
