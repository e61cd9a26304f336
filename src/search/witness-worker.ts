import { parentPort } from 'node:worker_threads';
import { buildWitnessSnapshot, type WitnessAnswers } from './build-witness-snapshot.ts';
import type { WitnessSnapshot } from './witness-snapshot.ts';

/** What the worker is asked: build the projection of these answers, computed at this commit. */
export interface WitnessTask {
  readonly answers: WitnessAnswers;
  readonly commit: number;
}

/** The memory of a snapshot that can be handed over instead of copied. */
const buffersOf = ({ passages, index, pages }: WitnessSnapshot): ArrayBuffer[] => {
  const values = [passages, index, pages].flatMap((table) => Object.values(table) as unknown[]);
  const tables = values.flatMap((value) =>
    ArrayBuffer.isView(value)
      ? [value]
      : typeof value === 'object' && value
        ? Object.values(value)
        : [],
  );
  return tables.flatMap((value: unknown) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
};

parentPort?.once('message', ({ answers, commit }: WitnessTask) => {
  const snapshot = buildWitnessSnapshot(answers, commit);
  parentPort?.postMessage(snapshot, buffersOf(snapshot));
});
