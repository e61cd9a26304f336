import path from 'node:path';
import { readBlocks } from './blocks.ts';
import { quadsName } from './manifest.ts';
import { splitKey } from './merge.ts';

/** Every line of a checkpoint with its graph, in byte order (keys of `merge.ts`). */
export function* readKeys(checkpoint: string): Generator<string> {
  for (const keys of readBlocks(path.join(checkpoint, quadsName))) yield* keys;
}

/** Lines of one graph as canonical N-Quads, each with its line break. */
export interface QuadPiece {
  readonly graph: string;
  readonly text: Buffer;
  readonly lines: number;
}

const newline = Buffer.from('\n');

/**
 * The quads of a checkpoint in pieces of one graph each, as engines take them.
 *
 * @throws BlockDamage when a block is not as it was written
 */
export function* readPieces(checkpoint: string): Generator<QuadPiece> {
  for (const keys of readBlocks(path.join(checkpoint, quadsName))) {
    let graph: string | undefined;
    let lines: Buffer[] = [];
    for (const key of keys) {
      const each = splitKey(key);
      if (graph !== undefined && each.graph !== graph) {
        yield pieceOf(graph, lines);
        lines = [];
      }
      ({ graph } = each);
      lines.push(each.line, newline);
    }
    if (graph !== undefined) yield pieceOf(graph, lines);
  }
}

const pieceOf = (graph: string, lines: readonly Buffer[]): QuadPiece => ({
  graph,
  text: Buffer.concat(lines),
  lines: lines.length / 2,
});
