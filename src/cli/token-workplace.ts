import { readExpiry } from '../access/expiry.ts';
import { operator } from '../access/principal.ts';
import { type CreatedToken, Tokens, type TokenView } from '../access/tokens.ts';
import type { Settings } from '../settings.ts';
import { readBody, send, type ServerLocation } from './http-client.ts';

/** Tokens as commands ask for them, here or of a service. */
export interface TokenWorkplace {
  readonly create: (request: CliTokenRequest) => Promise<CreatedToken>;
  readonly list: () => Promise<readonly TokenView[]>;
  /** By id or name. */
  readonly revoke: (token: string) => Promise<TokenView>;
}

export interface CliTokenRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  /** As `readExpiry` takes it. */
  readonly expires: string | undefined;
}

/** The tokens of a directory that this process has opened itself, and so holds the lock of. */
export const createLocalTokens = ({ dataDir }: Pick<Settings, 'dataDir'>): TokenWorkplace => {
  let tokens: Tokens | undefined;
  const opened = (): Tokens => (tokens ??= new Tokens(dataDir));
  return {
    create: async ({ name, scopes, expires }) => {
      const expiresAt = expires === undefined ? undefined : readExpiry(expires);
      return Promise.resolve(opened().create({ name, scopes, expiresAt }, operator.name));
    },
    list: async () => Promise.resolve(opened().list()),
    revoke: async (token) => Promise.resolve(opened().revoke(token, operator.name)),
  };
};

const path = '/admin/tokens';

/** The tokens of a running service. */
export const createRemoteTokens = (location: ServerLocation): TokenWorkplace => {
  const ask = async <Answer>(request: Parameters<typeof send>[1]): Promise<Answer> => {
    const answer: Answer = JSON.parse(
      (await readBody(await send(location, request))).toString('utf8'),
    );
    return answer;
  };
  return {
    create: ({ name, scopes, expires }) =>
      ask({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name,
          scope: scopes,
          ...(expires === undefined ? {} : { expires }),
        }),
      }),
    list: async () => {
      const { tokens } = await ask<{ readonly tokens: readonly TokenView[] }>({
        method: 'GET',
        path,
      });
      return tokens;
    },
    revoke: (token) => ask({ method: 'DELETE', path: `${path}/${encodeURIComponent(token)}` }),
  };
};
