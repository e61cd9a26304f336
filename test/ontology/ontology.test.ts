import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import jsonld from 'jsonld';
import type { JsonLdDocument } from 'jsonld';
import type { Frame } from 'jsonld/jsonld-spec.js';
import { describe, expect, it } from 'vitest';
import { isOnRecords } from '../../src/generate/ontology/context.ts';
import type { TermDescription } from '../../src/generate/ontology/describe.ts';
import { describeOntology } from '../../src/generate/ontology/describe.ts';
import { shortener } from '../../src/generate/ontology/page.ts';
import { indexQuads, parseTurtle } from '../../src/generate/ontology/read-ontology.ts';
import { recordTypes } from '../../src/model/record-types.ts';
import {
  crm,
  dcterms,
  isnad,
  owl,
  rdf,
  rdfs,
  shared,
  skos,
  vann,
  xsd,
} from '../../src/model/terms.ts';

const root = path.join(import.meta.dirname, '..', '..');
const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const { quads, prefixes } = parseTurtle('isnad.ttl', readText('ontology/isnad.ttl'));
const graph = indexQuads(quads);
const ontology = describeOntology(graph);
const { classes, properties } = ontology;
const shorten = shortener(prefixes);
const terms: readonly TermDescription[] = [...classes, ...properties];
const own = prefixes['isnad'] ?? '';

const isScheme = (iri: string): boolean => iri === skos.ConceptScheme;
const arabic = /\p{Script=Arabic}/u;
const withoutWords = (described: readonly TermDescription[]): readonly string[] =>
  described
    .filter(({ label, comment }) =>
      [label, comment].some(({ en, ar }) => en === '' || !arabic.test(ar)),
    )
    .map(({ iri }) => iri);

const about = (property: string): readonly string[] =>
  graph.objects(shared.ontology, property).map(({ value }) => value);

describe('the ontology', () => {
  it('says who it is: version, licence, prefix, title in both languages', () => {
    expect(about(rdf.type)).toEqual([owl.Ontology]);
    expect(about(owl.versionIRI)).toEqual([`${shared.ontology}/${about(owl.versionInfo)[0]}`]);
    expect(about(dcterms.license)).toEqual(['https://creativecommons.org/licenses/by/4.0/']);
    expect(about(vann.preferredNamespacePrefix)).toEqual(['isnad']);
    expect(about(vann.preferredNamespaceUri)).toEqual([own]);
    expect(about(dcterms.title)).toHaveLength(2);
  });

  it('names and explains every class and property in English and Arabic', () => {
    expect(terms.length).toBeGreaterThan(300);
    expect(withoutWords(terms)).toEqual([]);
  });

  it('would notice a class without Arabic words', () => {
    const planted = `@prefix rdfs: <${prefixes['rdfs']}> .
      <#A> a <${owl.Class}> ; rdfs:label "a"@en, "a"@ar ; rdfs:comment "A."@en, "أ."@ar .`;
    const { classes: found } = describeOntology(indexQuads(parseTurtle('a', planted).quads));
    expect(withoutWords(found)).toHaveLength(1);
  });

  it('declares every term of its own that it mentions', () => {
    const declared = new Set(terms.map(({ iri }) => iri));
    const mentioned = quads
      .flatMap(({ subject, predicate, object }) => [subject, predicate, object])
      .filter(({ termType, value }) => termType === 'NamedNode' && value.startsWith(own))
      .map(({ value }) => value);
    expect([...new Set(mentioned)].filter((iri) => !declared.has(iri))).toEqual([]);
  });

  it('describes nothing twice', () => {
    const text = readText('ontology/isnad.ttl');
    const subjects = [...text.matchAll(/^[a-z]+:\S+(?= a )/gm)].map(([name]) => name);
    expect(subjects.length).toBe(terms.length);
    expect(subjects.filter((each, at) => subjects.indexOf(each) !== at)).toEqual([]);
  });

  it('lists no class beside its own superclass where a property is used', () => {
    const above = (iri: string): readonly string[] => {
      const direct = classes.find((each) => each.iri === iri)?.superclasses ?? [];
      return [...direct, ...direct.flatMap(above)];
    };
    const redundant = properties.filter(({ usedOn }) =>
      usedOn.some((iri) => above(iri).some((superclass) => usedOn.includes(superclass))),
    );
    expect(redundant.map(({ name }) => name)).toEqual([]);
  });

  it('uses only datatypes whose spelling the engine keeps', () => {
    const names = 'string boolean integer decimal double date dateTime gYear anyURI'.split(' ');
    const kept = names.map((name) => `${prefixes['xsd']}${name}`);
    const types = properties
      .flatMap(({ ranges, valueTypes }) => [...ranges, ...valueTypes])
      .filter((type) => type.startsWith(prefixes['xsd'] ?? ''));
    expect(types.length).toBeGreaterThan(100);
    expect(types.filter((type) => !kept.includes(type))).toEqual([]);
  });

  it('gives every shortcut a rule in both languages, and nothing else one', () => {
    const shortcuts = properties.filter(({ isShortcut }) => isShortcut);
    expect(shortcuts.map(({ name }) => name).toSorted()).toEqual([
      'dateEarliest',
      'dateLatest',
      'originPlace',
      'script',
    ]);
    const hasRule = properties.filter(({ derivationRule: { en, ar } }) => en !== '' && ar !== '');
    expect(hasRule).toEqual(shortcuts);
  });

  it('has only well-formed alignments, into vocabularies it has a prefix for', () => {
    const targets = [
      ...classes.flatMap(({ superclasses, projectedAs }) => [...superclasses, ...projectedAs]),
      ...properties.flatMap(({ superproperties, projectedAs }) => [
        ...superproperties,
        ...projectedAs,
      ]),
    ];
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter((iri) => !/^[a-z]+:[A-Za-z][\w-]*$/.test(shorten(iri)))).toEqual([]);
  });

  it('keeps the terms the data model names', () => {
    const declared = new Set(terms.map(({ iri }) => shorten(iri)));
    const named = readText('docs/data-model.md').match(/\bisnad:[A-Za-z]\w*/g) ?? [];
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((name) => !declared.has(name))).toEqual([]);
  });
});

