import type { Request } from 'express';
import { IsnadError } from '../errors.ts';
import { isLanguage, languages } from '../web/language.ts';

/** Parameters every page takes besides its own. */
const everywhere = ['lang', 'format'] as const;

/**
 * The parameters of a request's query, each given at most once. Empty ones count as not given, as a
 * browser's form sends them.
 *
 * @param allowed the parameters the path takes, besides `lang` and `format`
 * @throws IsnadError `invalid-parameter` for one that is not allowed or repeated, naming those that
 *   are, and for a language the pages are not written in
 */
export const readParameters = <Name extends string>(
  request: Request,
  allowed: readonly Name[],
): Partial<Record<Name, string>> => {
  const values: Partial<Record<Name, string>> = {};
  const known = [...allowed, ...everywhere];
  for (const [name, value] of Object.entries(request.query)) {
    if (!known.some((each) => each === name)) {
      throw new IsnadError('invalid-parameter', `There is no parameter “${name.slice(0, 80)}”.`, {
        extra: { parameter: name.slice(0, 80), allowed: known },
      });
    }
    if (typeof value !== 'string') {
      throw new IsnadError('invalid-parameter', `${name} is given more than once.`, {
        extra: { parameter: name, allowed: known },
      });
    }
    if (name === 'lang' && value !== '' && !isLanguage(value)) {
      throw new IsnadError('invalid-parameter', `lang is “${value.slice(0, 40)}”.`, {
        extra: { parameter: name, allowed: languages },
      });
    }
    const own = allowed.find((each) => each === name);
    if (own !== undefined && value.trim() !== '') values[own] = value.trim();
  }
  return values;
};

/**
 * The number of a page of a list; 1 when none is given.
 *
 * @throws IsnadError `invalid-parameter`
 */
export const pageNumber = (text: string | undefined): number => {
  if (text === undefined) return 1;
  const page = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (page < 1) {
    throw new IsnadError('invalid-parameter', `page is “${text.slice(0, 40)}”.`, {
      extra: { parameter: 'page', allowed: ['a whole number from 1 on'] },
    });
  }
  return page;
};
