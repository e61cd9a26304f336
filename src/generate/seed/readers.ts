import { conceptIri } from '../../model/iris.ts';
import { scholarIri } from './agents.ts';
import { assertDate } from './assertions.ts';
import { concept, record, type Graph } from './graph.ts';
import { addSource, type Sourced } from './provenance.ts';
import { readers, type Reader } from './readers-table.ts';
import { iri, text } from './turtle.ts';

/** No row of the tables and no page stands behind these records, and they say so. */
const unverified: Sourced = { source: 'general knowledge, unverified', confidence: 'low' };

const isRow = ({ diedAh }: Reader): boolean => diedAh === undefined;

/** The full names of a reader whose row has a short form only. */
export const fullNameOf = (id: string): Pick<Reader, 'latin' | 'arabic'> | undefined =>
  readers.find(({ key }) => key === id);

const addDeath = (graph: Graph, about: string, { key, diedAh }: Reader): void => {
  if (diedAh === undefined) return;
  assertDate(
    graph,
    {
      key: `${key}/death-hijri`,
      kind: 'Died',
      about,
      property: 'isnad:deathDate',
      source: unverified,
    },
    {
      cell: String(diedAh).padStart(4, '0'),
      calendar: 'islamic-civil',
      words: `${diedAh} AH`,
    },
  );
};

const addReader = (graph: Graph, reader: Reader): void => {
  const { key, latin, arabic, short, city } = reader;
  const person = record(graph, 'Person', key).add(
    'rdfs:label',
    text(latin, 'ar-Latn'),
    text(arabic, 'ar'),
  );
  for (const [name, tag] of [
    [short?.latin, 'ar-Latn'],
    [short?.arabic, 'ar'],
  ] as const)
    if (name !== undefined && name !== latin && name !== arabic)
      person.add('skos:altLabel', text(name, tag));
  person
    .add('isnad:field', text(city === undefined ? 'transmitter of a reading' : `reader (${city})`))
    .add('isnad:fieldOfStudy', concept('field', 'readings'))
    .add('isnad:expertise', concept('role', city === undefined ? 'transmitter' : 'reader'));
  addSource(person, unverified);
  addDeath(graph, person.iri, reader);
};

/** Adds the readers and transmitters without a row, and points each reading to its person. */
export const addReaders = (graph: Graph): void => {
  for (const reader of readers) {
    if (!isRow(reader)) addReader(graph, reader);
    for (const reading of reader.readings)
      graph
        .node(conceptIri('reading-tradition', reading))
        .add('isnad:eponym', iri(scholarIri(reader.key)));
  }
};
