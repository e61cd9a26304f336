import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Tree } from './disk-image.ts';

/** Reads a directory into memory. */
export const readTree = (directory: string): Tree =>
  new Map(
    readdirSync(directory, { withFileTypes: true }).map((entry) => {
      const below = path.join(directory, entry.name);
      return [entry.name, entry.isDirectory() ? readTree(below) : { bytes: readFileSync(below) }];
    }),
  );

/** Makes a directory hold exactly what the tree says. */
export const writeTree = (directory: string, tree: Tree): void => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, child] of tree) {
    const below = path.join(directory, name);
    if (child instanceof Map) writeTree(below, child);
    else writeFileSync(below, child.bytes);
  }
};
