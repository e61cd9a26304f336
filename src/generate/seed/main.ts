import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAgents } from './agents.ts';
import { conservationGraph } from './conservation.ts';
import { headingOf, withDescription } from './datasets.ts';
import { educationGraph } from './education.ts';
import { eventsGraph } from './events.ts';
import { factsFolder, hasFacts, readFacts, type Facts } from './facts.ts';
import { fundingGraph } from './funding.ts';
import { createGraph, type Graph } from './graph.ts';
import { institutionsGraph } from './institutions.ts';
import { linksGraph } from './links.ts';
import { corpusGraph, curatedGraph } from './manuscripts.ts';
import { outputsGraph } from './outputs.ts';
import { placesGraph } from './places.ts';
import { projectsGraph } from './projects.ts';
import { samplesGraph } from './samples.ts';
import { scholarsGraph } from './scholars.ts';
import { createSubjects } from './subjects.ts';
import { writeTurtle } from './turtle.ts';

/** Folder of the files, one for each dataset. */
export const seedFolder = path.join(import.meta.dirname, '..', '..', '..', 'data', 'seed');

const graphsOf = (facts: Facts): readonly Graph[] => {
  const agents = createAgents(facts);
  const find = createSubjects(facts);
  const sources = { facts, agents, find };
  return [
    placesGraph(facts),
    institutionsGraph(facts),
    scholarsGraph(facts, agents),
    projectsGraph(facts, agents),
    outputsGraph(facts, agents, find),
    eventsGraph(facts, agents, find),
    educationGraph(facts, agents, find),
    conservationGraph(facts, sources),
    fundingGraph(facts, agents),
    samplesGraph(),
    curatedGraph(sources),
    corpusGraph(sources),
    linksGraph(facts, find),
  ];
};

/**
 * The seed files that follow from the tables: file name to Turtle. Writes nothing.
 *
 * @throws Error when a cell holds something the generator does not know
 */
export const seedProducts = (facts: Facts): ReadonlyMap<string, string> =>
  new Map(
    graphsOf(facts).map((graph) => [
      `${graph.slug}.ttl`,
      writeTurtle(headingOf(graph.slug), withDescription(graph, createGraph(graph.slug))),
    ]),
  );

/** Rewrites `data/seed` from the curated tables; says so when they are not there. */
export const generateSeed = async (): Promise<void> => {
  if (!hasFacts()) {
    console.log(`skipped data/seed: the curated tables are not at ${factsFolder}`);
    return;
  }
  mkdirSync(seedFolder, { recursive: true });
  for (const [name, turtle] of seedProducts(readFacts())) {
    writeFileSync(path.join(seedFolder, name), turtle);
    console.log(`wrote data/seed/${name}`);
  }
};
