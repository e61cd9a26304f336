import { IsnadError } from '../errors.ts';
import { isDatasetSlug } from '../model/iris.ts';

/** What a token allows. Reading is open to all as yet; a scope to read names who asks. */
export type Scope = 'admin' | 'read' | `read:${string}` | `write:${string}`;

/** The forms a scope can have, as messages and help texts show them. */
export const scopeForms = ['read', 'read:{dataset}', 'write:{dataset}', 'admin'] as const;

const isScope = (text: string): text is Scope => {
  if (text === 'admin' || text === 'read') return true;
  const dataset = /^(?:read|write):(.+)$/.exec(text)?.[1];
  return dataset !== undefined && isDatasetSlug(dataset);
};

/** @throws IsnadError `invalid-parameter`, naming the forms there are */
export const readScope = (text: string): Scope => {
  if (isScope(text)) return text;
  throw new IsnadError('invalid-parameter', `“${text.slice(0, 80)}” is no scope of a token.`, {
    extra: { parameter: 'scope', allowed: scopeForms },
  });
};

/** Slugs of the datasets that the scopes allow to write. */
export const writableDatasets = (scopes: readonly Scope[]): string[] =>
  scopes.flatMap((scope) => (scope.startsWith('write:') ? [scope.slice('write:'.length)] : []));