describe('the record types', () => {
  const expected = `Manuscript Set CodicologicalUnit FormerCodex TextLayer Page Passage Inscription
    PhysicalFeature Work Transmission Person Organization Place Collaboration ResearchProject
    ResearchOutput ConservationCampaign ConservationTreatment ConditionAssessment Analysis
    Digitisation ProvenanceEvent Event Programme LearningResource FundingScheme Call Award Need
    Assertion Dataset Import`.split(/\s+/);

  it('are those of the design', () => {
    expect(recordTypes.map(({ name }) => name)).toEqual(expected);
  });

  it('have a segment and a collection each, and no two share one', () => {
    const segments = recordTypes.map(({ idSegment }) => idSegment);
    const collections = recordTypes.map(({ collectionName }) => collectionName);
    for (const names of [segments, collections]) {
      expect(new Set(names).size).toBe(expected.length);
      expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    }
    const promised =
      'manuscripts people organizations projects outputs events programmes schemes calls awards campaigns';
    expect(collections).toEqual(expect.arrayContaining(promised.split(' ')));
  });

  it('are subclasses of Record and of a class of another vocabulary', () => {
    const types = classes.filter(({ idSegment }) => idSegment !== undefined);
    const strangers = types.filter(
      ({ superclasses }) => !superclasses.includes(isnad.Record) || superclasses.length < 2,
    );
    expect(strangers).toEqual([]);
    expect(types.length).toBe(expected.length);
  });
});

const vocabularyFolder = path.join(root, 'ontology', 'vocabulary');
const vocabularyFiles = globSync('*.ttl', { cwd: vocabularyFolder });

describe.skipIf(vocabularyFiles.length === 0)('the vocabularies', () => {
  it('hold every concept scheme from which a property takes its values', () => {
    const schemes = vocabularyFiles
      .flatMap((file) => [
        ...parseTurtle(file, readFileSync(path.join(vocabularyFolder, file), 'utf8')).quads,
      ])
      .filter(({ predicate, object }) => predicate.value === rdf.type && isScheme(object.value))
      .map(({ subject }) => subject.value);
    const needed = properties.flatMap(({ conceptScheme }) => conceptScheme ?? []);
    expect(new Set(needed).size).toBeGreaterThan(30);
    expect([...new Set(needed)].filter((iri) => !schemes.includes(iri))).toEqual([]);
  });
});

const cidocFile = path.join(root, '..', 'shared', 'partner-data', 'linked-art', 'cidoc.rdf');

