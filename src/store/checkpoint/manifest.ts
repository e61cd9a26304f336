import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from '../journal/place.ts';
import { isPassing } from '../passing-error.ts';
import type { GraphSummary } from '../store.ts';

/**
 * A checkpoint is a directory `checkpoints/SEQUENCE` with the store as it is at one commit:
 *
 * - `quads`: every line of every graph, that of the commits' provenance included, in byte order
 *   (`blocks.ts`, keys of `merge.ts`);
 * - `commits`: where each commit's record starts in the journal (`starts.ts`), so that what came before the
 *   checkpoint can be found without reading the journal from its beginning;
 * - `manifest.json`: what the store holds by count and hash, and the SHA-256 of the other two.
 *
 * The directory gets its name only once all of it is on the disk.
 */
export const manifestName = 'manifest.json';
export const quadsName = 'quads';
export const startsName = 'commits';
const formatVersion = 1;

export interface ManifestFile {
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly version: typeof formatVersion;
  readonly baseIri: string;
  /** The commit it is of, and where that one's record ends in the journal. */
  readonly place: Place;
  /** When that commit was recorded: the next is never earlier. */
  readonly recordedAt: string;
  /** What each graph that commits write holds. */
  readonly graphs: readonly GraphSummary[];
  /** What the graph of the commits' provenance holds, and its lines that later commits may state again. */
  readonly provenance: GraphSummary & { readonly shared: readonly string[] };
  readonly quads: ManifestFile;
  readonly commits: ManifestFile;
}

/** The manifest as a file: its own SHA-256 stands in the first line. */
export const encodeManifest = (manifest: Omit<Manifest, 'version'>): Buffer => {
  const text = JSON.stringify({ version: formatVersion, ...manifest }, undefined, 2);
  return Buffer.from(`${hash('sha256', text)}\n${text}\n`);
};

/**
 * Reads the manifest of a checkpoint; nothing when it is missing, not as it was written, or of another version.
 *
 * @throws Error what kept the file from being read and may pass (`isPassing`)
 */
export const readManifest = (checkpoint: string): Manifest | undefined => {
  let text: string;
  try {
    text = readFileSync(path.join(checkpoint, manifestName), 'utf8');
  } catch (error) {
    if (isPassing(error)) throw error;
    // A checkpoint without a manifest is none.
    return undefined;
  }
  const lineEnd = text.indexOf('\n');
  const body = text.slice(lineEnd + 1, -1);
  if (!text.endsWith('\n') || text.slice(0, lineEnd) !== hash('sha256', body)) return undefined;
  // The checksum vouches for the form, which is that of the version that wrote it.
  const read: Manifest = JSON.parse(body);
  return read.version === formatVersion ? read : undefined;
};
