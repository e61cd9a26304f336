import net from 'node:net';

export interface Load {
  readonly port: number;
  /** How many connections ask, each one request after the other. */
  readonly clients: number;
  readonly requests: number;
  /** The path of each request. */
  readonly path: (n: number) => string;
}

const endOfHead = '\r\n\r\n';

/** Length of a whole answer at the start of a text, or nothing while it has not all come. */
const answerLength = (received: string): number | undefined => {
  const headEnd = received.indexOf(endOfHead);
  if (headEnd < 0) return undefined;
  const bytes = /content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1];
  if (bytes === undefined) throw new Error(`an answer without a length: ${received.slice(0, 200)}`);
  const length = headEnd + endOfHead.length + Number(bytes);
  return received.length < length ? undefined : length;
};

/**
 * Asks over plain sockets, because a client on the same machine that does more takes the processor from
 * the server it measures.
 *
 * @returns the time of each request in milliseconds, and requests a second over all
 */
export const loadOverHttp = async ({
  port,
  clients,
  requests,
  path,
}: Load): Promise<{ readonly times: number[]; readonly perSecond: number }> => {
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    const socket = net.connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    try {
      while (next < requests) {
        const startedAt = performance.now();
        const answer = await askOnce(socket, path(next++));
        if (!answer.startsWith('HTTP/1.1 200')) throw new Error(answer.slice(0, 300));
        times.push(performance.now() - startedAt);
      }
    } finally {
      socket.destroy();
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return { times, perSecond: (requests / (performance.now() - startedAt)) * 1000 };
};

const askOnce = async (socket: net.Socket, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const take = (text: string): void => {
      received += text;
      try {
        if (answerLength(received) === undefined) return;
      } catch (error) {
        reject(error);
        return;
      }
      socket.off('data', take).off('error', reject);
      resolve(received);
    };
    socket.on('data', take).on('error', reject);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sparql-results+json\r\n\r\n`,
    );
  });
