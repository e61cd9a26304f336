import express from 'express';
import { z } from 'zod';
import { readExpiry } from '../access/expiry.ts';
import { requireAdmin } from '../access/principal.ts';
import type { TokenRequest, Tokens } from '../access/tokens.ts';
import { IsnadError } from '../errors.ts';
import { principalOf } from './access/identify.ts';
import { readBodyWith } from './read-body.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

const scope = z.string().max(80);
const tokenRequest = z.strictObject({
  name: z.string().max(80),
  scope: z.union([scope, z.array(scope).min(1).max(100)]),
  expires: z.exactOptional(z.string().max(40)),
});

const readRequest = (body: unknown): TokenRequest => {
  const read = tokenRequest.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new IsnadError(
      'invalid-parameter',
      `${where === '' ? 'The body' : where}: ${issue?.message ?? 'cannot be read'}.`,
    );
  }
  const { name, scope: given, expires } = read.data;
  const scopes = Array.isArray(given) ? given : [given];
  return { name, scopes, expiresAt: expires === undefined ? undefined : readExpiry(expires) };
};

const tokensOf = ({ tokens }: Services): Tokens => {
  if (tokens) return tokens;
  throw new IsnadError('not-found', 'This service keeps no tokens.');
};

const readJson = express.json({ limit: '16kb' });

/** The tokens, for administrators. */
export const tokenRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/admin/tokens',
    summary: 'With an admin token: every token, without what it is recognised by.',
    handle: (request, response, services) => {
      requireAdmin(principalOf(request));
      response.set('Cache-Control', 'no-store').json({ tokens: tokensOf(services).list() });
    },
  },
  {
    method: 'POST',
    path: '/admin/tokens',
    summary: 'With an admin token: makes a token, which is told this once.',
    handle: async (request, response, services) => {
      const principal = principalOf(request);
      requireAdmin(principal);
      await readBodyWith(readJson, request, response);
      const created = tokensOf(services).create(readRequest(request.body), principal.name);
      response.status(201).set('Cache-Control', 'no-store').json(created);
    },
  },
  {
    method: 'DELETE',
    path: '/admin/tokens/:token',
    summary: 'With an admin token: revokes the token of this id or name.',
    handle: (request, response, services) => {
      const principal = principalOf(request);
      requireAdmin(principal);
      const revoked = tokensOf(services).revoke(String(request.params['token']), principal.name);
      response.set('Cache-Control', 'no-store').json(revoked);
    },
  },
];
