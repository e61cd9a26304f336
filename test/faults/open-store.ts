import { createEmbeddedStore, type EmbeddedStoreOptions } from '../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';

export const baseIri = 'http://localhost:3030/';

/** Opens a store in this process with as few engines as will do. */
export const openStore = async (
  dataDir: string,
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<EmbeddedStore> =>
  createEmbeddedStore({
    dataDir,
    baseIri,
    engineReaders: 1,
    engineMemoryMb: 'auto',
    queryQueueMax: 100,
    warmSpare: false,
    ...options,
  });

/** The code of an error of the catalogue, or what else was thrown. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
