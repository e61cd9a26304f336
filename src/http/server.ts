import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { IsnadError } from '../errors.ts';

/** Where to listen: a TCP address (port 0 picks a free one) or a socket file. */
export type ListenPlace =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string };

export interface Listening {
  /** The URL of a TCP address, ending in a slash, or the path of the socket. */
  readonly address: string;
  /**
   * Takes no new connections and lets the running requests finish, then resolves.
   *
   * @param timeoutMs when those still running are cut off; without it, never
   * @returns whether all of them finished
   */
  readonly close: (timeoutMs?: number) => Promise<boolean>;
}

export interface ListenLimits {
  /** How long a client may take no byte of its answer before its connection is cut. */
  readonly answerStallTimeoutMs?: number;
  /** Connections held at the same time; each takes a file descriptor, of which the journal needs some. */
  readonly connectionsMax?: number;
  /** Told of each connection that was closed at once because there were so many. */
  readonly onDropped?: () => void;
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
export const listen = async (
  listener: RequestListener,
  place: ListenPlace,
  { answerStallTimeoutMs, connectionsMax, onDropped }: ListenLimits = {},
): Promise<Listening> => {
  const server = createServer(limits, (request, response) => {
    if (answerStallTimeoutMs !== undefined) cutWhenStalled(response, answerStallTimeoutMs);
    response.once('close', () => {
      // A connection that is kept alive would keep a server that closes waiting.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    listener(request, response);
  });
  if (connectionsMax !== undefined) server.maxConnections = connectionsMax;
  if (onDropped) server.on('drop', onDropped);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) =>
      reject(new IsnadError('address-unavailable', `${cause.message}.`, { cause })),
    );
    server.listen('socketPath' in place ? place.socketPath : place, resolve);
  });
  const address = addressOf(server, place);
  return { address, close: (timeoutMs) => closeServer(server, timeoutMs) };
};

/**
 * Ends the connection of a client that takes nothing of what is sent: nothing has moved on it for this
 * long, and bytes are waiting. A quiet connection whose answer is still being worked out goes on.
 */
const cutWhenStalled = (response: ServerResponse, timeoutMs: number): void => {
  response.setTimeout(timeoutMs);
  response.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy();
  });
};

const addressOf = (server: Server, place: ListenPlace): string => {
  if ('socketPath' in place) return place.socketPath;
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : place.port;
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return `http://${host}:${port}/`;
};

const closeServer = async (server: Server, timeoutMs?: number): Promise<boolean> => {
  let isWhole = true;
  const cut = (): void => {
    isWhole = false;
    server.closeAllConnections();
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(cut, timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeIdleConnections();
    });
    return isWhole;
  } finally {
    clearTimeout(timer);
  }
};
