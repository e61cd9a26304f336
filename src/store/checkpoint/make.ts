import { hash, createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createIris, type Iris } from '../../model/iris.ts';
import { LineHashSum } from '../../rdf/graph-hash.ts';
import { provenanceLines } from '../journal/provenance.ts';
import { journalStart } from '../journal/place.ts';
import { readRecords } from '../journal/read-records.ts';
import { toCommitRecord, type DecodedRecord } from '../journal/record-format.ts';
import type { JournalPoint } from '../journal/journal-point.ts';
import { isSharedLine } from '../shared-lines.ts';
import type { GraphState, GraphSummary } from '../store.ts';
import { BlockWriter } from './blocks.ts';
import { LineRuns } from './line-runs.ts';
import {
  encodeManifest,
  manifestName,
  quadsName,
  startsName,
  type Manifest,
  type ManifestFile,
} from './manifest.ts';
import { mergeLines, splitKey } from './merge.ts';
import { linesBetweenChecks, noteRecord } from './note-record.ts';
import { readKeys } from './read-quads.ts';
import { encodeStarts } from './starts.ts';

/** What a checkpoint is made of. */
export interface CheckpointPlan {
  readonly journalDirectory: string;
  readonly baseIri: string;
  /** The directory that is to become the checkpoint; its parent is made when absent. */
  readonly target: string;
  /** The checkpoint before, if there is one: only the commits since are read. */
  readonly base: { readonly directory: string; readonly manifest: Manifest } | undefined;
  /** The commit it is to be of, and what the journal states there. */
  readonly point: JournalPoint;
}

/** Name of the directory a checkpoint is made in; the next start clears it away. */
export const draftSuffix = '.making';
export const isDraft = (name: string): boolean => name.endsWith(draftSuffix);

const writeDurably = (file: string, bytes: Uint8Array): ManifestFile => {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return { bytes: bytes.length, sha256: hash('sha256', bytes) };
};

const syncDirectory = (directory: string): void => {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

interface Written {
  readonly file: ManifestFile;
  readonly graphs: ReadonlyMap<string, GraphState>;
}

/** Writes sorted keys to a file, and finds what each graph holds. */
function* writeQuads(file: string, keys: Iterable<string>): Generator<void, Written> {
  const sums = new Map<string, LineHashSum>();
  const sha256 = createHash('sha256');
  let bytes = 0;
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    const writer = new BlockWriter(descriptor, (block) => {
      sha256.update(block);
      bytes += block.length;
    });
    let lines = 0;
    for (const key of keys) {
      const { graph, line } = splitKey(key);
      const sum = sums.get(graph) ?? new LineHashSum();
      sums.set(graph, sum);
      sum.addLine(line);
      writer.add(key);
      if (++lines % linesBetweenChecks === 0) yield;
    }
    writer.end();
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const states = [...sums].map(
    ([graph, sum]) => [graph, { quads: sum.lines, hash: sum.hex() }] as const,
  );
  return { file: { bytes, sha256: sha256.digest('hex') }, graphs: new Map(states) };
}

/** What is to be in a checkpoint must be what the journal states; otherwise none is made. */
const checkGraphs = (
  stated: readonly GraphSummary[],
  found: ReadonlyMap<string, GraphState>,
  provenance: string,
): void => {
  const names = new Set(stated.map(({ graph }) => graph));
  for (const { graph, quads, hash: wanted } of stated) {
    const held = found.get(graph);
    if ((held?.quads ?? 0) !== quads || (held && held.hash !== wanted))
      throw new Error(`graph <${graph}> is not as the journal states it`);
  }
  for (const graph of found.keys())
    if (graph !== provenance && !names.has(graph))
      throw new Error(`graph <${graph}> holds quads, but the journal states none`);
};

/** What a commit's provenance says that later commits may say again. */
const sharedLinesOf = (record: DecodedRecord, iris: Iris): string[] =>
  provenanceLines(toCommitRecord(record, record.header), iris).filter((line) =>
    isSharedLine(line, record.sequence, iris),
  );

/**
 * Makes a checkpoint: merges the one before with what the commits since do to it, line by line, in memory
 * that does not grow with the store. The engines have no part in it. It yields now and then, so that its
 * caller can give it up; what it has written so far is then removed.
 *
 * @throws IsnadError `store-damaged` for a journal, BlockDamage for a checkpoint before, that is not as it
 *   was written; Error when the result is not what the journal states, and what the file system threw
 */
export function* makeCheckpoint(plan: CheckpointPlan): Generator<void, Manifest> {
  const { journalDirectory, target, base, point, baseIri } = plan;
  const draft = target + draftSuffix;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const runs = new LineRuns(path.join(draft, 'runs'));
  try {
    const sharedLines = new Set(base?.manifest.provenance.shared);
    const from = base?.manifest.place ?? journalStart;
    const iris = createIris(baseIri);
    for (const { record } of readRecords(journalDirectory, from, point.place)) {
      yield* noteRecord(record, iris, runs);
      for (const line of sharedLinesOf(record, iris)) sharedLines.add(line);
    }
    const before = base ? readKeys(base.directory) : [];
    const keys = mergeLines(before, runs.sorted());
    const written = yield* writeQuads(path.join(draft, quadsName), keys);
    runs.remove();
    const { provenance } = iris;
    checkGraphs(point.graphs, written.graphs, provenance);
    const held = written.graphs.get(provenance);
    if (!held) throw new Error('the commits have no provenance');
    const manifest = {
      baseIri,
      place: point.place,
      recordedAt: point.recordedAt,
      graphs: [...point.graphs],
      provenance: { graph: provenance, ...held, shared: [...sharedLines] },
      quads: written.file,
      commits: writeDurably(path.join(draft, startsName), encodeStarts(point.starts)),
    };
    writeDurably(path.join(draft, manifestName), encodeManifest(manifest));
    syncDirectory(draft);
    // One that was renamed and could not be synced, or not be read at the start, would stand in the way.
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
    syncDirectory(path.dirname(target));
    return { version: 1, ...manifest };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
