import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { storedDatatypes } from '../../src/import/shapes/datatypes.ts';
import { knownConstraints } from '../../src/import/shapes/expectations.ts';
import { indexQuads } from '../../src/import/shapes/quad-index.ts';
import { readSharedModel } from '../../src/import/shared-model.ts';
import { createValidator, type ValidationFinding } from '../../src/import/stages/validate.ts';
import { recordTypes } from '../../src/model/record-types.ts';
import { isnad, prefixes, rdf, rdfs, sh, shared } from '../../src/model/terms.ts';
import { namedNode, quad, type Quad, type QuadObject } from '../../src/rdf/terms.ts';
import { valuesThatBreak } from './breaking-values.ts';
import { ontologyFolder, readExamples, type Example } from './shape-examples.ts';

const model = await readSharedModel(ontologyFolder);
const declarations = [...model.ontology, ...model.vocabularies];
const validator = createValidator({ shapes: model.shapes, ontology: declarations });
const examples = await readExamples();

const shapes = indexQuads(model.shapes);
const ontology = indexQuads(model.ontology);
const objectsIn = (index: typeof shapes, subject: string, property: string): QuadObject[] =>
  [...index.match(namedNode(subject), namedNode(property))].map(({ object }) => object);
const objects = (subject: string, property: string): QuadObject[] =>
  objectsIn(shapes, subject, property);
const subjectsWith = (property: string, object?: string): string[] => [
  ...new Set(
    [
      ...shapes.match(null, namedNode(property), object === undefined ? null : namedNode(object)),
    ].map(({ subject }) => subject.value),
  ),
];
const languagesOf = (subject: string, property: string): string[] =>
  objects(subject, property).map((text) => (text.termType === 'Literal' ? text.language : ''));
