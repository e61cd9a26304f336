import { IsnadError } from '../errors.ts';
import { type Principal, reservedNames } from './principal.ts';
import { readScope, type Scope } from './scope.ts';
import {
  readTokens,
  type Revocation,
  type TokenFile,
  writeRevocation,
  writeToken,
} from './token-files.ts';
import { isSecretOf, mintToken, readToken } from './token-text.ts';

export interface TokenRequest {
  readonly name: string;
  /** Each as `readScope` takes it. */
  readonly scopes: readonly string[];
  /** When it stops to hold, as ISO 8601 in UTC; without it, never. */
  readonly expiresAt?: string | undefined;
}

/** What may be shown of a token. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
}

/** A token just made; its text is known here and never again. */
export interface CreatedToken extends TokenView {
  readonly token: string;
}

interface Known {
  readonly token: TokenFile;
  readonly scopes: readonly Scope[];
  revocation: Revocation | undefined;
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._@-]{0,63}$/u;

/** @throws IsnadError `invalid-parameter` */
const checkName = (name: string): void => {
  if (namePattern.test(name) && !reservedNames.includes(name.toLowerCase())) return;
  throw new IsnadError('invalid-parameter', `“${name.slice(0, 80)}” cannot be a token’s name.`, {
    extra: {
      parameter: 'name',
      allowed: ['1 to 64 letters, digits, spaces and . _ @ -', `not ${reservedNames.join(', ')}`],
    },
  });
};

/** The tokens of a data directory. They are few: all are in memory, and the files are read once. */
export class Tokens {
  readonly #dataDir: string;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  /**
   * @param dataDir a data directory whose lock this process holds
   * @param now milliseconds since 1970
   * @throws IsnadError `store-damaged`
   */
  constructor(dataDir: string, now: () => number = Date.now) {
    this.#dataDir = dataDir;
    this.#now = now;
    for (const { token, revocation } of readTokens(dataDir))
      this.#known.set(token.id, { token, scopes: token.scopes.map(readScope), revocation });
  }

  /** Who bears this token; nothing where it is unknown, expired or revoked. */
  find(text: string): Principal | undefined {
    const given = readToken(text);
    const known = given && this.#known.get(given.id);
    if (!isSecretOf(given?.secret ?? '', known?.token.sha256) || !known) return undefined;
    if (this.#stateOf(known) !== 'valid') return undefined;
    return { id: known.token.id, name: known.token.name, scopes: known.scopes };
  }

  /**
   * Makes a token. Its name is free once the token that bore it is expired or revoked.
   *
   * @param by who makes it
   * @throws IsnadError `invalid-parameter`, `token-name-taken`, `disk-full`, `write-failed`
   */
  create({ name, scopes: wanted, expiresAt }: TokenRequest, by: string): CreatedToken {
    checkName(name);
    const scopes = [...new Set(wanted.map(readScope))];
    if (scopes.length === 0) readScope('');
    if (expiresAt !== undefined) this.#checkExpiry(expiresAt);
    if (this.#validNamed(name))
      throw new IsnadError('token-name-taken', `There is a valid token named “${name}” already.`);
    const { id, text, sha256 } = mintToken();
    const createdAt = new Date(this.#now()).toISOString();
    const expiry = expiresAt === undefined ? {} : { expiresAt };
    const token = { id, name, scopes, sha256, createdAt, createdBy: by, ...expiry };
    writeToken(this.#dataDir, token);
    const known = { token, scopes, revocation: undefined };
    this.#known.set(id, known);
    return { token: text, ...this.#viewOf(known) };
  }

  /** Every token there ever was, the oldest first. */
  list(): TokenView[] {
    return [...this.#known.values()]
      .map((known) => this.#viewOf(known))
      .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /**
   * Ends a token at once, by its id or by the name it bears.
   *
   * @throws IsnadError `not-found` where no valid or expired token is called so, `disk-full`, `write-failed`
   */
  revoke(idOrName: string, by: string): TokenView {
    const known = this.#known.get(idOrName) ?? this.#validNamed(idOrName);
    if (!known || known.revocation)
      throw new IsnadError('not-found', `There is no token “${idOrName.slice(0, 80)}” to revoke.`);
    const revocation = { revokedAt: new Date(this.#now()).toISOString(), revokedBy: by };
    writeRevocation(this.#dataDir, known.token.id, revocation);
    known.revocation = revocation;
    return this.#viewOf(known);
  }

  #validNamed(name: string): Known | undefined {
    const all = [...this.#known.values()];
    return all.find((known) => known.token.name === name && this.#stateOf(known) === 'valid');
  }

  #stateOf({ token: { expiresAt }, revocation }: Known): TokenView['state'] {
    if (revocation) return 'revoked';
    return expiresAt !== undefined && Date.parse(expiresAt) <= this.#now() ? 'expired' : 'valid';
  }

  #viewOf(known: Known): TokenView {
    const { sha256: _, scopes: __, ...shown } = known.token;
    const { scopes, revocation } = known;
    const { id, name, ...rest } = shown;
    return { id, name, scopes, state: this.#stateOf(known), ...rest, ...revocation };
  }

  #checkExpiry(expiresAt: string): void {
    if (Date.parse(expiresAt) > this.#now()) return;
    throw new IsnadError('invalid-parameter', `The token would have expired at ${expiresAt}.`, {
      extra: { parameter: 'expires', allowed: ['a time to come'] },
    });
  }
}
