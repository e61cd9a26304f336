import { listOf, type Agents } from './agents.ts';
import { addPeriod } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, type Graph } from './graph.ts';
import { placeOf } from './places.ts';
import { projectIri } from './projects.ts';
import { addSource } from './provenance.ts';
import type { FindSubject } from './subjects.ts';
import { iri, text } from './turtle.ts';

/** Objects of the table of manuscripts that an exhibition showed, as its name says. */
const exhibits: Readonly<Record<string, readonly string[]>> = {
  event002: ['ms007'],
  event003: ['ms007'],
  event007: ['codex:baysunqur'],
};

/** Objects that an event is about without showing them. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  event004: ['ms007'],
  event008: ['codex:mashhad'],
};

/** Projects that an event belongs to, by the project’s acronym in the column of organisers. */
const projectsOfEvents: Readonly<Record<string, string>> = {
  event021: 'proj005',
  event023: 'proj013',
};

const online = 'online';

const addEvent = (graph: Graph, row: Row<'events'>, agents: Agents, find: FindSubject): void => {
  const organizers = listOf(row.organiser);
  const project = projectsOfEvents[row.id];
  const city = row.city === online ? '' : row.city;
  const event = record(graph, 'Event', row.id)
    .add('rdfs:label', text(row.name, 'en'))
    .add('isnad:eventKind', concept('event-kind', row.type));
  addPeriod(event, row.start, row.end);
  event
    .add('isnad:venue', cell(row.venue || (row.city === online ? online : '')))
    .add('isnad:place', placeOf(city, row.country))
    .add('isnad:settlementAsWritten', cell(city))
    .add('isnad:countryCode', cell(row.country))
    .add('isnad:organizer', ...organizers.map(agents.organization))
    .add('isnad:organizerName', ...organizers.map((name) => text(name)))
    .add('isnad:exhibits', ...(exhibits[row.id] ?? []).map((name) => iri(find(name))))
    .add('isnad:isAbout', ...(subjects[row.id] ?? []).map((name) => iri(find(name))))
    .add('isnad:partOfProject', project === undefined ? undefined : iri(projectIri(project)))
    .add('skos:note', cell(row.note, 'en'));
  addSource(event, row);
};

/** Exhibitions, conferences and launches. */
export const eventsGraph = (facts: Facts, agents: Agents, find: FindSubject): Graph => {
  const graph = createGraph('events');
  for (const row of facts.events) addEvent(graph, row, agents, find);
  return graph;
};
