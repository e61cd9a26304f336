import { IsnadError } from '../../../errors.ts';
import type { GraphDelta } from '../../store.ts';
import type {
  DataOperation,
  ModifyOperation,
  UpdateOperation,
  UpdateRequest,
} from '../../update-operations.ts';
import type { EngineQuery } from '../calls.ts';
import { datasetOf } from '../dataset.ts';
import { create, empty, transfer } from './graph-operations.ts';
import { BlankNodes, instantiate, type QuadLine } from './instantiate.ts';
import { solutionsOf } from './solutions.ts';
import type { TrialGround, UpdateTrial } from './trial.ts';

export interface UpdateGround extends TrialGround {
  /** The graph that no update touches, and that standard mode does not show. */
  readonly readOnly: string;
}

/** One update request at work. */
interface Work {
  readonly ground: UpdateGround;
  readonly trial: UpdateTrial;
  readonly request: UpdateRequest;
  /** The labels of INSERT DATA mean the same throughout the request. */
  readonly blankNodes: BlankNodes;
}

const jsonResults = 'application/sparql-results+json';

/** What a WHERE asks: of USING's graphs, else of WITH's, else of what a query would see. */
const whereQuery = (
  { ground, trial, request }: Work,
  { select, once, with: into, using }: ModifyOperation,
): { readonly asked: EngineQuery; readonly shown: readonly string[] } => {
  const named = trial.graphNames();
  const shown = named.filter((graph) => graph !== ground.readOnly);
  const seen = request.defaultGraph === 'union' ? named : shown;
  const graphs = using ?? (into === undefined ? undefined : { default: [into], named: seen });
  return {
    asked: {
      query: select,
      mediaType: jsonResults,
      defaultGraph: request.defaultGraph,
      baseIri: request.baseIri,
      resultBytesMax: Infinity,
      ...(once ? { once } : {}),
      ...(graphs ? { graphs } : {}),
    },
    shown,
  };
};

/** Runs the WHERE. Afterwards every quad is in its place again, as the trial needs it. */
const findSolutions = (work: Work, operation: ModifyOperation): unknown => {
  const { engine, store, copies } = work.ground;
  const { asked, shown } = whereQuery(work, operation);
  try {
    return store.query(copies.textFor(asked), {
      ...datasetOf(engine, asked, shown),
      base_iri: asked.baseIri,
      results_format: jsonResults,
    });
  } finally {
    copies.putBack();
  }
};

const modify = (work: Work, operation: ModifyOperation): void => {
  const { trial } = work;
  trial.make();
  const added: QuadLine[] = [];
  for (const solution of solutionsOf(() => findSolutions(work, operation))) {
    // Each solution has blank nodes of its own.
    const blankNodes = new BlankNodes();
    for (const template of operation.delete) {
      const quad = instantiate(template, solution, blankNodes);
      if (quad) trial.set(quad, false);
    }
    for (const template of operation.insert) {
      const quad = instantiate(template, solution, blankNodes);
      if (quad) added.push(quad);
    }
  }
  // What is both deleted and inserted is there afterwards.
  for (const quad of added) trial.set(quad, true);
};

const data = ({ trial, blankNodes }: Work, { kind, quads }: DataOperation): void => {
  for (const each of quads) {
    const quad = instantiate(each, new Map(), blankNodes);
    if (quad) trial.set(quad, kind === 'insert-data');
  }
};

const perform = (work: Work, operation: UpdateOperation): void => {
  switch (operation.kind) {
    case 'insert-data':
    case 'delete-data':
      return data(work, operation);
    case 'modify':
      return modify(work, operation);
    case 'create':
      return create(work.trial, operation);
    case 'clear':
    case 'drop':
      return empty(work.trial, operation, work.ground.readOnly);
    case 'add':
    case 'copy':
    case 'move':
      return transfer(work.trial, operation);
  }
};

/**
 * Works out what an update does to the store (SPARQL 1.1 Update), operation after operation, each on
 * what those before it left. The store is afterwards as it was.
 *
 * @param trial a trial on the same ground, whose `undo` the caller calls in any case
 * @throws IsnadError `query-failed` for a graph that should be there and is not, or the other way round;
 *   `invalid-parameter` for a change to the read-only graph; `store-full`; `query-unsupported`; what the
 *   engine throws
 */
export const workOutUpdate = (
  ground: UpdateGround,
  trial: UpdateTrial,
  request: UpdateRequest,
): GraphDelta[] => {
  const work: Work = { ground, trial, request, blankNodes: new BlankNodes() };
  for (const operation of request.operations) perform(work, operation);
  const deltas = trial.finish();
  for (const { graph } of deltas)
    if (graph === ground.readOnly)
      throw new IsnadError('invalid-parameter', `<${graph}> is read-only. Nothing was changed.`);
  return deltas;
};
