import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';

/** What we take for an identifier from outside: it goes into logs and answers as it is. */
const wellFormed = /^[\w.-]{8,64}$/;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The identifier a proxy gave the request in `X-Request-Id`, if it is one we take; else a new UUID. */
export const requestIdFrom = ({ 'x-request-id': given }: IncomingHttpHeaders): string =>
  typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();

/** The request's identifier, which `observeRequests` has put into its answer. */
export const requestIdOf = (response: Response): string =>
  String(response.getHeader('X-Request-Id') ?? randomUUID());

/** The identifier as a URI, which `instance` of a problem detail must be (RFC 9457). */
export const instanceOf = (requestId: string): string =>
  uuid.test(requestId) ? `urn:uuid:${requestId}` : `urn:isnad:request:${requestId}`;
