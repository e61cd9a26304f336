import { createServer, type RequestListener, type Server } from 'node:http';
import { IsnadError } from '../errors.ts';

/** Where to listen: a TCP address (port 0 picks a free one) or a socket file. */
export type ListenPlace =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string };

export interface Listening {
  /** The URL of a TCP address, ending in a slash, or the path of the socket. */
  readonly address: string;
  /** Takes no new connections, lets the running requests finish, then resolves. */
  readonly close: () => Promise<void>;
}

/**
 * Limits against clients that send slowly or too much. Node.js checks for slow connections every
 * 30 s by default, which lets a dripping client stay far longer than its timeout says.
 */
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
  keepAliveTimeout: 10_000,
} as const;

/**
 * Serves `listener` until closed.
 *
 * @throws IsnadError `address-unavailable`, as when another process listens there
 */
export const listen = async (listener: RequestListener, place: ListenPlace): Promise<Listening> => {
  const server = createServer(limits, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) =>
      reject(new IsnadError('address-unavailable', `${cause.message}.`, { cause })),
    );
    server.listen('socketPath' in place ? place.socketPath : place, resolve);
  });
  return { address: addressOf(server, place), close: () => closeServer(server) };
};

const addressOf = (server: Server, place: ListenPlace): string => {
  if ('socketPath' in place) return place.socketPath;
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : place.port;
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return `http://${host}:${port}/`;
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
