import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineStart } from '../../../src/store/engine/calls.ts';
import { EngineClient, type EngineEvents } from '../../../src/store/engine/client.ts';
import { capMemory } from '../../../src/store/engine/memory-cap.ts';
import { readProgram } from '../../../src/store/engine/module.ts';
import { base, temporaryDirectory } from '../support.ts';

/** How an engine of this much memory is started on a journal; on an empty one unless told otherwise. */
export const engineStart = async (
  memoryMb: number,
  journalDirectory = path.join(temporaryDirectory(), 'journal'),
): Promise<EngineStart> => {
  mkdirSync(journalDirectory, { recursive: true });
  const { bytes, sha256 } = await readProgram();
  const module = await WebAssembly.compile(capMemory(bytes, memoryMb));
  const given = { module, program: sha256, journalDirectory, baseIri: base };
  return { ...given, image: undefined, checkpoint: undefined };
};

/** An engine's worker, ended when the test ends. */
export const startEngine = (start: EngineStart, events: EngineEvents = {}): EngineClient => {
  const engine = new EngineClient(start, events);
  onTestFinished(async () => engine.terminate());
  return engine;
};
