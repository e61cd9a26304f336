import type { Request, RequestHandler } from 'express';
import { anonymous, operator, type Principal } from '../../access/principal.ts';
import type { Tokens } from '../../access/tokens.ts';
import { IsnadError } from '../../errors.ts';
import { clientOfAddress } from '../client-address.ts';
import { FailedTokens } from './failures.ts';

/** Says on whose authority a request comes. */
export type Identify = (request: Request) => Principal;

/** On the data directory's socket, which its owner alone can open. */
export const identifyOperator: Identify = () => operator;

/**
 * The token of a request. Only `Authorization: Bearer` counts: no cookie, no parameter, nothing that a
 * browser sends of itself. Another scheme is none of ours, such as that of a proxy in front.
 */
const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];

/** Over TCP: by token, else nobody in particular. */
export const identifyByToken = (tokens: Tokens): Identify => {
  const failed = new FailedTokens();
  return (request) => {
    const given = bearerOf(request.get('Authorization'));
    if (given === undefined) return anonymous;
    const principal = tokens.find(given);
    if (principal) return principal;
    failed.note(clientOfAddress(request.socket.remoteAddress ?? ''));
    throw new IsnadError('token-invalid', 'The token is unknown, expired or revoked.');
  };
};

const principals = new WeakMap<Request, Principal>();

/**
 * Identifies every request before it is answered. A token that is not valid is refused wherever it is
 * brought, so that nobody takes a public answer for one that the token gave.
 */
export const identifyRequests =
  (identify: Identify): RequestHandler =>
  (request, _response, next) => {
    principals.set(request, identify(request));
    next();
  };

/** On whose authority a request comes. */
export const principalOf = (request: Request): Principal => principals.get(request) ?? anonymous;
