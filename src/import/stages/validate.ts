import { Validator, type ReadableQuads, type ValidationResult } from 'shacl-engine';
import { sh } from '../../model/terms.ts';
import { termText } from '../../rdf/nquads.ts';
import { literal, namedNode, type Quad, type QuadObject } from '../../rdf/terms.ts';
import { compileDatatype } from '../shapes/datatypes.ts';
import { describeExpectation } from '../shapes/expectations.ts';
import { createTermCheck } from '../shapes/known-terms.ts';
import { nodeName } from '../shapes/node-name.ts';
import { indexQuads } from '../shapes/quad-index.ts';
import { compileQuickCheck } from '../shapes/quick-check.ts';
import { readShapeNames, type BilingualText } from '../shapes/shape-names.ts';
import { createTargetFinder, targetingShapes, type Targeted } from '../shapes/targets.ts';

export type Severity = 'violation' | 'warning' | 'info';

/** One constraint of a shape that one value, or the lack of one, does not meet. */
export interface ValidationFinding {
  /** A violation blocks an import; a warning and an info are reported. */
  readonly severity: Severity;
  /** IRI of the node that was checked; a blank node by its label, `_:b1`. */
  readonly focusNode: string;
  /** IRI of the property at fault; nothing when the node as a whole is. */
  readonly path: string | undefined;
  /** The value at fault; nothing when a value is missing. */
  readonly value: QuadObject | undefined;
  /** IRI of the SHACL constraint component, such as `sh:MinCountConstraintComponent`. */
  readonly constraint: string;
  /** IRI of the shape that holds the constraint. */
  readonly shape: string;
  /** What the shape is called. */
  readonly shapeName: BilingualText;
  /** What is wrong, for the cataloguer. */
  readonly messages: BilingualText;
  /** What this very constraint asks for, such as `a value of datatype xsd:date`. */
  readonly expected: string;
}

export interface ValidatorOptions {
  /** The shapes, as read by `readShapes`. */
  readonly shapes: readonly Quad[];
  /**
   * The ontology and the vocabularies. With them, shapes also hold for subclasses, and names in the
   * shared namespaces that nobody declared are found.
   */
  readonly ontology?: readonly Quad[];
}

export interface QuadValidator {
  /**
   * Checks quads against the shapes. The batch must hold each of its records whole; what lies
   * outside the batch is taken on trust.
   *
   * @returns every finding, none left out; empty when the batch conforms
   */
  readonly validate: (quads: readonly Quad[]) => Promise<readonly ValidationFinding[]>;
  /** Counts the nodes described, by whether some shape speaks of them. */
  readonly coverage: (quads: readonly Quad[]) => NodeCoverage;
}

/** Nodes that a batch describes. A node without a type that the shapes know is not checked at all. */
export interface NodeCoverage {
  readonly checked: number;
  readonly unchecked: number;
}

const severities: Readonly<Record<string, Severity>> = {
  [sh.Violation]: 'violation',
  [sh.Warning]: 'warning',
  [sh.Info]: 'info',
};

const engineFactory = { literal };

/** Only plain property paths stand in the shapes; a test holds them to it. */
const pathOf = (result: ValidationResult): string | undefined =>
  result.path?.[0]?.predicates[0]?.value;

const messagesOf = (result: ValidationResult, expected: string): BilingualText => {
  const inLanguage = (language: string): string | undefined =>
    result.message.find((message) => message.language === language)?.value;
  const en = inLanguage('en') ?? `Expected: ${expected}.`;
  return { en, ar: inLanguage('ar') ?? en };
};

const toFinding = (
  result: ValidationResult,
  names: ReadonlyMap<string, BilingualText>,
): ValidationFinding => {
  const constraint = result.constraintComponent.value;
  const shape = result.shape.ptr.term?.value ?? '';
  const expected = describeExpectation(constraint, result.args);
  return {
    severity: severities[result.severity.value] ?? 'violation',
    focusNode: nodeName(result.focusNode.term),
    path: pathOf(result),
    value: result.value?.term,
    constraint,
    shape,
    shapeName: names.get(shape) ?? { en: shape, ar: shape },
    messages: messagesOf(result, expected),
    expected,
  };
};

/** A property shape that two shapes of one node share is broken once. */
const withoutRepeats = (findings: readonly ValidationFinding[]): readonly ValidationFinding[] => [
  ...new Map(
    findings.map((finding) => [
      [finding.shape, finding.constraint, finding.focusNode, termKey(finding.value)].join('\n'),
      finding,
    ]),
  ).values(),
];

const termKey = (term: QuadObject | undefined): string => (term ? termText(term) : '');

/**
 * Compiles shapes into a validator of SHACL Core (W3C Recommendation of 20 July 2017). Compiling
 * takes some tens of milliseconds: do it once and validate many batches, one record or fifty at a
 * time.
 *
 * @example
 *   const validator = createValidator({ shapes: await readShapes(folder) });
 *   const findings = await validator.validate(quads);
 */
export const createValidator = ({ shapes, ontology = [] }: ValidatorOptions): QuadValidator => {
  const names = readShapeNames(shapes);
  const termCheck = createTermCheck(ontology);
  const shapeIndex = indexQuads([...shapes, ...ontology]);
  const findTargets = createTargetFinder(shapeIndex);
  const quickChecks = new Map(
    targetingShapes(shapeIndex).map((shape) => [shape.value, compileQuickCheck(shapeIndex, shape)]),
  );
  const engine = new Validator(shapeIndex, {
    factory: engineFactory,
    validations: [[namedNode(sh.datatype), compileDatatype]],
  });

  const validateTarget = async (data: ReadableQuads, { shape, nodes }: Targeted) => {
    const conforms = quickChecks.get(shape.value) ?? (() => false);
    const terms = nodes.filter((node) => !conforms(data, node));
    if (terms.length === 0) return [];
    const { results } = await engine.validate({ dataset: data, terms }, [{ terms: [shape] }]);
    return results.map((result) => toFinding(result, names));
  };

  return {
    validate: async (quads) => {
      const data = indexQuads(quads);
      const found = await Promise.all(
        findTargets(data).map((targeted) => validateTarget(data, targeted)),
      );
      return [...withoutRepeats(found.flat()), ...termCheck(quads)];
    },
    coverage: (quads) => {
      const targeted = findTargets(indexQuads(quads)).flatMap(({ nodes }) => nodes);
      const checked = new Set(targeted.map(nodeName)).size;
      const described = new Set(quads.map(({ subject }) => nodeName(subject))).size;
      return { checked, unchecked: described - checked };
    },
  };
};
