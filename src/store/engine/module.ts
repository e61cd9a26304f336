import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { capMemory } from './memory-cap.ts';

/** The engine's program as it is shipped. */
export interface EngineProgram {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes: what images are made for. */
  readonly sha256: string;
}

/** The engine's program, compiled once on this thread and shared by every worker. */
export interface EngineModules {
  readonly reader: WebAssembly.Module;
  readonly writer: WebAssembly.Module;
}

/** The writer tries every change first, so what it can hold the readers can hold. */
const writerShare = 0.9;

/** Reads the engine's program. */
export const readProgram = async (): Promise<EngineProgram> => {
  const bytes = await readFile(fileURLToPath(import.meta.resolve('oxigraph/web_bg.wasm')));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/**
 * Compiles the engine for readers and for the writer.
 *
 * @param memoryMb memory maximum of one reader in megabytes
 * @throws IsnadError `setting-invalid` when the program needs more
 */
export const compileEngine = async (
  { bytes }: EngineProgram,
  memoryMb: number,
): Promise<EngineModules> => {
  const [reader, writer] = await Promise.all([
    WebAssembly.compile(capMemory(bytes, memoryMb)),
    WebAssembly.compile(capMemory(bytes, Math.ceil(memoryMb * writerShare))),
  ]);
  return { reader, writer };
};
