import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { writableGraphs } from '../../access/principal.ts';
import type { Iris } from '../../model/iris.ts';
import { triplesReader } from '../../sparql/graph-store/triples-reader.ts';
import { writeGraph, type GraphWrite } from '../../sparql/graph-store/write-graph.ts';
import { answerUpdate } from '../../sparql/update/answer-update.ts';
import { checkTarget } from '../../sparql/update/authorise.ts';
import type { CommitReceipt } from '../../store/store.ts';
import { deadlineOf } from '../access/deadline.ts';
import { principalOf } from '../access/identify.ts';
import { writeOnce } from '../access/keyed-write.ts';
import { askerOf } from '../asker.ts';
import { readBytes } from '../read-body.ts';
import type { Handler } from '../route.ts';
import type { Services } from '../services.ts';
import { readSparqlBody } from '../sparql/body.ts';
import { checkDocumentType, documentsIn } from './documents.ts';
import { graphName, graphStorePath, readGraphAddress, requireGraph } from './graph-address.ts';
import { refuseMissing } from './read-graph.ts';

/** An address for a graph whose sender leaves its name to the service. */
const newGraph = ({ base }: Pick<Iris, 'base'>): string =>
  `${base}${graphStorePath.slice(1)}/${randomUUID()}`;

/** @throws IsnadError `token-missing`, `forbidden` when the principal may not write the graph */
const authorise = (request: Request, { iris }: Services, graph: string): void => {
  const writable = writableGraphs(principalOf(request), iris);
  const onlyGraphs = writable === 'all' ? undefined : writable;
  checkTarget({ graph }, { onlyGraphs, readOnly: iris.provenance });
};

const isCreated = ({ commit }: CommitReceipt, graph: string): boolean =>
  commit?.graphs.some((each) => each.graph === graph && each.created) ?? false;

const answerWritten = (response: Response, receipt: CommitReceipt, graph: string): void => {
  response.status(isCreated(receipt, graph) ? 201 : 204).end();
};

/** PUT replaces what a graph holds; POST adds to it. */
const writeDocuments =
  (kind: 'replace' | 'add'): Handler =>
  async (request, response, services) => {
    const { settings, store, iris } = services;
    const deadlineAt = deadlineOf(request, services);
    const address = readGraphAddress(request, iris, false);
    const isNew = kind === 'add' && address.graph === undefined;
    const graph = isNew ? newGraph(iris) : requireGraph(address);
    authorise(request, services, graph);
    const header = request.get('Content-Type');
    checkDocumentType(header);
    const bytes = await readBytes(request, response, settings.graphBytesMax);
    const receipt = await writeOnce(request, response, services, bytes, async (terms) => {
      const task = { parts: documentsIn(header, bytes), graph, baseIri: iris.base };
      const nquads = await triplesReader.read(task, { deadlineAt, ...terms });
      const write: GraphWrite = { kind, graph, nquads };
      return writeGraph(store, { write, actor: principalOf(request).name, deadlineAt, ...terms });
    });
    // A request that is repeated by its key made its graph the first time.
    const made = isNew ? receipt.commit?.graphs[0]?.graph : undefined;
    if (made !== undefined) response.set('Location', made);
    answerWritten(response, receipt, made ?? graph);
  };

const removeGraph: Handler = async (request, response, services) => {
  const deadlineAt = deadlineOf(request, services);
  const graph = requireGraph(readGraphAddress(request, services.iris, false));
  authorise(request, services, graph);
  const actor = principalOf(request).name;
  const receipt = await writeOnce(request, response, services, '', (terms) =>
    writeGraph(services.store, { write: { kind: 'remove', graph }, actor, deadlineAt, ...terms }),
  );
  if (!receipt.commit && graph !== '') refuseMissing(graph);
  response.status(204).end();
};

/** PATCH does an update in which the graph stands in the place of the default graph. */
const patchGraph: Handler = async (request, response, services) => {
  const { requestBytesMax } = services.settings;
  const deadlineAt = deadlineOf(request, services);
  const graph = requireGraph(readGraphAddress(request, services.iris, false));
  authorise(request, services, graph);
  const { client } = askerOf(request, response);
  const type = 'application/sparql-update';
  const { text } = await readSparqlBody(request, response, requestBytesMax, type, false);
  const receipt = await writeOnce(request, response, services, text, (terms) =>
    answerUpdate(services, {
      text,
      actor: principalOf(request).name,
      patchOf: graph,
      message: `Patch ${graphName(graph)}`,
      deadlineAt,
      onSkipped: (operation) => response.append('X-Isnad-Skipped', operation),
      client,
      ...terms,
    }),
  );
  answerWritten(response, receipt, graph);
};

/** What each method that writes does. */
export const graphWriters = {
  PUT: writeDocuments('replace'),
  POST: writeDocuments('add'),
  PATCH: patchGraph,
  DELETE: removeGraph,
} as const satisfies Record<string, Handler>;
