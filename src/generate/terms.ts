import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contextDocument, frameDocument } from './ontology/context.ts';
import { describeOntology } from './ontology/describe.ts';
import { ontologyPage } from './ontology/page.ts';
import { indexQuads, parseTurtle, readOntologyFiles } from './ontology/read-ontology.ts';
import { recordTypeModule } from './ontology/record-type-module.ts';
import { termModule } from './ontology/term-module.ts';

const root = path.join(import.meta.dirname, '..', '..');

/**
 * The files that follow from `ontology/`: path from the project's root to content. Writes nothing.
 *
 * @throws Error when a file of the ontology is not Turtle or contradicts another
 */
export const ontologyProducts = (): ReadonlyMap<string, string> => {
  const folder = path.join(root, 'ontology');
  const { quads, prefixes } = parseTurtle(
    'isnad.ttl',
    readFileSync(path.join(folder, 'isnad.ttl'), 'utf8'),
  );
  const ontology = describeOntology(indexQuads(quads));
  return new Map([
    ['src/model/terms.ts', termModule(readOntologyFiles(folder))],
    ['src/model/record-types.ts', recordTypeModule(ontology.classes)],
    ['ontology/context.jsonld', contextDocument(ontology)],
    ['ontology/frames/record.jsonld', frameDocument(ontology)],
    ['docs/ontology.md', ontologyPage(ontology, prefixes)],
  ]);
};

/** Rewrites every file that follows from `ontology/`. */
export const generateTerms = async (): Promise<void> => {
  for (const [file, content] of ontologyProducts()) {
    writeFileSync(path.join(root, file), content);
    console.log(`wrote ${file}`);
  }
};
