import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { capMemory } from '../../../src/store/engine/memory-cap.ts';

const program = readFileSync(fileURLToPath(import.meta.resolve('oxigraph/web_bg.wasm')));

const memoryOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Memory> => {
  const module = await WebAssembly.compile(bytes);
  const imports: WebAssembly.Imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module))
    if (kind === 'function') (imports[from] ??= {})[name] = () => undefined;
  const instance = await WebAssembly.instantiate(module, imports);
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('The program exports no memory.');
  return memory;
};

describe('the memory maximum', () => {
  it('stops the engine’s memory from growing past it', async () => {
    const memory = await memoryOf(capMemory(program, 8));
    const pages = memory.buffer.byteLength / 65_536;
    memory.grow(8 * 16 - pages);
    expect(() => memory.grow(1)).toThrow(RangeError);
    const free = await memoryOf(Uint8Array.from(program));
    expect(() => free.grow(8 * 16)).not.toThrow();
  });

  it('below what the engine starts with is refused', () => {
    expect(() => capMemory(program, 1)).toThrow(/needs more than 1 MB/);
  });

  it('is refused for a program it does not understand', () => {
    expect(() => capMemory(program.subarray(0, 8), 64)).toThrow(/no single memory/);
  });
});
