import type { Request, Response } from 'express';
import type { Asker } from '../turns.ts';
import { principalOf } from './access/identify.ts';
import { clientOfAddress } from './client-address.ts';
import { clientGone } from './client-gone.ts';

/** A client is a token, or the operator, else an address. */
const clientOf = (request: Request): string => {
  const { id } = principalOf(request);
  return id ?? clientOfAddress(request.socket.remoteAddress ?? '');
};

/** Who asks in a request: its client, until it leaves. */
export const askerOf = (request: Request, response: Response): Asker => ({
  signal: clientGone(response),
  client: clientOf(request),
});