const localName = (iri: string): string => iri.replace(/^.*[#/]/, '');
const kebab = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
const isNamed = (shape: string): boolean => shape.startsWith(`${shared.shapes}#`);

const nodeShapes = subjectsWith(rdf.type, sh.NodeShape);
const propertyShapes = subjectsWith(rdf.type, sh.PropertyShape);
const withProperties = nodeShapes.filter((shape) => objects(shape, sh.property).length > 0);
const rules = nodeShapes.filter((shape) => !withProperties.includes(shape));

const broken = (findings: readonly ValidationFinding[]): string[] =>
  findings.map(({ shape, constraint }) => `${shape} ${constraint}`).toSorted();

const marked = (shape: string, mark: string): string[] =>
  objects(shape, sh.property)
    .flatMap(({ value }) => objects(value, mark))
    .map((t) => t.value);

const shapeOf = (type: string): string | undefined =>
  withProperties.find((shape) => kebab(localName(shape)) === type);

/** The first node of a valid example that the shape aims at. */
const subjectFor = (example: Example | undefined, owner: string): Quad['subject'] | undefined => {
  const targets = objects(owner, sh.targetClass).map(({ value }) => value);
  return example?.quads.find(
    ({ predicate, object }) => predicate.value === rdf.type && targets.includes(object.value),
  )?.subject;
};

const curie = (iri: string): string => {
  const [prefix, namespace = ''] =
    Object.entries(prefixes).find(([, each]) => iri.startsWith(each)) ?? [];
  return `\`${prefix}:${iri.slice(namespace.length)}\``;
};

describe('the shapes', () => {
  it('stand in one file for each record type, which aims at its class', () => {
    expect(recordTypes.length).toBeGreaterThan(30);
    const lacking = recordTypes.filter(({ name, iri }) => {
      const file = path.join(ontologyFolder, 'shapes', `${kebab(name)}.ttl`);
      const targets = objects(`${shared.shapes}#${name}`, sh.targetClass);
      return !existsSync(file) || !targets.some(({ value }) => value === iri);
    });
    expect(lacking).toEqual([]);
  });

  it('name nothing in the shared namespaces that is not declared', () => {
    const declared = new Set(declarations.map(({ subject }) => subject.value));
    const used = model.shapes.flatMap(({ predicate, object }) => [predicate, object]);
    const undeclared = used
      .filter(({ termType }) => termType === 'NamedNode')
      .map(({ value }) => value)
      .filter((iri) => iri.startsWith(prefixes.isnad) || iri.startsWith(shared.vocabulary))
      .filter((iri) => !declared.has(iri));
    expect(undeclared).toEqual([]);
  });

  it('speak of properties that the ontology knows', () => {
    const paths = subjectsWith(sh.path).flatMap((shape) => objects(shape, sh.path));
    expect(paths.length).toBeGreaterThan(200);
    const unknown = paths.filter(
      ({ termType, value }) =>
        termType !== 'NamedNode' || objectsIn(ontology, value, rdfs.label).length === 0,
    );
    expect(unknown).toEqual([]);
  });

  it('ask for the datatype, the vocabulary and the single value that the ontology states', () => {
    const differing = propertyShapes.filter((shape) => {
      if (objects(shape, sh.severity).length > 0) return false;
      if (shape === `${shared.shapes}#TimeSpan-beginEarliest-endLatest`) return false;
      const property = objects(shape, sh.path)[0]?.value ?? '';
      const stated = (key: string) => objectsIn(ontology, property, key).map(({ value }) => value);
      const scheme = stated(isnad.conceptScheme)[0];
      const pattern = objects(shape, sh.pattern)[0]?.value ?? '';
      const datatypes = objects(shape, sh.datatype).map(({ value }) => value);
      const single = stated(isnad.singleValued).includes('true');
      return (
        (scheme !== undefined && !new RegExp(pattern).test(`${scheme}/x`)) ||
        (stated(rdfs.range).some((range) => storedDatatypes.includes(range)) &&
          !datatypes.some((datatype) => stated(rdfs.range).includes(datatype))) ||
        (single && objects(shape, sh.maxCount)[0]?.value !== '1')
      );
    });
    expect(differing).toEqual([]);
  });

  it('use no datatype but those the store keeps as they are', () => {
    const datatypes = new Set(
      subjectsWith(sh.datatype)
        .flatMap((shape) => objects(shape, sh.datatype))
        .map((t) => t.value),
    );
    expect(datatypes.size).toBeGreaterThan(4);
    expect([...datatypes].filter((datatype) => !storedDatatypes.includes(datatype))).toEqual([]);
  });

  it('are all named, so that a report can point to them', () => {
    expect([...nodeShapes, ...propertyShapes].filter((shape) => !isNamed(shape))).toEqual([]);
  });

  it('say in English and Arabic what they ask for', () => {
    const constraining = [...propertyShapes, ...rules];
    const silent = constraining.filter((shape) => {
      const languages = languagesOf(shape, sh.message).toSorted();
      return languages.join() !== 'ar,en';
    });
    expect(constraining.length).toBeGreaterThan(200);
    expect(silent).toEqual([]);
    const nameless = [
      ...propertyShapes.filter(
        (shape) => languagesOf(shape, sh.name).toSorted().join() !== 'ar,en',
      ),
      ...nodeShapes.filter((shape) => languagesOf(shape, rdfs.label).toSorted().join() !== 'ar,en'),
    ];
    expect(nameless).toEqual([]);
  });

  it('give every property a place: a group that exists, and an order', () => {
    const groups = subjectsWith(rdf.type, sh.PropertyGroup);
    const placeless = propertyShapes.filter(
      (shape) =>
        objects(shape, sh.order).length !== 1 ||
        objects(shape, sh.group).length !== 1 ||
        !groups.includes(objects(shape, sh.group)[0]?.value ?? ''),
    );
    expect(placeless).toEqual([]);
    for (const group of groups)
      expect(languagesOf(group, rdfs.label).toSorted()).toEqual(['ar', 'en']);
  });

  it('name facets and list columns for every record type', () => {
    const lists = recordTypes.map(({ name }) => `${shared.shapes}#${name}`);
    expect(lists.filter((shape) => marked(shape, isnad.listColumn).length < 2)).toEqual([]);
    expect(marked(`${shared.shapes}#Manuscript`, isnad.facet).length).toBeGreaterThan(5);
  });

  // What shacl-engine 1.1.2 gets wrong is not used: of two values of a parameter it takes none
  // (two lists of sh:or it joins), and a shape named by sh:node counts as met when checked before.
  it('use each constraint once in a shape, and no constraint that the validator cannot tell', () => {
    const inert = new Set<string>([sh.property, sh.targetClass, sh.targetSubjectsOf]);
    const parameters = new Map(
      Object.entries(sh).map(([name, iri]) => [
        iri as string,
        `${prefixes.sh}${name.charAt(0).toUpperCase()}${name.slice(1)}ConstraintComponent`,
      ]),
    );
    const components = new Set<string>(Object.values(sh));
    const faults = model.shapes.flatMap(({ subject, predicate }) => {
      const component = parameters.get(predicate.value) ?? '';
      if (inert.has(predicate.value) || !components.has(component)) return [];
      const isRepeated = objects(subject.value, predicate.value).length > 1;
      return isRepeated || !knownConstraints.includes(component)
        ? [`${subject.value} ${predicate.value}`]
        : [];
    });
    expect(faults).toEqual([]);
    expect(knownConstraints).not.toContain(sh.NodeConstraintComponent);
  });
});

describe('the examples', () => {
  const types = [...new Set(examples.map(({ type }) => type))];

  it('hold a valid one and invalid ones for every shape that aims at a class', () => {
    expect(types.toSorted()).toEqual(
      withProperties.map((shape) => kebab(localName(shape))).toSorted(),
    );
    const lacking = types.filter((type) => {
      const own = examples.filter((example) => example.type === type);
      return (
        own.filter(({ file }) => file.endsWith('/valid.ttl')).length !== 1 ||
        own.filter(({ fails }) => fails.length > 0).length === 0
      );
    });
    expect(lacking).toEqual([]);
  });

  it('break every rule in turn', () => {
    const brokenOnes = new Set(
      examples.flatMap(({ fails }) => fails.map((each) => each.split(' ')[0])),
    );
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => !brokenOnes.has(rule))).toEqual([]);
  });

  it.each(examples.map((example) => [example.file, example] as const))(
    '%s breaks what it says, and nothing else',
    async (file, example) => {
      expect(example.fails.length > 0).toBe(file.includes('/invalid-'));
      expect(broken(await validator.validate(example.quads))).toEqual(example.fails);
    },
  );

  const validExamples = examples.filter(({ file }) => file.endsWith('/valid.ttl'));
  const cases = propertyShapes.map((shape) => {
    const owner = withProperties.find((each) =>
      objects(each, sh.property).some(({ value }) => value === shape),
    );
    return [localName(shape), shape, owner ?? ''] as const;
  });

  it.each(cases)(
    'every constraint of shape:%s finds the value that breaks it',
    async (_, shape, owner) => {
      const example = validExamples.find(({ type }) => shapeOf(type) === owner);
      const node = subjectFor(example, owner);
      const property = objects(shape, sh.path)[0];
      if (!example || !node || property?.termType !== 'NamedNode')
        throw new Error(`no case for ${shape}`);
      const without = example.quads.filter(
        ({ subject, predicate }) => !(subject.equals(node) && predicate.equals(property)),
      );
      const breaking = valuesThatBreak(shapes, shape);
      expect(breaking.length).toBeGreaterThan(0);
      for (const { constraint, values, others = [] } of breaking) {
        const other = others.map(([compared, value]) => quad(node, namedNode(compared), value));
        const quads = [
          ...without.filter(
            ({ subject, predicate }) =>
              !(subject.equals(node) && others.some(([compared]) => compared === predicate.value)),
          ),
          ...values.map((value) => quad(node, property, value)),
          ...other,
        ];
        // oxlint-disable-next-line no-await-in-loop -- a handful, and a failure names its constraint
        expect(broken(await validator.validate(quads))).toContain(`${shape} ${constraint}`);
      }
    },
  );
});

describe('docs/shapes.md', () => {
  const text = readFileSync(path.join(ontologyFolder, '..', 'docs', 'shapes.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `shape:([\w-]+)` \|(.*)\|$/gm)].map(
    ([, name = '', rest = '']) => ({ name, cells: rest.split('|').map((cell) => cell.trim()) }),
  );

  it('lists every shape that aims at a class or a property, and no other', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(nodeShapes.map(localName).toSorted());
  });

  it('says which properties each shape requires', () => {
    for (const { name, cells } of rows) {
      const shape = `${shared.shapes}#${name}`;
      if (rules.includes(shape)) continue;
      const required = objects(shape, sh.property)
        .map(({ value }) => value)
        .filter((each) => objects(each, sh.minCount).length > 0)
        .filter((each) => objects(each, sh.severity).length === 0)
        .map((each) => curie(objects(each, sh.path)[0]?.value ?? ''));
      expect([name, cells[1]]).toEqual([name, required.join(', ') || '–']);
    }
  });

  it('names every file of shapes', () => {
    const files = globSync('*.ttl', { cwd: path.join(ontologyFolder, 'shapes') });
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !text.includes(`\`${file}\``))).toEqual([]);
  });
});