describe.skipIf(!existsSync(cidocFile))('the alignment with CIDOC CRM (needs ../shared)', () => {
  const namespace = prefixes['crm'] ?? '';
  const text = existsSync(cidocFile) ? readFileSync(cidocFile, 'utf8') : '';
  const blocks = new Map(
    [...text.matchAll(/<(rdfs:Class|rdf:Property) rdf:about="([^"]+)">([\s\S]*?)<\/\1>/g)].map(
      ([, , name = '', body = '']) => [name, body] as const,
    ),
  );
  const resources = (name: string, element: string): readonly string[] =>
    [
      ...(blocks.get(name) ?? '').matchAll(
        new RegExp(`<rdfs:${element} rdf:resource="([^"]+)"`, 'g'),
      ),
    ].map(([, value = '']) => value);
  const withSuperclasses = (name: string): readonly string[] => [
    name,
    ...resources(name, 'subClassOf').flatMap(withSuperclasses),
  ];
  /** LRMoo and WGS 84 stand on CIDOC CRM classes; only the ones we need to know. */
  const bridges: Readonly<Record<string, string>> = {
    'lrmoo:F1_Work': 'E89_Propositional_Object',
    'lrmoo:F2_Expression': 'E73_Information_Object',
    'lrmoo:F5_Item': 'E22_Human-Made_Object',
  };
  const cidocClasses = (iri: string): readonly string[] => {
    const bridge = bridges[shorten(iri)];
    if (bridge !== undefined) return withSuperclasses(bridge);
    if (iri.startsWith(namespace)) return withSuperclasses(iri.slice(namespace.length));
    return classes.find((each) => each.iri === iri)?.superclasses.flatMap(cidocClasses) ?? [];
  };
  /** Whether members of a class can be in a domain: all of them, or those of some kind. */
  const fits = (used: string, domain: string): boolean => {
    const above = cidocClasses(used);
    return above.includes(domain) || withSuperclasses(domain).includes(above[0] ?? '');
  };

  it('names only classes and properties that exist', () => {
    expect(blocks.size).toBeGreaterThan(300);
    const used = Object.values(crm).map((iri) => iri.slice(namespace.length));
    expect(used.length).toBeGreaterThan(40);
    expect(used.filter((name) => !blocks.has(name))).toEqual([]);
  });

  it('puts no property below one whose domain or range its own subjects and values do not fit', () => {
    const misfits = properties.flatMap(({ name, superproperties, usedOn, ranges }) =>
      superproperties
        .filter((iri) => iri.startsWith(namespace))
        .map((iri) => iri.slice(namespace.length))
        .flatMap((above) => {
          const [domain = ''] = resources(above, 'domain');
          const [range = ''] = resources(above, 'range');
          const subjects = usedOn.filter((iri) => !cidocClasses(iri).includes(domain));
          const objects = ranges
            .filter((iri) => iri.startsWith(own))
            .filter((iri) => !cidocClasses(iri).includes(range));
          return [...subjects, ...objects].map((iri) => `${name} ⊑ ${above}: ${shorten(iri)}`);
        }),
    );
    expect(misfits).toEqual([]);
  });

  it('shows no property by one whose domain has nothing to do with the classes it is used on', () => {
    const shown = properties.flatMap(({ name, projectedAs, usedOn }) =>
      projectedAs
        .filter((iri) => iri.startsWith(namespace))
        .map((iri) => ({ name, usedOn, above: iri.slice(namespace.length) })),
    );
    const misfits = shown.filter(({ usedOn, above }) => {
      const [domain = ''] = resources(above, 'domain');
      return !usedOn.some((iri) => fits(iri, domain));
    });
    expect(shown.length).toBeGreaterThan(40);
    expect(misfits).toEqual([]);
    expect(fits(isnad.TimeSpan, 'E67_Birth')).toBe(false);
  });

  it('matches kinds of provenance event only with classes that exist', () => {
    const file = path.join(vocabularyFolder, 'provenance-kind.ttl');
    const matched = parseTurtle(file, readFileSync(file, 'utf8'))
      .quads.map(({ object }) => object.value)
      .filter((iri) => iri.startsWith(namespace));
    expect(matched.length).toBeGreaterThan(10);
    expect(matched.filter((iri) => !blocks.has(iri.slice(namespace.length)))).toEqual([]);
  });
});

interface Definition {
  readonly '@id'?: string;
  readonly '@reverse'?: string;
}
const contextDocument: { '@context': Record<string, string | Definition> } = JSON.parse(
  readText('ontology/context.jsonld'),
);
const context = contextDocument['@context'];
const iriOfKey = (key: string): string | undefined => {
  const definition = context[key];
  if (typeof definition !== 'object')
    return typeof definition === 'string' ? definition : undefined;
  return definition['@id'] ?? definition['@reverse'];
};

