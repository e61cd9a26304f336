import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readExpiry } from '../../src/access/expiry.ts';
import { anonymous, requireAdmin, writableGraphs } from '../../src/access/principal.ts';
import { readScope, type Scope } from '../../src/access/scope.ts';
import { mintToken, readToken } from '../../src/access/token-text.ts';
import { Tokens } from '../../src/access/tokens.ts';
import { createIris } from '../../src/model/iris.ts';

const newDirectory = (): string => {
  const directory = mkdtempSync(path.join(tmpdir(), 'isnad-tokens-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};
const day = 86_400_000;

describe('a token', () => {
  it('is 256 random bits after its id, and no two are alike', () => {
    const made = Array.from({ length: 50 }, () => mintToken().text);
    expect(new Set(made).size).toBe(50);
    for (const text of made) {
      const { secret = '' } = readToken(text) ?? {};
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    }
  });

  it('is known by its text, after a restart too, and is nowhere in the files', () => {
    const directory = newDirectory();
    const created = new Tokens(directory).create({ name: 'curator', scopes: ['write:a'] }, 'me');
    const again = new Tokens(directory);
    expect(again.find(created.token)).toEqual({
      id: created.id,
      name: 'curator',
      scopes: ['write:a'],
    });
    const folder = path.join(directory, 'tokens');
    const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    const { secret = '' } = readToken(created.token) ?? {};
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toContain(secret);
    expect(texts[0]).toContain('"sha256"');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(JSON.stringify(again.list())).not.toContain('sha256');
  });

  it('is not known by anything else', () => {
    const tokens = new Tokens(newDirectory());
    const { token, id } = tokens.create({ name: 'a', scopes: ['admin'] }, 'me');
    const other = tokens.create({ name: 'b', scopes: ['read'] }, 'me');
    const swapped = `isnad_${id}_${readToken(other.token)?.secret}`;
    for (const wrong of ['', id, swapped, `${token}x`, token.slice(0, -1), token.toUpperCase()])
      expect(tokens.find(wrong)).toBeUndefined();
  });

  it('holds until it expires or is revoked, and its name is free then', () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const directory = newDirectory();
    const tokens = new Tokens(directory, () => now);
    const expiresAt = readExpiry('2d', now);
    const first = tokens.create({ name: 'a', scopes: ['read'], expiresAt }, 'me');
    expect(() => tokens.create({ name: 'a', scopes: ['read'] }, 'me')).toThrow(/valid token/);
    now += 2 * day - 1;
    expect(tokens.find(first.token)).toBeDefined();
    now += 1;
    expect(tokens.find(first.token)).toBeUndefined();
    const second = tokens.create({ name: 'a', scopes: ['read'] }, 'me');
    expect(tokens.revoke('a', 'you')).toMatchObject({ id: second.id, revokedBy: 'you' });
    expect(tokens.find(second.token)).toBeUndefined();
    expect(() => tokens.revoke(second.id, 'you')).toThrow(/no token/);
    const states = new Tokens(directory, () => now).list().map(({ state }) => state);
    expect(states).toEqual(['expired', 'revoked']);
  });

  it.each([
    ['a name that stands for others', { name: 'operator', scopes: ['read'] }],
    ['an empty name', { name: '', scopes: ['read'] }],
    ['a name that drives a terminal', { name: 'a\u001B[2J', scopes: ['read'] }],
    ['no scope', { name: 'a', scopes: [] }],
    ['a scope there is not', { name: 'a', scopes: ['write'] }],
    ['a time that is over', { name: 'a', scopes: ['read'], expiresAt: '2020-01-01T00:00:00.000Z' }],
  ])('is not made with %s', (_, request) => {
    const directory = newDirectory();
    expect(() => new Tokens(directory).create(request, 'me')).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(readdirSync(directory)).toEqual([]);
  });

  it('whose file is damaged stops the start and names the file; half a file of a crash does not', () => {
    const directory = newDirectory();
    const { id } = new Tokens(directory).create({ name: 'a', scopes: ['read'] }, 'me');
    writeFileSync(path.join(directory, 'token-unfinished'), '{"id":');
    expect(new Tokens(directory).list()).toHaveLength(1);
    writeFileSync(path.join(directory, 'tokens', `${id}.json`), '{"id":');
    expect(() => new Tokens(directory)).toThrow(
      expect.objectContaining({ code: 'store-damaged', message: expect.stringContaining(id) }),
    );
  });
});

const bearing = (...scopes: Scope[]) => ({ name: 'a', id: 'x', scopes });

describe('a scope', () => {
  it.each(['read', 'admin', 'read:a', 'write:scholars-2'])('can be %s', (text) => {
    expect(readScope(text)).toBe(text);
  });
  it.each(['', 'write', 'write:', 'write:A', 'write:a/b', 'admin:a', 'Admin', 'write:*'])(
    'cannot be “%s”',
    (text) => {
      expect(() => readScope(text)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );

  const iris = createIris('http://localhost:3030/');
  it('says what may be written: all, the graphs of datasets, nothing', () => {
    expect(writableGraphs(bearing('admin'), iris)).toBe('all');
    expect(writableGraphs(bearing('write:a', 'read', 'write:b'), iris)).toEqual([
      'http://localhost:3030/dataset/a',
      'http://localhost:3030/dataset/b',
    ]);
    expect(() => writableGraphs(bearing('read', 'read:a'), iris)).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
    expect(() => writableGraphs(anonymous, iris)).toThrow(
      expect.objectContaining({ code: 'token-missing' }),
    );
  });

  it('makes an administrator of none but admin', () => {
    expect(() => requireAdmin(bearing('admin'))).not.toThrow();
    expect(() => requireAdmin(bearing('write:admin', 'read'))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
    expect(() => requireAdmin(anonymous)).toThrow(
      expect.objectContaining({ code: 'token-missing' }),
    );
  });
});

describe('an expiry', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  it.each([
    ['90d', '2027-02-25T12:00:00.000Z'],
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T12:00:00+02:00', '2027-01-31T10:00:00.000Z'],
  ])('%s is %s', (text, time) => expect(readExpiry(text, now)).toBe(time));
  it.each(['', 'soon', '90', '99999d', '2027-13-01', '2027-01-31T12:00', '1e9d'])(
    'is not “%s”',
    (text) => {
      expect(() => readExpiry(text, now)).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      );
    },
  );
});
