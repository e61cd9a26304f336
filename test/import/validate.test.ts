import * as fc from 'fast-check';
import { Validator } from 'shacl-engine';
import { describe, expect, it } from 'vitest';
import { compileDatatype } from '../../src/import/shapes/datatypes.ts';
import { indexQuads } from '../../src/import/shapes/quad-index.ts';
import { readSharedModel } from '../../src/import/shared-model.ts';
import { createValidator } from '../../src/import/stages/validate.ts';
import { isnad, prefixes, sh, shared, xsd } from '../../src/model/terms.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { termText } from '../../src/rdf/nquads.ts';
import {
  blankNode,
  literal,
  namedNode,
  quad,
  typedLiteral,
  type Quad,
  type QuadObject,
} from '../../src/rdf/terms.ts';
import { ontologyFolder, readExamples } from '../ontology/shape-examples.ts';

const model = await readSharedModel(ontologyFolder);
const ontology = [...model.ontology, ...model.vocabularies];
const validator = createValidator({ shapes: model.shapes, ontology });

const header = Object.entries(prefixes)
  .map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`)
  .join('\n');
const turtle = (text: string): Promise<Quad[]> =>
  parseRdf(`${header}\n${text}`, {
    mediaType: 'text/turtle',
    baseIri: 'https://isnad.example.org/',
  });
const findingsOf = async (text: string) => validator.validate(await turtle(text));

const manuscript =
  '<id/manuscript/1> a isnad:Manuscript ; rdfs:label "Ar. 1" ; isnad:shelfmark "Ar. 1" ; isnad:holder <id/organization/1> ';

const event = (start: string, end: string) =>
  findingsOf(
    `<id/event/1> a isnad:Event ; rdfs:label "e" ; isnad:eventKind <${shared.vocabulary}event-kind/lecture> ;
      isnad:startDate ${start} ; isnad:endDate ${end} .`,
  );

describe('the validator', () => {
  it('finds nothing in a batch that conforms, nor in an empty one', async () => {
    expect(await findingsOf(`${manuscript} .`)).toEqual([]);
    expect(await validator.validate([])).toEqual([]);
  });

  it('says of a finding where it is, what is wrong in two languages, and what was expected', async () => {
    expect(await findingsOf(`${manuscript} ; isnad:folioCount "many" .`)).toContainEqual({
      severity: 'violation',
      focusNode: 'https://isnad.example.org/id/manuscript/1',
      path: isnad.folioCount,
      value: literal('many'),
      constraint: sh.DatatypeConstraintComponent,
      shape: `${shared.shapes}#folioCount`,
      shapeName: { en: 'number of folios', ar: 'عدد الأوراق' },
      messages: {
        en: 'Number of folios: each value is a whole number, 1 or more.',
        ar: 'عدد الأوراق: كلّ قيمة عدد صحيح، 1 أو أكثر.',
      },
      expected: 'a well-formed xsd:integer',
    });
  });

  it('tells warnings from violations', async () => {
    const findings = await findingsOf(`${manuscript} ; isnad:folioCount 282366 .`);
    expect(findings.map(({ severity, shape }) => [severity, shape])).toEqual([
      ['warning', `${shared.shapes}#folioCount-plausible`],
    ]);
  });

  it('trusts references to records outside the batch', async () => {
    expect(
      await findingsOf(
        '<id/page/1> a isnad:Page ; rdfs:label "1r" ; isnad:pageLabel "1r" ; isnad:pageSequence 1 ; isnad:pageOf <id/manuscript/9> .',
      ),
    ).toEqual([]);
  });

  it('takes letters beyond the basic plane for text, and 30 February for no date', async () => {
    expect(await findingsOf(`${manuscript} ; isnad:holdingCollection "𐩠𐩲𐩬" .`)).toEqual([]);
    const findings = await findingsOf(`${manuscript} ; isnad:dateLatest "0750-02-30"^^xsd:date .`);
    expect(findings.map(({ expected }) => expected)).toEqual(['a well-formed xsd:date']);
  });

  it('reports a constraint once, though a node is checked as its class and its superclass', async () => {
    const findings = await findingsOf(
      `<id/event/1> a isnad:Event ; rdfs:label "e" ; isnad:eventKind <${shared.vocabulary}event-kind/lecture> ;
        isnad:startDate "2016"^^xsd:gYear, "2017"^^xsd:gYear .`,
    );
    expect(findings.map(({ shape }) => shape)).toEqual([`${shared.shapes}#startDate`]);
  });

  it('does not confuse a date with a year when it compares start and end', async () => {
    expect(await event('"2016-10-22"^^xsd:date', '"2016"^^xsd:gYear')).toEqual([]);
    expect(await event('"2016"^^xsd:gYear', '"2016"^^xsd:gYear')).toEqual([]);
    expect(await event('"2017"^^xsd:gYear', '"2016"^^xsd:gYear')).toHaveLength(1);
  });

  it('checks blank nodes, and names them by their label', async () => {
    const findings = await findingsOf('[] a isnad:Foliation .');
    expect(findings.map(({ focusNode }) => focusNode)).toEqual(['_:b1']);
  });

  it('finds names in the shared namespaces that nobody declared', async () => {
    const findings = await findingsOf(
      `${manuscript} ; isnad:shelfmrk "Ar. 2" ; isnad:script <${shared.vocabulary}script/hijazzi> .`,
    );
    expect(findings.map(({ shape, value }) => [shape, value?.value])).toEqual([
      [isnad.DeclaredTermShape, isnad.shelfmark.replace('mark', 'mrk')],
      [isnad.DeclaredTermShape, `${shared.vocabulary}script/hijazzi`],
    ]);
  });

  it('leaves undeclared names alone when it was not given the ontology', async () => {
    const bare = createValidator({ shapes: model.shapes });
    expect(await bare.validate(await turtle(`${manuscript} ; isnad:shelfmrk "Ar. 2" .`))).toEqual(
      [],
    );
  });
});

