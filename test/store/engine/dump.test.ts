import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as oxigraph from 'oxigraph/web.js';
import { describe, expect, it } from 'vitest';
import { dumpBytes } from '../../../src/store/engine/dump.ts';

const exports = oxigraph.initSync({
  module: new WebAssembly.Module(
    readFileSync(fileURLToPath(import.meta.resolve('oxigraph/web_bg.wasm'))),
  ),
});
const format = 'application/n-quads';

describe('the dump as bytes', () => {
  it('is what the engine’s own dump says', () => {
    const store = new oxigraph.Store();
    const lines = Array.from(
      { length: 500 },
      (_, n) => `<a:s${n}> <a:p> "مصحف 😀 ${n}" ${n % 2 ? '<a:g> ' : ''}.\n`,
    );
    store.load(lines.join(''), { format });
    expect(dumpBytes(exports, store).toString()).toBe(store.dump({ format }));
    for (const graph of [oxigraph.namedNode('a:g'), oxigraph.defaultGraph()])
      expect(dumpBytes(exports, store, graph).toString()).toBe(
        store.dump({ format, from_graph_name: graph }),
      );
    expect(dumpBytes(exports, store, oxigraph.namedNode('a:none'))).toHaveLength(0);
  });

  it('gives its memory back', () => {
    const store = new oxigraph.Store();
    store.load(`<a:s> <a:p> "${'x'.repeat(200_000)}" .`, { format });
    dumpBytes(exports, store);
    const before = exports.memory.buffer.byteLength;
    for (let n = 0; n < 20; n += 1) dumpBytes(exports, store);
    expect(exports.memory.buffer.byteLength).toBe(before);
  });

  it('refuses what is no store of this version', () => {
    const other: oxigraph.Store = Object.create(oxigraph.Store.prototype);
    expect(() => dumpBytes(exports, other)).toThrow(TypeError);
  });
});
