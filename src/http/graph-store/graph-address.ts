import type { Request } from 'express';
import { IsnadError } from '../../errors.ts';
import type { Iris } from '../../model/iris.ts';
import { isStorableIri } from '../../rdf/stored-form/names.ts';
import { queryString, readForm } from '../sparql/form.ts';

/** Where graphs are named by their own address. */
export const graphStorePath = '/graphs';

/** What the address of a request says: the graph (the default graph's name is empty), and a format. */
export interface GraphAddress {
  /** Nothing where the address is that of the graph store itself. */
  readonly graph: string | undefined;
  readonly format: string | undefined;
}

const forReading = ['format', 'lang'];

const refuse = (parameter: string, detail: string, allowed: readonly string[]): never => {
  throw new IsnadError('invalid-parameter', detail, {
    extra: { parameter: parameter.slice(0, 80), allowed },
  });
};

const checked = (iri: string): string =>
  isStorableIri(iri)
    ? iri
    : refuse('graph', `“${iri.slice(0, 200)}” is not an absolute IRI.`, ['graph', 'default']);

/** The graph whose IRI is the address itself, under the installation's base whatever the host. */
const directGraph = (request: Request, { base }: Pick<Iris, 'base'>): string | undefined => {
  const rest = request.path.slice(graphStorePath.length + 1);
  return rest === '' ? undefined : checked(`${base}${graphStorePath.slice(1)}/${rest}`);
};

const indirectGraph = (parameters: ReadonlyMap<string, string>): string | undefined => {
  const graph = parameters.get('graph');
  if (!parameters.has('default')) return graph === undefined ? undefined : checked(graph);
  if (graph === undefined && parameters.get('default') === '') return '';
  return refuse('default', 'default stands alone and has no value.', ['?default', '?graph={IRI}']);
};

/**
 * Reads the address of a request to the graph store: `?graph=IRI`, `?default`, or a graph's own address.
 *
 * @param isRead whether a format may be named
 * @throws IsnadError `invalid-parameter` for one that is unknown, repeated or malformed
 */
export const readGraphAddress = (
  request: Request,
  iris: Pick<Iris, 'base'>,
  isRead: boolean,
): GraphAddress => {
  const direct = directGraph(request, iris);
  const naming = direct === undefined ? ['graph', 'default'] : [];
  const allowed = isRead ? [...naming, ...forReading] : naming;
  const parameters = new Map<string, string>();
  for (const [name, value] of readForm(queryString(request))) {
    if (!allowed.includes(name))
      refuse(name, `There is no parameter “${name.slice(0, 80)}” here.`, allowed);
    if (parameters.has(name)) refuse(name, `${name} is given more than once.`, allowed);
    parameters.set(name, value);
  }
  return { graph: direct ?? indirectGraph(parameters), format: parameters.get('format') };
};

/** The graph that an address must name. @throws IsnadError `invalid-parameter` */
export const requireGraph = ({ graph }: GraphAddress): string =>
  graph ?? refuse('graph', 'The address names no graph.', ['?graph={IRI}', '?default']);

/** How people call a graph. */
export const graphName = (graph: string): string =>
  graph === '' ? 'the default graph' : `graph <${graph.slice(0, 400)}>`;
