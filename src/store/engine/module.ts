import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { capMemory } from './memory-cap.ts';

/** The engine's program, compiled once on this thread and shared by every worker. */
export interface EngineModules {
  readonly reader: WebAssembly.Module;
  readonly writer: WebAssembly.Module;
  /** SHA-256 of the program as it is shipped, whatever maximum its memory was given here. */
  readonly program: string;
}

/** The writer tries every change first, so what it can hold the readers can hold. */
const writerShare = 0.9;

/**
 * Compiles the engine.
 *
 * @param memoryMb memory maximum of one reader in megabytes, or `auto` for what WebAssembly allows
 */
export const compileEngine = async (memoryMb: number | 'auto'): Promise<EngineModules> => {
  const program = await readFile(fileURLToPath(import.meta.resolve('oxigraph/web_bg.wasm')));
  const sha256 = createHash('sha256').update(program).digest('hex');
  if (memoryMb === 'auto') {
    const module = await WebAssembly.compile(program);
    return { reader: module, writer: module, program: sha256 };
  }
  const [reader, writer] = await Promise.all([
    WebAssembly.compile(capMemory(program, memoryMb)),
    WebAssembly.compile(capMemory(program, Math.ceil(memoryMb * writerShare))),
  ]);
  return { reader, writer, program: sha256 };
};
