import type * as Oxigraph from 'oxigraph/web.js';

/** The functions behind the engine's classes, as `initSync` gives them. */
export type EngineExports = Oxigraph.InitOutput;

/**
 * The engine's dump as bytes. `Store.dump` would make a JavaScript string of it first, which takes
 * twice the memory for Arabic text and cannot be longer than 512 MB. This calls the same function and
 * copies the bytes out; it rests on the inside of oxigraph 0.5.11, so a test holds the two together.
 *
 * @param graph the graph to dump; all of them when left out
 */
export const dumpBytes = (
  exports: EngineExports,
  store: Oxigraph.Store,
  graph?: Oxigraph.NamedNode | Oxigraph.DefaultGraph,
): Buffer => {
  const options = { format: 'application/n-quads', from_graph_name: graph };
  const [address, length, , failed] = exports.store_dump(addressOf(store), options, undefined);
  // The public method throws the error that is waiting inside.
  if (failed !== 0) return Buffer.from(store.dump({ format: options.format }));
  const bytes = Buffer.from(Buffer.from(exports.memory.buffer, address >>> 0, length));
  exports['__wbindgen_free'](address, length, 1);
  return bytes;
};

/** Where in the engine's memory the store is. */
export const addressOf = (store: Oxigraph.Store): number => {
  const address: unknown = Reflect.get(store, '__wbg_ptr');
  if (typeof address === 'number') return address;
  throw new TypeError('This is not the version of oxigraph whose inside is known.');
};
