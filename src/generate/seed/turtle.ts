import {
  prefixes,
  shared,
  type crm,
  type dcat,
  type dcterms,
  type foaf,
  type isnad,
  type owl,
  type rdf,
  type rdfs,
  type skos,
} from '../../model/terms.ts';

/**
 * Turtle that reads well and never changes by itself: prefixed names, one block a subject, in the
 * order in which the statements were made. IRIs of the installation are relative; its base is given
 * when the file is read.
 */

type Keys<Vocabulary> = keyof Vocabulary & string;

/** A prefixed name of a term that `ontology/` declares or uses. */
export type Name =
  | `crm:${Keys<typeof crm>}`
  | `dcat:${Keys<typeof dcat>}`
  | `dcterms:${Keys<typeof dcterms>}`
  | `foaf:${Keys<typeof foaf>}`
  | `isnad:${Keys<typeof isnad>}`
  | `owl:${Keys<typeof owl>}`
  | `rdf:${Keys<typeof rdf>}`
  | `rdfs:${Keys<typeof rdfs>}`
  | `skos:${Keys<typeof skos>}`;

/** One RDF term, already in Turtle. */
export interface Value {
  readonly turtle: string;
}

const value = (turtle: string): Value => ({ turtle });

const localName = /^[A-Za-z0-9_](?:[A-Za-z0-9_:-]*[A-Za-z0-9_])?$/;
const forbiddenInIri = /[^\u0021-\u{10FFFF}]|[<>"{}|^`\\]/u;

const namespaces: readonly (readonly [prefix: string, namespace: string])[] = [
  ...Object.entries(prefixes),
  ['quran', shared.quran],
];

/** Scheme and concept of a concept's IRI: the scheme's name is its prefix. */
const conceptPattern = new RegExp(`^${shared.vocabulary}([a-z-]+)/(.+)$`);

const namespaceOf = (prefix: string): string =>
  namespaces.find(([name]) => name === prefix)?.[1] ?? `${shared.vocabulary}${prefix}/`;

const prefixed = (iri: string): string | undefined => {
  const [, scheme, concept = ''] = conceptPattern.exec(iri) ?? [];
  if (scheme !== undefined) return localName.test(concept) ? `${scheme}:${concept}` : undefined;
  const found = namespaces.find(([, namespace]) => iri.startsWith(namespace));
  if (!found) return undefined;
  const local = iri.slice(found[1].length);
  return localName.test(local) ? `${found[0]}:${local}` : undefined;
};

/**
 * An IRI: absolute, or relative to the installation's base.
 *
 * @throws Error when it holds a character no IRI may have
 */
export const iri = (text: string): Value => {
  if (forbiddenInIri.test(text)) throw new Error(`“${text}” is not an IRI.`);
  return value(prefixed(text) ?? `<${text}>`);
};

/** A term of a vocabulary by its prefixed name. */
export const term = (name: Name): Value => value(name);

const escapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\n\r\t]/g, (character) => escapes[character] ?? character)}"`;

/** Text, with a language tag where the language is known. */
export const text = (words: string, language?: string): Value =>
  value(language === undefined ? quoted(words) : `${quoted(words)}@${language}`);

export const integer = (number: number): Value => value(String(number));
export const boolean = (truth: boolean): Value => value(String(truth));

/** A decimal as the source spells it, such as `0.954` or `5000`. */
export const decimal = (digits: string): Value =>
  value(digits.includes('.') ? digits : `${digits}.0`);

const typed = (lexical: string, datatype: string): Value => value(`"${lexical}"^^xsd:${datatype}`);

/** An `xsd:date`, such as `2026-11-22`. */
export const date = (day: string): Value => typed(day, 'date');

/** An `xsd:gYear`, such as `0750`. */
export const year = (digits: string): Value => typed(digits, 'gYear');

/** By subject, by property: values in Turtle. */
export type Statements = ReadonlyMap<string, ReadonlyMap<Name, ReadonlySet<string>>>;

const block = (subject: string, properties: ReadonlyMap<Name, ReadonlySet<string>>): string => {
  const lines = [...properties].map(
    ([property, values]) => `${property === 'rdf:type' ? 'a' : property} ${[...values].join(', ')}`,
  );
  return `${iri(subject).turtle} ${lines.join(' ;\n  ')} .\n`;
};

const withoutTextAndIris = (turtle: string): string =>
  turtle.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/<[^>]*>/g, '');

/**
 * Writes statements as Turtle.
 *
 * @param heading what the file is, line by line, for its header comment
 * @param statements subjects with their properties, in the order wanted
 */
export const writeTurtle = (heading: readonly string[], statements: Statements): string => {
  const blocks = [...statements].map(([subject, properties]) => block(subject, properties));
  const body = withoutTextAndIris(blocks.join('\n'));
  const used = new Set(
    [...body.matchAll(/(?:^|[\s^,])([a-z][a-z-]*):/gm)].map(([, name = '']) => name),
  );
  const declarations = [...used]
    .toSorted()
    .map((prefix) => `@prefix ${prefix}: <${namespaceOf(prefix)}> .`);
  const comment = heading.map((line) => (line === '' ? '#' : `# ${line}`));
  return [...comment, '', ...declarations, '', ...blocks].join('\n');
};
