import net from 'node:net';

/** A request as bytes, so that nothing puts right what is meant to be wrong. */
export interface RawRequest {
  readonly method: string;
  readonly target: Buffer;
  readonly headers: readonly (readonly [string, Buffer])[];
  readonly body: Buffer;
}

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly body: string;
}

const encode = ({ method, target, headers, body }: RawRequest): Buffer =>
  Buffer.concat([
    Buffer.from(`${method} `),
    target,
    Buffer.from(' HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'),
    Buffer.from(`Content-Length: ${body.length}\r\n`),
    ...headers.flatMap(([name, value]) => [Buffer.from(`${name}: `), value, Buffer.from('\r\n')]),
    Buffer.from('\r\n'),
    body,
  ]);

/** Sends one request on a connection of its own; nothing when no answer came in time. */
export const sendRaw = (
  place: net.NetConnectOpts,
  request: RawRequest,
  patienceMs: number,
): Promise<RawAnswer | undefined> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(place, () => socket.write(encode(request)));
    const timer = setTimeout(() => {
      resolve(undefined);
      socket.destroy();
    }, patienceMs);
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString('latin1');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, body: text.slice(text.indexOf('\r\n\r\n') + 4) });
    });
  });
