import { IsnadError } from '../errors.ts';
import { prefixes } from '../model/terms.ts';
import { canonicalLines } from '../rdf/canonical.ts';
import type { Quad } from '../rdf/terms.ts';
import type { Description } from './described.ts';
import { findingAt } from './findings.ts';
import type { Finding, FindingPlace } from './findings.ts';
import type { ImportLimits } from './import-request.ts';
import type { Namer } from './stages/name.ts';
import type { QuadValidator, ValidationFinding } from './stages/validate.ts';

/** How the records of a delivery stand to the shapes. */
export interface ValidationSummary {
  readonly violations: number;
  readonly warnings: number;
  readonly infos: number;
}

/**
 * The end of the worker's half of the recipe: descriptions are named and validated in batches of
 * whole records, and go out as pieces of canonical N-Quads.
 */
export interface CheckedOutput {
  /** Takes descriptions of whole records that were read at one place. */
  readonly add: (place: FindingPlace, descriptions: readonly Description[]) => Promise<void>;
  /** Takes quads that have their names already. */
  readonly addQuads: (named: readonly Quad[]) => Promise<void>;
  /** Sends out what is left. */
  readonly finish: () => Promise<{
    readonly quads: number;
    readonly validation: ValidationSummary;
  }>;
}

interface OutputParts {
  readonly namer: Namer;
  readonly validator: QuadValidator;
  readonly limits: ImportLimits;
  readonly emit: (nquads: Uint8Array<ArrayBuffer>) => void;
  readonly tell: (findings: readonly Finding[]) => void;
}

/** Large enough that starting a batch costs little, small enough that memory stays flat. */
const batchQuads = 5_000;

/** Builds the output of one import. */
export const createCheckedOutput = (parts: OutputParts): CheckedOutput => {
  const { namer, validator, limits } = parts;
  let batch: Quad[] = [];
  let places = new Map<string, FindingPlace>();
  let made = 0;
  let stored = 0;
  const validation = { violations: 0, warnings: 0, infos: 0 };

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const found = await validator.validate(batch);
    for (const { severity } of found) validation[summaryOf[severity]] += 1;
    parts.tell(found.map((each) => toFinding(each, places)));
    const lines = canonicalLines(batch);
    stored += lines.length;
    parts.emit(new TextEncoder().encode(`${lines.join('\n')}\n`));
    batch = [];
    places = new Map();
  };

  const addQuads = async (named: readonly Quad[]): Promise<void> => {
    made += named.length;
    if (made > limits.importQuadsMax) throw tooMany(limits.importQuadsMax);
    for (const each of named) batch.push(each);
    if (batch.length >= batchQuads) await flush();
  };

  return {
    add: async (place, descriptions) => {
      for (const { subject } of descriptions) places.set(namer.nameOf(subject).value, place);
      await addQuads(namer.name(descriptions));
    },
    addQuads,
    finish: async () => {
      await flush();
      return { quads: stored, validation };
    },
  };
};

const summaryOf = { violation: 'violations', warning: 'warnings', info: 'infos' } as const;

const tooMany = (max: number): IsnadError =>
  new IsnadError('delivery-too-large', `The delivery makes more than ${max} statements.`, {
    extra: { limit: 'importQuadsMax', max, unit: 'statements' },
  });

const toFinding = (
  { severity, focusNode, path, value, messages, expected }: ValidationFinding,
  places: ReadonlyMap<string, FindingPlace>,
): Finding => {
  const place = places.get(focusNode) ?? { file: '', record: focusNode };
  return findingAt(place, severity === 'violation' ? 'shape-violation' : 'shape-warning', {
    element: path === undefined ? '' : shortName(path),
    value: value?.value ?? '',
    reason: `${messages.en} Expected: ${expected}.`,
  });
};

/** `isnad:shelfmark` for the property's IRI. */
const shortName = (iri: string): string => {
  const found = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
};
