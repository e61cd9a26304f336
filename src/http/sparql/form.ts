import type { Request } from 'express';
import { IsnadError } from '../../errors.ts';

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    throw new IsnadError('invalid-parameter', 'A parameter is not percent-encoded UTF-8.', {
      cause: error,
      extra: { parameter: text.slice(0, 80) },
    });
  }
};

/**
 * Reads `name=value&…` (application/x-www-form-urlencoded), keeping repeated names. Unlike
 * `URLSearchParams` it does not replace what it cannot read: a query must not be changed silently.
 *
 * @throws IsnadError `invalid-parameter`
 */
export const readForm = (text: string): [name: string, value: string][] =>
  text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const end = pair.indexOf('=');
      return end < 0
        ? [decode(pair), '']
        : [decode(pair.slice(0, end)), decode(pair.slice(end + 1))];
    });

/** What stands after the question mark of a request's address, as it was sent. */
export const queryString = ({ originalUrl }: Request): string => {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start + 1);
};