describe('the JSON-LD context', () => {
  const keys = Object.keys(context).filter((key) => !key.startsWith('@'));

  it('has a key for every class and every property of records', () => {
    const covered = new Set(keys.map(iriOfKey));
    const needed = [...classes, ...properties.filter(isOnRecords)];
    expect(needed.map(({ iri }) => iri).filter((iri) => !covered.has(iri))).toEqual([]);
  });

  it('has no key that the ontology does not know', () => {
    const known = new Set(terms.map(({ iri }) => iri));
    const strangers = keys.filter((key) => !known.has(iriOfKey(key) ?? ''));
    expect(strangers).toEqual(['id', 'type']);
  });

  it('defines no prefix, so that every IRI in an answer is whole', () => {
    const couldBePrefix = keys.filter((key) => /[:/?#[\]@]$/.test(iriOfKey(key) ?? ''));
    expect(couldBePrefix).toEqual([]);
  });
});

const line = (subject: string, predicate: string, object: string): string =>
  `<${subject}> <${predicate}> ${object} .`;

describe('a record as JSON-LD', () => {
  const base = 'http://localhost:3030/id/';
  const codex = `${base}manuscript/a`;
  const claim = `${base}assertion/1`;
  const source = [
    line(codex, rdf.type, `<${isnad.Manuscript}>`),
    line(codex, rdfs.label, '"مصحف"@ar'),
    line(codex, rdfs.label, '"Arabe 328"'),
    line(codex, isnad.folioCount, `"56"^^<${xsd.integer}>`),
    line(codex, isnad.heightMm, `"24.50"^^<${xsd.decimal}>`),
    line(codex, isnad.statusDate, `"2007"^^<${xsd.gYear}>`),
    line(codex, isnad.holder, `<${base}organization/b>`),
    line(`${base}organization/b`, rdfs.label, '"BnF"@fr'),
    line(codex, isnad.production, `<${codex}#production>`),
    line(claim, isnad.about, `<${codex}#production>`),
    line(claim, isnad.assertedProperty, `<${crm['P4_has_time-span']}>`),
    line(claim, isnad.assertedValue, `<${claim}#span>`),
    line(`${claim}#span`, isnad.endLatest, `"0750-12-31"^^<${xsd.date}>`),
    line(`${base}page/1`, isnad.pageOf, `<${codex}>`),
    line(`${base}page/1`, isnad.pageLabel, '"1r"'),
  ].toSorted();
  const frame: Record<string, object | string> = JSON.parse(
    readText('ontology/frames/record.jsonld'),
  );

  /** Native numbers and plain strings, as the service writes them. */
  const framed = async (): Promise<Record<string, unknown>> => {
    const statements = parseTurtle('record.nq', source.join('\n')).quads;
    const expanded = await jsonld.fromRDF([...statements], { useNativeTypes: true });
    const plain = JSON.stringify(expanded).replaceAll(`,"@type":"${xsd.string}"`, '');
    const document: JsonLdDocument = JSON.parse(plain);
    const whole: Frame = { ...frame, '@context': context, id: codex };
    return { ...(await jsonld.frame(document, whole, { omitGraph: true })) };
  };

  it('stands at the root, with what it points to and what points at it', async () => {
    const { '@context': _, ...record } = await framed();
    expect(record).toEqual({
      id: codex,
      type: ['Manuscript'],
      label: { ar: ['مصحف'], '@none': ['Arabe 328'] },
      folioCount: [56],
      heightMm: ['24.50'],
      statusYear: ['2007'],
      holder: [{ id: `${base}organization/b`, label: { fr: ['BnF'] } }],
      pages: [{ id: `${base}page/1`, pageLabel: '1r', pageOf: codex }],
      production: [
        {
          id: `${codex}#production`,
          assertions: [
            {
              id: claim,
              about: `${codex}#production`,
              assertedProperty: crm['P4_has_time-span'],
              assertedValue: { id: `${claim}#span`, endLatest: '0750-12-31' },
            },
          ],
        },
      ],
    });
  });

  it('says exactly the statements it was made from', async () => {
    const back: unknown = await jsonld.toRDF(await framed(), { format: 'application/n-quads' });
    const lines = typeof back === 'string' ? back.trim().split('\n') : [];
    expect(lines.toSorted()).toEqual(source);
  });

  it('has a frame whose keys are all in the context', () => {
    const keys = Object.keys(frame).filter((key) => !key.startsWith('@'));
    expect(keys.length).toBeGreaterThan(3);
    expect(keys.filter((key) => context[key] === undefined)).toEqual([]);
  });
});

describe('docs/ontology.md', () => {
  const page = readText('docs/ontology.md');
  const listed = [...page.matchAll(/^(?:### |- )`([a-z]+:[^`\s]+)` /gm)]
    .map(([, name = '']) => name)
    .filter((name) => !name.endsWith(':'));

  it('lists every class and property, each once', () => {
    expect(listed.toSorted()).toEqual(terms.map(({ iri }) => shorten(iri)).toSorted());
  });
});