const key = (parts: readonly (string | undefined)[]): string => parts.join(' ');

const ownFindings = async (quads: readonly Quad[]): Promise<readonly string[]> =>
  (await validator.validate(quads))
    .filter(({ constraint }) => constraint !== isnad.DeclaredTermConstraintComponent)
    .map(({ shape, constraint, focusNode, value }) =>
      key([shape, constraint, focusNode.replace(/^_:/, ''), value && termText(value)]),
    )
    .toSorted();

describe('the quick check', async () => {
  const examples = await readExamples();
  const engine = new Validator(indexQuads([...model.shapes, ...ontology]), {
    factory: { literal },
    validations: [[namedNode(sh.datatype), compileDatatype]],
  });

  /** What the engine alone finds, each finding once. */
  const engineFindings = async (quads: readonly Quad[]): Promise<readonly string[]> => {
    const { results } = await engine.validate({ dataset: indexQuads(quads) });
    const found = results.map(({ shape, constraintComponent, focusNode, value }) =>
      key([
        shape.ptr.term?.value,
        constraintComponent.value,
        focusNode.term?.value,
        value?.term && termText(value.term),
      ]),
    );
    return [...new Set(found)].toSorted();
  };

  const oddValue = fc.constantFrom<QuadObject>(
    literal(''),
    literal('text'),
    literal('نص', 'ar'),
    typedLiteral('0', xsd.integer),
    typedLiteral('7000', xsd.integer),
    typedLiteral('007', xsd.integer),
    typedLiteral('1.5', xsd.decimal),
    typedLiteral('many', xsd.integer),
    typedLiteral('1e400', xsd.double),
    typedLiteral('true', xsd.boolean),
    typedLiteral('0700-01-01', xsd.date),
    typedLiteral('0700-01-01Z', xsd.date),
    typedLiteral('-0700-01-01', xsd.date),
    typedLiteral('0700-02-30', xsd.date),
    typedLiteral('0700', xsd.gYear),
    namedNode('https://isnad.example.org/id/manuscript/3kq7w0c4v2m8z1ht'),
    namedNode(`${shared.vocabulary}script/hijazi-i`),
    blankNode('odd'),
  );
  const change = fc.oneof(
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat() }),
    fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), value: oddValue }),
    fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), value: oddValue }),
  );
  const changed = fc
    .record({
      example: fc.constantFrom(...examples),
      changes: fc.array(change, { maxLength: 4 }),
    })
    .map(({ example, changes }) => {
      const quads = [...example.quads];
      for (const each of changes) {
        const at = each.at % Math.max(quads.length, 1);
        const old = quads[at];
        if (!old) continue;
        if (each.kind === 'drop') quads.splice(at, 1);
        else
          quads.splice(
            at,
            each.kind === 'replace' ? 1 : 0,
            quad(old.subject, old.predicate, each.value),
          );
      }
      return quads;
    });

  it('never hides what the engine would find, nor invents anything', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(changed, async (quads) => {
        const expected = await engineFindings(quads);
        found += expected.length;
        expect(await ownFindings(quads)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
