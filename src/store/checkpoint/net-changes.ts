import { splitKey, type LineOperations } from './merge.ts';

export interface NetChange {
  readonly graph: string;
  readonly line: Buffer;
  readonly added: boolean;
}

/**
 * What is left of sorted operations: a line first and last added was absent before and is there now,
 * one first and last removed the reverse; any other is as it was, because deltas are exact.
 */
export function* netChanges(operations: Iterable<LineOperations>): Generator<NetChange> {
  for (const { key, first, last } of operations)
    if (first === last) yield { ...splitKey(key), added: last };
}
