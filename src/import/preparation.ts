import { IsnadError } from '../errors.ts';
import { createIris } from '../model/iris.ts';
import type { DeliveredFile } from '../store/store.ts';
import { createCheckedOutput } from './checked-output.ts';
import type { CheckedOutput, ValidationSummary } from './checked-output.ts';
import { createConceptFinder } from './concepts.ts';
import type { FindConcept } from './concepts.ts';
import { findingAt } from './findings.ts';
import type { Finding } from './findings.ts';
import type {
  ImportCounts,
  ImportLimits,
  ImportProgress,
  ImportRequest,
} from './import-request.ts';
import { createByteBudget } from './readers/byte-budget.ts';
import type { ByteBudget } from './readers/byte-budget.ts';
import type { SkippedEntry } from './readers/delivery-folder.ts';
import type { SharedModel } from './shared-model.ts';
import type { Detected } from './stages/detect.ts';
import { createLinker } from './stages/link.ts';
import type { Linker } from './stages/link.ts';
import { createNamer } from './stages/name.ts';
import { createValidator } from './stages/validate.ts';

/** What the worker thread is asked to do. */
export interface PrepareJob {
  readonly request: ImportRequest;
  readonly limits: ImportLimits;
  readonly baseIri: string;
  readonly ontologyFolder: string;
}

/** Where the worker's half of the recipe puts what it makes, piece by piece. */
export interface PrepareSink {
  /** A piece of the graph's content, as canonical N-Quads. */
  readonly emit: (nquads: Uint8Array<ArrayBuffer>) => void;
  readonly tell: (findings: readonly Finding[]) => void;
  readonly progress: (progress: ImportProgress) => void;
}

/** What is known of a delivery once it is read, beside its content and findings. */
export interface Prepared {
  readonly files: readonly DeliveredFile[];
  readonly counts: ImportCounts;
  readonly validation: ValidationSummary;
}

/** The tools of one preparation: what the steps of the recipe share. */
export interface Preparation {
  readonly findConcept: FindConcept;
  readonly linker: Linker;
  readonly output: CheckedOutput;
  readonly budget: ByteBudget;
  readonly tell: (findings: readonly Finding[]) => void;
  readonly tellSkipped: (entries: readonly SkippedEntry[]) => void;
  readonly count: (counts: ImportCounts) => void;
  readonly counts: () => ImportCounts;
  readonly delivered: (file: DeliveredFile) => void;
  /** Reports progress; called with the delivered bytes read so far. */
  readonly bytesRead: (detected: Detected) => (bytes: number) => void;
  /** @throws IsnadError `delivery-empty` when no record was read */
  readonly finish: () => Promise<Prepared>;
}

/** Sets out the tools; compiles the shapes. */
export const createPreparation = (
  { request, limits, baseIri }: PrepareJob,
  sink: PrepareSink,
  model: SharedModel,
): Preparation => {
  const budget = createByteBudget(limits);
  const counts = new Map<string, number>();
  const files: DeliveredFile[] = [];
  const output = createCheckedOutput({
    namer: createNamer(createIris(baseIri), request.dataset.slug),
    validator: createValidator({
      shapes: model.shapes,
      ontology: [...model.ontology, ...model.vocabularies],
    }),
    limits,
    emit: sink.emit,
    tell: sink.tell,
  });
  const records = (): number => counts.get('records') ?? 0;
  return {
    findConcept: createConceptFinder(model.vocabularies),
    linker: createLinker(),
    output,
    budget,
    tell: sink.tell,
    tellSkipped: (entries) => sink.tell(entries.map(skippedFinding)),
    count: (more) => {
      for (const [name, number] of Object.entries(more))
        counts.set(name, (counts.get(name) ?? 0) + number);
    },
    counts: () => Object.fromEntries(counts),
    delivered: (file) => files.push(file),
    bytesRead: (detected) => {
      const total = detected.files.reduce((sum, { bytes }) => sum + bytes, 0);
      return (done) =>
        sink.progress({ stage: 'read', done, total, bytes: budget.spent(), records: records() });
    },
    finish: async () => {
      if (records() === 0) throw nothingFound(request.path);
      const { quads, validation } = await output.finish();
      return { files, counts: { ...Object.fromEntries(counts), quads }, validation };
    },
  };
};

const skippedFinding = ({ name, reason }: SkippedEntry): Finding =>
  findingAt({ file: name, record: '' }, 'file-skipped', { element: '', value: '', reason });

const nothingFound = (path: string): IsnadError =>
  new IsnadError('delivery-empty', `${path} holds no TEI description of a manuscript.`);
