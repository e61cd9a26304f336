import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Quad } from '@rdfjs/types';
import { describe, expect, it } from 'vitest';
import { describeOntology } from '../../src/generate/ontology/describe.ts';
import type { PropertyDescription } from '../../src/generate/ontology/describe.ts';
import { indexQuads, parseTurtle } from '../../src/generate/ontology/read-ontology.ts';
import { dcat, isnad, rdf, sh } from '../../src/model/terms.ts';

const root = path.join(import.meta.dirname, '..', '..');
const readQuads = (file: string): readonly Quad[] => {
  const text = readFileSync(path.join(root, file), 'utf8');
  return parseTurtle(file, `@base <http://localhost:3030/> .\n${text}`).quads;
};

const { classes, properties } = describeOntology(indexQuads(readQuads('ontology/isnad.ttl')));
const propertyOf: ReadonlyMap<string, PropertyDescription> = new Map(
  properties.map((property) => [property.iri, property]),
);
const withSuperclasses = (iri: string): readonly string[] => [
  iri,
  ...(classes.find((each) => each.iri === iri)?.superclasses ?? []).flatMap(withSuperclasses),
];
const lineage = new Map<string, ReadonlySet<string>>();
const lineageOf = (type: string): ReadonlySet<string> => {
  const known = lineage.get(type) ?? new Set(withSuperclasses(type));
  lineage.set(type, known);
  return known;
};

const literalTypes = /XMLSchema#|rdf-syntax-ns#langString/;
/** What a shared graph says of itself, as a dataset of the catalogue, may use any known property. */
const objectionTo = ({ predicate, object }: Quad, types: readonly string[]): string | undefined => {
  const property = propertyOf.get(predicate.value);
  if (property === undefined) return 'is not in the ontology';
  const { usedOn, kind, ranges, valueTypes } = property;
  const isForeign = types.length === 0 || types.includes(dcat.Dataset);
  if (!isForeign && !types.some((type) => usedOn.some((iri) => lineageOf(type).has(iri))))
    return `is not used on ${types.join(', ')}`;
  if (kind === 'either') return undefined;
  if (object.termType !== 'Literal') return kind === 'data' ? 'takes literals' : undefined;
  if (kind === 'object') return 'takes IRIs';
  const allowed = [...ranges, ...valueTypes].filter((type) => literalTypes.test(type));
  return allowed.includes(object.datatype.value) ? undefined : `has a ${object.datatype.value}`;
};

const objections = (quads: readonly Quad[]): readonly string[] => {
  const types = new Map<string, string[]>();
  for (const { subject, predicate, object } of quads)
    if (predicate.value === rdf.type)
      types.set(subject.value, [...(types.get(subject.value) ?? []), object.value]);
  const found = quads
    .filter(({ predicate }) => predicate.value !== rdf.type)
    .flatMap((quad) => {
      const objection = objectionTo(quad, types.get(quad.subject.value) ?? []);
      return objection === undefined ? [] : [`${quad.predicate.value} ${objection}`];
    });
  return [...new Set(found)];
};

const shapes = indexQuads(
  globSync('ontology/shapes/*.ttl', { cwd: root }).flatMap((file) => [...readQuads(file)]),
);
const pathsByClass = new Map<string, ReadonlySet<string>>();
for (const shape of shapes.subjects)
  for (const { value } of shapes.objects(shape, sh.targetClass)) {
    const constrained = shapes.objects(shape, sh.property);
    const paths = constrained.flatMap((each) => shapes.objects(each.value, sh.path));
    const known = pathsByClass.get(value) ?? new Set<string>();
    pathsByClass.set(value, new Set([...known, ...paths.map((each) => each.value)]));
  }

describe('the shapes', () => {
  it('exist for every record type', () => {
    const types = classes.filter(({ idSegment }) => idSegment !== undefined);
    expect(types.map(({ iri }) => iri).filter((iri) => !pathsByClass.has(iri))).toEqual([]);
  });

  it.each([...pathsByClass.keys()])('know exactly the properties used on %s', (iri) => {
    const used = properties.filter(({ usedOn }) => usedOn.some((each) => lineageOf(iri).has(each)));
    const paths = [...(pathsByClass.get(iri) ?? [])];
    expect(paths.toSorted()).toEqual(used.map((property) => property.iri).toSorted());
  });
});

const files = globSync(['data/seed/*.ttl', 'ontology/vocabulary/*.ttl', 'ontology/quran*.ttl'], {
  cwd: root,
}).toSorted();

describe('the data Isnad ships', () => {
  it('is there', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)('%s uses each property as the ontology says', (file) => {
    expect(objections(readQuads(file))).toEqual([]);
  });

  it('would be found out if it did not', () => {
    const planted = parseTurtle(
      'planted.ttl',
      `@prefix isnad: <${isnad.Manuscript.replace(/Manuscript$/, '')}> .
       <#m> a isnad:Manuscript ; isnad:folioCount "56" ; isnad:holder "BnF" ; isnad:pageLabel "1r" ;
         isnad:shelfmrak "Arabe 328" ; isnad:shelfmark <#m> ; isnad:script <#s> .`,
    );
    expect(objections(planted.quads)).toHaveLength(5);
  });
});
