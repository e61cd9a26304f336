import type { Request } from 'express';
import type { Services } from '../services.ts';
import { principalOf } from './identify.ts';

/** How long the answer to a request may take: longer for those who say who they are. */
export const timeoutMsOf = (request: Request, { settings }: Pick<Services, 'settings'>): number =>
  principalOf(request).id === undefined ? settings.queryTimeoutMs : settings.tokenQueryTimeoutMs;

/** When the answer to a request is due that has just come, in milliseconds of `Date.now()`. */
export const deadlineOf = (request: Request, services: Pick<Services, 'settings'>): number =>
  Date.now() + timeoutMsOf(request, services);
