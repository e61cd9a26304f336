import type { Iris } from '../model/iris.ts';
import type { DeliveredFile, Store } from '../store/store.ts';
import { checkDataset } from './dataset-statements.ts';
import type { Finding } from './findings.ts';
import type {
  ImportCounts,
  ImportLimits,
  ImportProgress,
  ImportRequest,
} from './import-request.ts';
import { installationFolders } from './installation-data.ts';
import { conclude } from './pipeline.ts';
import type { Prepared } from './preparation.ts';
import type { PlanSummary } from './stages/diff.ts';
import type { ImportOutcome } from './stages/publish.ts';
import type { CommitRecord } from '../store/store.ts';
import { prepareInWorker } from './worker-client.ts';

/** How an import ended, and all it has to tell; `report.ts` writes it for people. */
export interface ImportResult {
  readonly outcome: ImportOutcome;
  /** Whether violations of the shapes kept it from being published. */
  readonly blocked: boolean;
  readonly dataset: ImportRequest['dataset'];
  /** Name of the dataset's graph. */
  readonly graph: string;
  readonly plan: PlanSummary;
  /** The commit; nothing when nothing was written. */
  readonly commit: CommitRecord | undefined;
  readonly findings: readonly Finding[];
  readonly counts: ImportCounts;
  readonly files: readonly DeliveredFile[];
  readonly validation: Prepared['validation'];
}

export interface ImportContext {
  readonly store: Store;
  readonly iris: Iris;
  /** The settings that bound an import. */
  readonly settings: ImportLimits;
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import, up to the moment it is published. */
  readonly signal?: AbortSignal;
}

/**
 * Imports a delivery into its dataset's graph: as one commit, or not at all. Importing the same
 * delivery again changes nothing.
 *
 * @throws IsnadError `invalid-parameter`, `not-found`, one of the `delivery-…` codes,
 *   `import-cancelled`, `commit-conflict`, `write-failed`; nothing was changed then
 */
export const importDelivery = async (
  { store, iris, settings }: ImportContext,
  request: ImportRequest,
  { onProgress, signal }: ImportOptions = {},
): Promise<ImportResult> => {
  checkDataset(request.dataset);
  let last: ImportProgress | undefined;
  const prepared = await prepareInWorker(
    {
      request,
      limits: limitsOf(settings),
      baseIri: iris.base,
      ontologyFolder: installationFolders.ontology,
    },
    {
      signal,
      onProgress: (progress) => {
        last = progress;
        onProgress?.(progress);
      },
    },
  );
  if (last) onProgress?.({ ...last, stage: 'diff' });
  const published = await conclude({ store, iris }, request, prepared, signal);
  const { findings, counts, files, validation } = prepared;
  return {
    ...published,
    blocked: published.outcome === 'blocked',
    dataset: request.dataset,
    graph: iris.dataset(request.dataset.slug),
    findings,
    counts,
    files,
    validation,
  };
};

/** Only the limits: the settings at large do not go into the worker. */
const limitsOf = ({
  importBytesMax,
  importFileBytesMax,
  importQuadsMax,
}: ImportLimits): ImportLimits => ({ importBytesMax, importFileBytesMax, importQuadsMax });
