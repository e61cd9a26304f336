import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Quad, Term } from '@rdfjs/types';
import { Parser } from 'n3';

/** What one Turtle file of `ontology/` holds. */
export interface OntologyFile {
  /** Path from the folder `ontology/`, with forward slashes. */
  readonly file: string;
  readonly quads: readonly Quad[];
  readonly prefixes: Readonly<Record<string, string>>;
}

/** The statements of the ontology by subject and predicate, subjects in the order of the file. */
export interface OntologyGraph {
  readonly subjects: readonly string[];
  /** The objects of one property of one subject, in the order of the file. */
  readonly objects: (subject: string, property: string) => readonly Term[];
}

/** Parses one Turtle text; throws the parser's error, with the file's name, on a syntax error. */
export const parseTurtle = (file: string, text: string): OntologyFile => {
  const prefixes: Record<string, string> = {};
  try {
    const quads = new Parser({ format: 'text/turtle' }).parse(text, null, (prefix, iri) => {
      prefixes[prefix] = iri.value;
    });
    return { file, quads, prefixes };
  } catch (error) {
    throw new Error(`${file} is not Turtle: ${String(error)}`, { cause: error });
  }
};

const termFiles = ['isnad.ttl', 'external.ttl', 'shapes/*.ttl'];

/** Reads the files of `folder` (the ontology folder) whose terms the code may use. */
export const readOntologyFiles = (folder: string): readonly OntologyFile[] =>
  globSync(termFiles, { cwd: folder })
    .map((file) => file.split(path.sep).join('/'))
    .toSorted()
    .map((file) => parseTurtle(file, readFileSync(path.join(folder, file), 'utf8')));

/** Indexes quads by subject and predicate; the graph of a quad does not matter. */
export const indexQuads = (quads: readonly Quad[]): OntologyGraph => {
  const bySubject = new Map<string, Map<string, Term[]>>();
  for (const { subject, predicate, object } of quads) {
    const properties = bySubject.get(subject.value) ?? new Map<string, Term[]>();
    bySubject.set(subject.value, properties);
    const objects = properties.get(predicate.value) ?? [];
    properties.set(predicate.value, [...objects, object]);
  }
  return {
    subjects: [...bySubject.keys()],
    objects: (subject, property) => bySubject.get(subject)?.get(property) ?? [],
  };
};
