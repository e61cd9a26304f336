import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import { describeStoreContract } from './contract.ts';
import { storeOptions } from './support.ts';

describeStoreContract('the embedded store', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-contract-'));
  const store = await createEmbeddedStore(storeOptions(dataDir));
  const dispose = async (): Promise<void> => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  };
  return { store, dispose };
});
