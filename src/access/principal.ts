import { IsnadError } from '../errors.ts';
import type { Iris } from '../model/iris.ts';
import { type Scope, writableDatasets } from './scope.ts';

/** On whose authority something is asked. */
export interface Principal {
  /** What commits name as their actor. */
  readonly name: string;
  /** Tells principals apart, also those who bore the same name; nobody in particular has none. */
  readonly id: string | undefined;
  readonly scopes: readonly Scope[];
}

/** Whoever asks without a token: may read what is public. */
export const anonymous: Principal = { name: 'anonymous', id: undefined, scopes: [] };

/** Whoever can open the data directory's socket, or the directory itself. */
export const operator: Principal = { name: 'operator', id: 'operator', scopes: ['admin'] };

/** Names that stand for others in the journal; no token may bear them. */
export const reservedNames: readonly string[] = [anonymous.name, operator.name, 'isnad'];

/** The graphs that may be written: every one that is not read-only to all, or these alone. */
export type WritableGraphs = 'all' | readonly string[];

/** @throws IsnadError `token-missing` when nobody in particular asks */
const requireToken = (principal: Principal, what: string): void => {
  if (principal.id === undefined)
    throw new IsnadError('token-missing', `${what} needs a token, and none was given.`);
};

/** @throws IsnadError `token-missing`, `forbidden` */
export const requireAdmin = (principal: Principal): void => {
  requireToken(principal, 'This');
  if (!principal.scopes.includes('admin'))
    throw new IsnadError('forbidden', 'This needs a token of the scope admin.', {
      extra: { scope: 'admin' },
    });
};

/**
 * What a principal may write. A dataset's graph bears the dataset's name, so the scope of a dataset never
 * reaches the shared model or the provenance graph.
 *
 * @throws IsnadError `token-missing`, `forbidden` for one who may write nothing
 */
export const writableGraphs = (
  principal: Principal,
  iris: Pick<Iris, 'dataset'>,
): WritableGraphs => {
  requireToken(principal, 'Writing');
  if (principal.scopes.includes('admin')) return 'all';
  const graphs = writableDatasets(principal.scopes).map(iris.dataset);
  if (graphs.length > 0) return graphs;
  throw new IsnadError('forbidden', 'This token may not write.', {
    extra: { scope: 'write:{dataset} or admin' },
  });
};
