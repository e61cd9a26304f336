import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { importDelivery } from '../../src/import/import-delivery.ts';
import type { ImportOptions, ImportResult } from '../../src/import/import-delivery.ts';
import type { ImportLimits, ImportRequest } from '../../src/import/import-request.ts';
import { createIris } from '../../src/model/iris.ts';
import { isIsnadError } from '../../src/errors.ts';
import type { IsnadError } from '../../src/errors.ts';
import type { Finding } from '../../src/import/findings.ts';
import { installationFolders } from '../../src/import/installation-data.ts';
import { prepare } from '../../src/import/pipeline.ts';
import type { Prepared } from '../../src/import/preparation.ts';
import { readSharedModel } from '../../src/import/shared-model.ts';
import type { SharedModel } from '../../src/import/shared-model.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';

const megabyte = 1024 * 1024;

/** The limits the service has by default. */
export const defaultLimits: ImportLimits = {
  importBytesMax: 1024 * megabyte,
  importFileBytesMax: 32 * megabyte,
  importQuadsMax: 5_000_000,
};

export const sampleFolder = path.join(import.meta.dirname, '..', '..', 'data', 'samples', 'tei');

const dataset = {
  slug: 'sample-catalogue',
  title: 'Sample catalogue',
  licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
};

/** A directory that is gone when the test is over. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'isnad-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface ImportSetting {
  readonly memory?: MemoryStore;
  readonly limits?: Partial<ImportLimits>;
  readonly request?: Partial<ImportRequest>;
  readonly options?: ImportOptions;
}

/** Imports what lies at a path into a store in memory. */
export const importPath = (
  delivery: string,
  { memory = createMemoryStore(), limits = {}, request = {}, options = {} }: ImportSetting = {},
): Promise<ImportResult> =>
  importDelivery(
    {
      store: memory.store,
      iris: createIris('http://localhost:3030/'),
      settings: { ...defaultLimits, ...limits },
    },
    { path: delivery, format: 'tei', dataset, ...request },
    options,
  );

let model: Promise<SharedModel> | undefined;

/** Reads a delivery in this thread, without a store: quicker than a worker for each test. */
export const preparePath = async (
  delivery: string,
  limits: Partial<ImportLimits> = {},
): Promise<
  Prepared & { readonly findings: readonly Finding[]; readonly lines: readonly string[] }
> => {
  model ??= readSharedModel(installationFolders.ontology);
  const findings: Finding[] = [];
  const pieces: Uint8Array[] = [];
  const prepared = await prepare(
    {
      request: { path: delivery, format: 'tei', dataset },
      limits: { ...defaultLimits, ...limits },
      baseIri: 'http://localhost:3030/',
      ontologyFolder: installationFolders.ontology,
    },
    {
      emit: (nquads) => pieces.push(nquads),
      tell: (more) => findings.push(...more),
      progress: () => undefined,
    },
    await model,
  );
  const lines = Buffer.concat(pieces).toString('utf8').split('\n').filter(Boolean);
  return { ...prepared, findings, lines };
};

/** The error that reading a delivery fails with, in this thread. */
export const refusalOf = async (
  delivery: string,
  limits: Partial<ImportLimits> = {},
): Promise<IsnadError> => {
  try {
    await preparePath(delivery, limits);
  } catch (error) {
    if (isIsnadError(error)) return error;
    throw error;
  }
  throw new Error('The delivery was read.');
};

/** The error an import fails with, after which nothing may have changed. */
export const failureOf = async (
  delivery: string,
  setting: ImportSetting = {},
): Promise<IsnadError> => {
  const memory = setting.memory ?? createMemoryStore();
  const before = memory.commits.length;
  try {
    await importPath(delivery, { ...setting, memory });
  } catch (error) {
    if (!isIsnadError(error)) throw error;
    if (memory.commits.length !== before)
      throw new Error('A failed import wrote something.', { cause: error });
    return error;
  }
  throw new Error('The import did not fail.');
};
