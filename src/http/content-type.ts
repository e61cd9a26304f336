import { IsnadError } from '../errors.ts';

/** What a Content-Type header says. */
export interface ContentType {
  /** Type and subtype in lower case; empty when there is no such header. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const parameterForm = /^\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s"]+))\s*$/;

export const readContentType = (header: string | undefined): ContentType => {
  const [essence = '', ...rest] = (header ?? '').split(';');
  const parameters = new Map<string, string>();
  for (const each of rest) {
    const [, name, quoted, plain] = parameterForm.exec(each) ?? [];
    if (name !== undefined) parameters.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  return { essence: essence.trim().toLowerCase(), parameters };
};

/** The refusal of a body for its type. */
export const unsupportedType = (
  { essence }: ContentType,
  allowed: readonly string[],
): IsnadError => {
  const detail =
    essence === '' ? 'The request has no Content-Type.' : `${essence} is not read here.`;
  return new IsnadError('unsupported-media-type', detail, { extra: { allowed } });
};

/** @throws IsnadError `unsupported-media-type` for a body that is not UTF-8 */
export const checkCharset = ({ parameters }: ContentType, allowed: readonly string[]): void => {
  const name = parameters.get('charset')?.toLowerCase();
  if (name === undefined || name === 'utf-8' || name === 'utf8') return;
  throw new IsnadError(
    'unsupported-media-type',
    `The body is announced in ${name.slice(0, 40)}; only UTF-8 is read.`,
    { extra: { allowed } },
  );
};
