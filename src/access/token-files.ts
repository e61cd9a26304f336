import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { IsnadError } from '../errors.ts';

/**
 * The tokens of a data directory, as files in `tokens/`: one for each token, and one beside it once it is
 * revoked. Each is written whole, synced and put in its place by renaming, and never changed again, so a
 * crash leaves it there or not there, and a backup copies no half of one. Whoever writes here holds the
 * directory's lock.
 */
const tokenFile = z.strictObject({
  id: z.string().regex(/^[\da-f]{16}$/),
  name: z.string().min(1),
  scopes: z.array(z.string()).min(1),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  expiresAt: z.exactOptional(z.iso.datetime()),
});
const revocationFile = z.strictObject({ revokedAt: z.iso.datetime(), revokedBy: z.string() });

export type TokenFile = z.output<typeof tokenFile>;
export type Revocation = z.output<typeof revocationFile>;

const directoryName = 'tokens';
const unfinishedName = 'token-unfinished';
const tokenName = /^[\da-f]{16}\.json$/;
const revocationOf = (id: string): string => `${id}.revoked.json`;

const syncPath = (file: string): void => {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const toWriteError = (cause: unknown): IsnadError => {
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new IsnadError(isFull ? 'disk-full' : 'write-failed', `The token: ${reason}.`, { cause });
};

const write = (dataDir: string, name: string, value: unknown): void => {
  const directory = path.join(dataDir, directoryName);
  const unfinished = path.join(dataDir, unfinishedName);
  try {
    if (!existsSync(directory)) {
      mkdirSync(directory, { mode: 0o700 });
      syncPath(dataDir);
    }
    writeFileSync(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
    syncPath(unfinished);
    renameSync(unfinished, path.join(directory, name));
    syncPath(directory);
  } catch (error) {
    throw toWriteError(error);
  }
};

const read = <Value>(file: string, schema: z.ZodType<Value>): Value => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new IsnadError(
      'store-damaged',
      `${file} is no token of this version. Remove it to do without that token, or restore it from a backup.`,
      { cause },
    );
  }
};

/** @throws IsnadError `disk-full`, `write-failed`; there is no such token then */
export const writeToken = (dataDir: string, token: TokenFile): void =>
  write(dataDir, `${token.id}.json`, token);

/** @throws IsnadError `disk-full`, `write-failed`; the token is not revoked then */
export const writeRevocation = (dataDir: string, id: string, revocation: Revocation): void =>
  write(dataDir, revocationOf(id), revocation);

/** Every token there ever was. @throws IsnadError `store-damaged` for a file that cannot be read */
export const readTokens = (
  dataDir: string,
): { readonly token: TokenFile; readonly revocation: Revocation | undefined }[] => {
  const directory = path.join(dataDir, directoryName);
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory);
  return names
    .filter((name) => tokenName.test(name))
    .map((name) => {
      const token = read(path.join(directory, name), tokenFile);
      const revoked = revocationOf(token.id);
      const revocation = names.includes(revoked)
        ? read(path.join(directory, revoked), revocationFile)
        : undefined;
      return { token, revocation };
    });
};
