import {
  request as httpRequest,
  type ClientRequest as ClientRequestStream,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { IsnadError, errorCatalogue, type ErrorCode, type ErrorPosition } from '../errors.ts';

/** Where a serving Isnad is reached: its socket in the data directory, or an address. */
export type ServerLocation =
  | { readonly socketPath: string }
  | { readonly url: string; readonly token: string | undefined };

export interface ClientRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The whole body of an answer. */
export const readBody = async (answer: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer) pieces.push(piece);
  return Buffer.concat(pieces);
};

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && code in errorCatalogue;

const isPosition = (position: unknown): position is ErrorPosition =>
  typeof position === 'object' && position !== null;

/** Turns a problem+json answer back into the error it came from. */
const errorOf = (status: number, body: string): IsnadError => {
  let problem: Record<string, unknown> = {};
  try {
    problem = JSON.parse(body);
  } catch (cause) {
    return new IsnadError('internal', `The server answered ${status} without saying why.`, {
      cause,
    });
  }
  const code = isErrorCode(problem['code']) ? problem['code'] : 'internal';
  const { detail, position } = problem;
  return new IsnadError(
    code,
    typeof detail === 'string' ? detail : `The server answered ${status}.`,
    isPosition(position) ? { position } : {},
  );
};

const authorization = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

const requestTo = (url: URL, options: RequestOptions): ClientRequestStream =>
  (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);

const unreachable = (url: string, cause: Error): IsnadError =>
  new IsnadError('server-unreachable', `${url} cannot be reached: ${cause.message}.`, { cause });

/**
 * Sends one request and resolves with the answer once its head has come.
 *
 * @throws IsnadError as the server told it, or `server-unreachable` when nobody listens at the
 *   address; the system's error when nobody listens on the socket
 */
export const send = async (
  location: ServerLocation,
  { method, path, headers = {}, body }: ClientRequest,
): Promise<IncomingMessage> => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent =
      'socketPath' in location
        ? httpRequest({ method, headers, path, socketPath: location.socketPath })
        : requestTo(new URL(path.slice(1), location.url), {
            method,
            headers: { ...headers, ...authorization(location.token) },
          });
    sent.once('response', resolve).once('error', (cause: Error) => {
      reject('url' in location ? unreachable(location.url, cause) : cause);
    });
    sent.end(body);
  });
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  throw errorOf(status, (await readBody(answer)).toString('utf8'));
};
