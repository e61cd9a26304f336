import type { Facts } from './facts.ts';
import { cell, concept, createGraph, record, recordIri, type Graph } from './graph.ts';
import { addSource } from './provenance.ts';
import { iri, text, type Value } from './turtle.ts';

/** Slug of the dataset of places, which the other datasets point into. */
const places = 'places';

/** Arabic names of the cities and countries of the tables; the tables themselves have none. */
const arabicNames: Readonly<Record<string, string>> = {
  'Ankara, TR': 'أنقرة',
  'Baghdad, IQ': 'بغداد',
  'Baltimore, US': 'بالتيمور',
  'Berlin, DE': 'برلين',
  'Birmingham, GB': 'برمنغهام',
  'Bukhara, UZ': 'بخارى',
  'Cairo, EG': 'القاهرة',
  'Cambridge, GB': 'كامبريدج',
  'Chicago, US': 'شيكاغو',
  'Copenhagen, DK': 'كوبنهاغن',
  'Doha, QA': 'الدوحة',
  'Dublin, IE': 'دبلن',
  'Göttingen, DE': 'غوتنغن',
  'Hamburg, DE': 'هامبورغ',
  'Herat, AF': 'هراة',
  'Istanbul, TR': 'إسطنبول',
  'Jakarta, ID': 'جاكرتا',
  'Jeddah, SA': 'جدّة',
  'Kairouan, TN': 'القيروان',
  'Katta Langar, UZ': 'كتّه لنگر',
  'Kuwait, KW': 'الكويت',
  'Leiden, NL': 'ليدن',
  'London, GB': 'لندن',
  'Madinah, SA': 'المدينة المنوّرة',
  'Madrid, ES': 'مدريد',
  'Manchester, GB': 'مانشستر',
  'Mashhad, IR': 'مشهد',
  'New York, US': 'نيويورك',
  'Paris, FR': 'باريس',
  'Philadelphia, US': 'فيلادلفيا',
  'Rabat, MA': 'الرباط',
  'Saint Petersburg, RU': 'سانت بطرسبرغ',
  'San Antonio, US': 'سان أنطونيو',
  'San Diego, US': 'سان دييغو',
  'Sanaa, YE': 'صنعاء',
  'Sarajevo, BA': 'سراييفو',
  'Sharjah, AE': 'الشارقة',
  'Stuttgart, DE': 'شتوتغارت',
  'Tashkent, UZ': 'طشقند',
  'Tehran, IR': 'طهران',
  'Toronto, CA': 'تورونتو',
  'Tübingen, DE': 'توبنغن',
  'Tyre, LB': 'صور',
  'Vatican City, VA': 'مدينة الفاتيكان',
  'Washington DC, US': 'واشنطن العاصمة',
};

/** Names of the countries of which the tables name no city. */
const countryNames: Readonly<Record<string, { readonly en: string; readonly ar: string }>> = {
  DE: { en: 'Germany', ar: 'ألمانيا' },
  GB: { en: 'United Kingdom', ar: 'المملكة المتّحدة' },
  LI: { en: 'Liechtenstein', ar: 'ليختنشتاين' },
  MY: { en: 'Malaysia', ar: 'ماليزيا' },
  US: { en: 'United States of America', ar: 'الولايات المتّحدة الأمريكية' },
};

/** Places that the tables name in other columns than those of city and country. */
const furtherPlaces = [
  { city: 'Baghdad', country: 'IQ' },
  { city: 'Herat', country: 'AF' },
  { city: 'Tyre', country: 'LB' },
];

interface Locality {
  readonly city: string;
  readonly country: string;
}

const keyOf = ({ city, country }: Locality): string =>
  city === '' ? country : `${city}, ${country}`;

/**
 * The place of a city and a country, or of a country alone.
 *
 * @param city empty when only the country is known
 * @param country ISO 3166-1 alpha-2 code; without one there is no place
 */
export const placeOf = (city: string, country: string): Value | undefined =>
  country === '' ? undefined : iri(recordIri(places, 'Place', keyOf({ city, country })));

const localities = (facts: Facts): readonly Locality[] => [
  ...facts.institutions.map((row) => ({ city: row.city, country: row.country_iso2 })),
  ...facts.manuscripts.map(({ city, country }) => ({ city, country })),
  ...facts.events.map(({ city, country }) => ({ city, country })),
  ...furtherPlaces,
];

/** The names were compared with no gazetteer. */
const unverified = { source: 'general knowledge, unverified', confidence: 'low' } as const;

const addPlace = (graph: Graph, locality: Locality): void => {
  const key = keyOf(locality);
  const { city, country } = locality;
  const name = city === '' ? countryNames[country] : { en: city, ar: arabicNames[key] };
  if (name?.ar === undefined) throw new Error(`The place ${key} has no Arabic name here.`);
  const place = record(graph, 'Place', key)
    .add('rdfs:label', text(name.en, 'en'), text(name.ar, 'ar'))
    .add('isnad:placeKind', concept('place-kind', city === '' ? 'country' : 'town'))
    .add('isnad:countryCode', text(country))
    .add('isnad:settlementAsWritten', cell(city));
  addSource(place, unverified);
};

/** The cities and countries that the other datasets name, each once. */
export const placesGraph = (facts: Facts): Graph => {
  const graph = createGraph(places);
  const named = new Map(
    localities(facts)
      .filter(({ country }) => country !== '')
      .map((locality) => [keyOf(locality), locality]),
  );
  for (const key of [...named.keys()].toSorted()) {
    const locality = named.get(key);
    if (locality) addPlace(graph, locality);
  }
  return graph;
};
