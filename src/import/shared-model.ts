import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { shared } from '../model/terms.ts';
import { parseRdf } from '../rdf/parse.ts';
import type { Quad } from '../rdf/terms.ts';
import { readShapes } from './shapes/read-shapes.ts';

/** The parts of the shared model that an import reads and is checked against. */
export interface SharedModel {
  readonly vocabularies: readonly Quad[];
  readonly ontology: readonly Quad[];
  readonly shapes: readonly Quad[];
}

/**
 * Reads the ontology, its vocabularies and shapes from the ontology folder.
 *
 * @throws IsnadError `rdf-syntax` when a file is damaged
 */
export const readSharedModel = async (ontologyFolder: string): Promise<SharedModel> => {
  const readTurtle = async (folder: string, wanted: RegExp): Promise<readonly Quad[]> => {
    const names = await readdir(path.join(ontologyFolder, folder));
    const files = names.filter((name) => wanted.test(name)).toSorted();
    const quads = await Promise.all(
      files.map(async (file) =>
        parseRdf(await readFile(path.join(ontologyFolder, folder, file)), {
          mediaType: 'text/turtle',
          baseIri: shared.base,
          file: `${folder}/${file}`,
        }),
      ),
    );
    return quads.flat();
  };
  const [vocabularies, ontology, shapes] = await Promise.all([
    readTurtle('vocabulary', /\.ttl$/),
    readTurtle('.', /^isnad\.ttl$/),
    readShapes(path.join(ontologyFolder, 'shapes')),
  ]);
  return { vocabularies, ontology, shapes };
};
