import type { Quad, Term } from '@rdfjs/types';
import { constantObject, generatedHeader } from './literals.ts';
import type { OntologyFile } from './read-ontology.ts';

const sharedBase = 'https://w3id.org/isnad/';
const ontologyNamespace = `${sharedBase}ontology#`;
const constantName = `${ontologyNamespace}constantName`;

/** Names of prefixes that TypeScript keeps for itself are exported under another. */
const exportNames: Readonly<Record<string, string>> = { void: 'voidTerms', as: 'activityStreams' };
const localName = /^[A-Za-z_][\w-]*$/;

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The prefixes of all files; throws when two files give one prefix two meanings. */
const mergePrefixes = (files: readonly OntologyFile[]): ReadonlyMap<string, string> => {
  const merged = new Map<string, string>();
  for (const { file, prefixes } of files) {
    for (const [prefix, iri] of Object.entries(prefixes)) {
      const other = merged.get(prefix) ?? iri;
      if (other !== iri) throw new Error(`${file}: prefix ${prefix} is ${iri}, elsewhere ${other}`);
      merged.set(prefix, iri);
    }
  }
  return new Map([...merged].toSorted(([a], [b]) => byText(a, b)));
};

const iriOf = (term: Term): readonly string[] => {
  if (term.termType === 'NamedNode') return [term.value];
  return term.termType === 'Literal' ? [term.datatype.value] : [];
};
const irisOf = ({ subject, predicate, object }: Quad): readonly string[] =>
  [subject, predicate, object].flatMap(iriOf);

/** Of Isnad's shared IRIs only the ontology's terms are constants; concepts are built by name. */
const isTermNamespace = (iri: string): boolean =>
  iri === ontologyNamespace || !iri.startsWith(sharedBase);

const sharedModule =
  (): string => `/** The shared base: what every installation has in common. Not a setting. */
export const shared = {
  base: '${sharedBase}',
  ontology: '${sharedBase}ontology',
  shapes: '${sharedBase}shapes',
  vocabulary: '${sharedBase}vocabulary/',
  quran: '${sharedBase}quran/',
  context: '${sharedBase}context.jsonld',
  graphs: {
    ontology: '${sharedBase}ontology',
    vocabulary: '${sharedBase}vocabulary',
    shapes: '${sharedBase}shapes',
    quran: '${sharedBase}quran',
    quranCounting: '${sharedBase}quran-counting',
  },
} as const;
`;

const constantsOf = (quads: readonly Quad[]): readonly (readonly [string, string])[] =>
  quads
    .filter(({ predicate }) => predicate.value === constantName)
    .map(({ subject, object }) => [object.value, subject.value] as const)
    .toSorted(([a], [b]) => byText(a, b));

/**
 * Writes `src/model/terms.ts`: every term that the ontology, its shapes and `external.ttl` use, one
 * object per prefix, and the outside IRIs that carry a constant's name.
 */
export const termModule = (files: readonly OntologyFile[]): string => {
  const prefixes = mergePrefixes(files);
  const quads = files.flatMap((file) => file.quads);
  const used = [...new Set(quads.flatMap(irisOf))].toSorted(byText);
  const objects = [...prefixes]
    .filter(([, namespace]) => isTermNamespace(namespace))
    .map(([prefix, namespace]) => {
      const locals = used
        .filter((iri) => iri.startsWith(namespace))
        .map((iri) => [iri.slice(namespace.length), iri] as const)
        .filter(([local]) => localName.test(local));
      return constantObject(exportNames[prefix] ?? prefix, `Terms of ${namespace}`, locals);
    });
  return [
    generatedHeader,
    sharedModule(),
    constantObject('prefixes', 'Namespace of each prefix, for Turtle that reads well.', [
      ...prefixes,
    ]),
    constantObject('outside', 'Outside IRIs the code needs by name.', constantsOf(quads)),
    ...objects,
  ].join('\n');
};
