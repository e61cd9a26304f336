import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { shared } from '../../model/terms.ts';
import { nameBlankNodes } from '../../rdf/name-blank-nodes.ts';
import { parseRdf } from '../../rdf/parse.ts';
import type { Quad } from '../../rdf/terms.ts';

const readShapeFile = async (folder: string, file: string): Promise<Quad[]> => {
  const quads = await parseRdf(await readFile(path.join(folder, file)), {
    mediaType: 'text/turtle',
    baseIri: shared.base,
    file: `shapes/${file}`,
  });
  // Each file numbers its blank nodes from one: merged as they are, alternatives of different
  // shapes would become one. The names are those under which the store holds them.
  return nameBlankNodes(quads, `${shared.graphs.shapes}/node/${path.basename(file, '.ttl')}-`);
};

/**
 * Reads the shapes, one Turtle file per record type, as one graph.
 *
 * @param folder path of `ontology/shapes`
 * @throws IsnadError `rdf-syntax` when a file is damaged
 */
export const readShapes = async (folder: string): Promise<readonly Quad[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ttl')).toSorted();
  const shapes = await Promise.all(files.map((file) => readShapeFile(folder, file)));
  return shapes.flat();
};
