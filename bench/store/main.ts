/**
 * Measures the store against the engine alone, on generated catalogues, and prints one table of figures
 * and ratios (ours to the engine's):
 *
 *     node bench/store/main.ts [--sizes 100000,1000000] [--datasets 1,10,100,500] [--large]
 *       [--writes 500] [--repeats 5]
 *
 * The store is measured as it is used: in a server of its own, over HTTP, and each small write is synced; the engine
 * in-process, without either. `--large` adds 5,000,000 triples. Run it on a machine that does nothing else.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from '../../test/faults/child.ts';
import type { Catalogue } from './catalogue.ts';
import type { EngineFigures, StoreFigures } from './figures.ts';
import { printTable } from './print-table.ts';
import { serveStore } from './serve-store.ts';
import { writeStore } from './write-store.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000' },
    datasets: { type: 'string', default: '1,10,100,500' },
    large: { type: 'boolean', default: false },
    writes: { type: 'string', default: '500' },
    repeats: { type: 'string', default: '5' },
  },
});
const numbers = (list: string): number[] => list.split(',').map(Number);
const sizes = [...numbers(values.sizes), ...(values.large ? [5_000_000] : [])];
const writes = Number(values.writes);
const repeats = Number(values.repeats);

const measureEngine = async ({ triples, datasets }: Catalogue): Promise<EngineFigures> => {
  const words = ['bench/store/bare-engine.ts', triples, datasets, writes, repeats].map(String);
  const child = startChild(words);
  await child.ended;
  const line = child.lines.at(-1);
  if (line === undefined) throw new Error(`The bare engine failed: ${child.complaints.join('\n')}`);
  const figures: EngineFigures = JSON.parse(line);
  return figures;
};

const journalBytes = (dataDir: string): number => {
  const journal = path.join(dataDir, 'journal');
  return readdirSync(journal).reduce(
    (sum, name) => sum + statSync(path.join(journal, name)).size,
    0,
  );
};

const measureStore = async (catalogue: Catalogue): Promise<StoreFigures> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-bench-'));
  try {
    const written = await writeStore(dataDir, catalogue, writes);
    const journalBytesPerTriple = journalBytes(dataDir) / catalogue.triples;
    const served = await serveStore(dataDir, catalogue, repeats);
    return { ...written, ...served, journalBytesPerTriple };
  } finally {
    rmSync(dataDir, { recursive: true });
  }
};

const columns = [];
for (const triples of sizes)
  for (const datasets of numbers(values.datasets)) {
    const catalogue = { triples, datasets };
    console.error(`measuring ${triples} triples in ${datasets} datasets`);
    const engine = await measureEngine(catalogue);
    const store = await measureStore(catalogue);
    columns.push({ catalogue, engine, store });
  }
printTable(columns);
