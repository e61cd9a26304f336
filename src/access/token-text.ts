import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A token as its bearer holds it: `isnad_{id}_{secret}`. The id finds the token and is no secret; the
 * secret is 256 random bits, of which only the SHA-256 is kept. With that much chance in it, a slow hash
 * would protect nothing more.
 */
export interface NewToken {
  readonly id: string;
  readonly text: string;
  readonly sha256: string;
}

const secretBytes = 32;
const idBytes = 8;
const form = /^isnad_([\da-f]{16})_([\w-]{43})$/;

const sha256 = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const mintToken = (): NewToken => {
  const id = randomBytes(idBytes).toString('hex');
  const secret = randomBytes(secretBytes).toString('base64url');
  return { id, text: `isnad_${id}_${secret}`, sha256: sha256(secret).toString('hex') };
};

/** The two parts of a text that has the form of a token. */
export const readToken = (
  text: string,
): { readonly id: string; readonly secret: string } | undefined => {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
};

/** Compared with where there is no such token, so that this takes as long. */
const nobodys = randomBytes(secretBytes);

/** Whether a secret is the one that was hashed, in a time that says nothing of either. */
export const isSecretOf = (secret: string, hash: string | undefined): boolean => {
  const kept = hash === undefined ? nobodys : Buffer.from(hash, 'hex');
  const given = sha256(secret);
  return given.length === kept.length && timingSafeEqual(given, kept) && hash !== undefined;
};
