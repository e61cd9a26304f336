import { installationFolders } from '../src/import/installation-data.ts';
import { prepare } from '../src/import/pipeline.ts';
import { prepareInWorker } from '../src/import/worker-client.ts';

/**
 * Measures the reading half of an import (unpack, parse, map, name, link, validate, serialise)
 * without a store: `node bench/import.ts PATH [--in-thread]`. With `--in-thread` it runs in this
 * thread, so that `node --cpu-prof` sees it.
 */
const megabyte = 1024 * 1024;
const [delivery, mode] = process.argv.slice(2);
if (delivery === undefined) throw new Error('Usage: node bench/import.ts PATH [--in-thread]');

const job = {
  request: {
    path: delivery,
    format: 'tei',
    dataset: {
      slug: 'bench',
      title: 'Bench',
      licence: 'https://creativecommons.org/licenses/by-sa/4.0/',
    },
  },
  limits: {
    importBytesMax: 1024 * megabyte,
    importFileBytesMax: 32 * megabyte,
    importQuadsMax: 5_000_000,
  },
  baseIri: 'http://localhost:3030/',
  ontologyFolder: installationFolders.ontology,
} as const;

const startedAt = performance.now();
let bytes = 0;
let findings = 0;
const prepared =
  mode === '--in-thread'
    ? await prepare(job, {
        emit: (nquads) => {
          bytes += nquads.length;
        },
        tell: (more) => {
          findings += more.length;
        },
        progress: () => undefined,
      })
    : await prepareInWorker(job, {}).then((all) => {
        bytes = all.nquads.reduce((sum, piece) => sum + piece.length, 0);
        findings = all.findings.length;
        return all;
      });
const seconds = (performance.now() - startedAt) / 1000;

console.log({
  seconds: Number(seconds.toFixed(1)),
  ...prepared.counts,
  ...prepared.validation,
  findings,
  megabytesOfNQuads: Math.round(bytes / megabyte),
  megabytesOfMemoryAtMost: Math.round(process.resourceUsage().maxRSS / 1024),
  cpuSeconds: Number((process.cpuUsage().user / 1e6).toFixed(1)),
});
