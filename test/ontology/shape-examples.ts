import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { prefixes, shared } from '../../src/model/terms.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import type { Quad } from '../../src/rdf/terms.ts';

export const ontologyFolder = path.join(import.meta.dirname, '..', '..', 'ontology');

/** One file of `ontology/examples`. */
export interface Example {
  /** Folder and file, such as `page/invalid-label-missing.ttl`. */
  readonly file: string;
  /** Name of the record type or part, as its shape's file is named. */
  readonly type: string;
  /** The shapes and constraints it must break, as `shape constraint`; none for a valid example. */
  readonly fails: readonly string[];
  readonly quads: readonly Quad[];
}

const failsComment = /^# fails: shape:(\S+) sh:(\S+)$/gm;

const readExample = async (file: string): Promise<Example> => {
  const text = readFileSync(path.join(ontologyFolder, 'examples', file), 'utf8');
  return {
    file,
    type: path.dirname(file),
    fails: [...text.matchAll(failsComment)]
      .map(
        ([, shape = '', constraint = '']) =>
          `${shared.shapes}#${shape} ${prefixes.sh}${constraint}`,
      )
      .toSorted(),
    quads: await parseRdf(text, {
      mediaType: 'text/turtle',
      baseIri: 'https://isnad.example.org/',
      file,
    }),
  };
};

/** Reads all examples, in the order of their names. */
export const readExamples = async (): Promise<readonly Example[]> =>
  Promise.all(
    globSync('*/*.ttl', { cwd: path.join(ontologyFolder, 'examples') })
      .map((file) => file.split(path.sep).join('/'))
      .toSorted()
      .map(readExample),
  );
