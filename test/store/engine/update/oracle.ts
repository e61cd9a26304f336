import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as oxigraph from 'oxigraph/web.js';
import { canonize } from 'rdf-canonize';
import { planUpdate } from '../../../../src/sparql/update/plan.ts';
import {
  addPiece,
  applyChange,
  type Engine,
  type EngineStore,
} from '../../../../src/store/engine/delta.ts';
import { checkSpelling } from '../../../../src/store/engine/spelling.ts';
import { Copies } from '../../../../src/store/engine/union/copies.ts';
import { UpdateTrial } from '../../../../src/store/engine/update/trial.ts';
import {
  type UpdateGround,
  workOutUpdate,
} from '../../../../src/store/engine/update/work-out-update.ts';
import type { GraphDelta } from '../../../../src/store/store.ts';
import type { UpdateRequest } from '../../../../src/store/update-operations.ts';

/** An update worked out our way beside the engine's own `update()`, on equal stores. */
export const engine: Engine = {
  ...oxigraph,
  exports: oxigraph.initSync({
    module: new WebAssembly.Module(
      readFileSync(fileURLToPath(import.meta.resolve('oxigraph/web_bg.wasm'))),
    ),
  }),
};

export const updateBase = 'http://example.org/';
const format = 'application/n-quads';

/** Canonical N-Quads lines, and graphs that exist without a quad. */
export interface Dataset {
  readonly lines: readonly string[];
  readonly emptyGraphs?: readonly string[];
}

/** What a store holds: its quads with blank nodes named alike, and its graphs. */
export interface Held {
  readonly quads: string;
  readonly graphs: readonly string[];
}

export const storeOf = ({ lines, emptyGraphs = [] }: Dataset): EngineStore => {
  const store = new oxigraph.Store();
  addPiece(engine, store, Buffer.from(lines.map((line) => `${line}\n`).join('')), false);
  for (const graph of emptyGraphs) store.update(`CREATE SILENT GRAPH <${graph}>`);
  return store;
};

export const graphsOf = (store: EngineStore): string[] => {
  const answer = store.query('SELECT ?g { GRAPH ?g {} }', { results_format: 'text/csv' });
  if (typeof answer !== 'string') throw new TypeError('The engine gave no text.');
  return answer.split('\r\n').slice(1, -1).toSorted();
};

export const held = async (store: EngineStore): Promise<Held> => ({
  quads: await canonize(store.dump({ format }), {
    algorithm: 'RDFC-1.0',
    inputFormat: format,
    maxWorkFactor: 3,
  }),
  graphs: graphsOf(store),
});

/** The error's code or message, or nothing. */
export type Failure = string | undefined;

export interface Outcome {
  readonly store: EngineStore;
  readonly deltas: readonly GraphDelta[];
  readonly failure: Failure;
}

export const exactly = (store: EngineStore): string =>
  JSON.stringify([store.dump({ format }).split('\n').toSorted(), graphsOf(store)]);

export const groundOf = (store: EngineStore): UpdateGround => {
  const graphs = new Set(graphsOf(store));
  const copies = new Copies(engine, store);
  copies.begin(undefined, graphs);
  return { engine, store, copies, graphs, readOnly: 'http://example.org/provenance' };
};

/** Works the update out and makes it. What is worked out must leave the store as it was. */
export const ours = (
  dataset: Dataset,
  text: string,
  defaultGraph: UpdateRequest['defaultGraph'] = 'standard',
): Outcome => {
  const store = storeOf(dataset);
  const before = exactly(store);
  const ground = groundOf(store);
  const trial = new UpdateTrial(ground);
  let deltas: readonly GraphDelta[] = [];
  let failure: Failure;
  try {
    const { operations } = planUpdate(text, updateBase, undefined);
    deltas = workOutUpdate(ground, trial, { operations, baseIri: updateBase, defaultGraph });
  } catch (error) {
    failure = String(error);
  } finally {
    trial.undo();
  }
  if (exactly(store) !== before)
    throw new Error('The store was changed by working the update out.');
  for (const delta of deltas) checkSpelling(engine, delta.added);
  for (const delta of deltas) applyChange(engine, store, delta, false);
  return { store, deltas, failure };
};

export const theirs = (dataset: Dataset, text: string): Outcome => {
  const store = storeOf(dataset);
  try {
    store.update(text, { base_iri: updateBase });
    return { store, deltas: [], failure: undefined };
  } catch (error) {
    return { store, deltas: [], failure: String(error) };
  }
};
