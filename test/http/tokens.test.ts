import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWritingService, updating, type WritingService } from './writing-service.ts';

let service: WritingService;
beforeAll(async () => {
  service = await startWritingService();
});
afterAll(() => service.close());

const create = (body: unknown): Promise<Response> =>
  service.ask('admin', '/admin/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** Sends something with another header. */
const sending = (name: string, value: string, path = '/live', init: RequestInit = {}) => {
  const headers = new Headers(init.headers);
  headers.set(name, value);
  return service.send(path, { ...init, headers });
};
const bearing = (authorization: string, path?: string, init?: RequestInit) =>
  sending('authorization', authorization, path, init);

describe('/admin/tokens', () => {
  it('makes a token that is told once, holds, and is revoked', async () => {
    const made = await create({ name: 'new', scope: ['write:a', 'write:b'], expires: '30d' });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { token, id, ...rest }: { token: string; id: string } = await made.json();
    expect(rest).toMatchObject({ name: 'new', scopes: ['write:a', 'write:b'], createdBy: 'admin' });
    const listed = await (await service.ask('admin', '/admin/tokens')).text();
    expect(listed).toContain(id);
    expect(listed).not.toContain(token);
    const again = await create({ name: 'new', scope: 'read' });
    expect([again.status, await again.json()]).toMatchObject([409, { code: 'token-name-taken' }]);

    expect((await bearing(`Bearer ${token}`)).status).toBe(200);
    const revoked = await service.ask('admin', `/admin/tokens/${id}`, { method: 'DELETE' });
    expect(await revoked.json()).toMatchObject({ state: 'revoked', revokedBy: 'admin' });
    const refused = await bearing(`Bearer ${token}`);
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'token-invalid' }]);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it.each([
    [{}],
    [{ name: 'x' }],
    [{ name: 'x', scope: 'all' }],
    [{ name: 'x', scope: [] }],
    [{ name: 'x', scope: 'read', expires: 'never' }],
    [{ name: 'x', scope: 'read', admin: true }],
    [{ name: 'operator', scope: 'read' }],
    [[]],
  ])('makes none of %j', async (body) => {
    const answer = await create(body);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'invalid-parameter' },
    ]);
  });

  it('revokes none that is not there', async () => {
    const answer = await service.ask('admin', '/admin/tokens/nobody', { method: 'DELETE' });
    expect(answer.status).toBe(404);
  });
});

describe('what does not authorise', () => {
  const write = updating('INSERT DATA { <a:s> <a:p> 1 }');
  it('a cookie, a parameter, a form field, another scheme', async () => {
    const { token } = service.tokens.create({ name: 'spare', scopes: ['admin'] }, 'test');
    const basic = Buffer.from(`x:${token}`).toString('base64');
    const attempts = [
      sending('cookie', `token=${token}`, '/update', write),
      service.send(`/update?access_token=${token}`, write),
      bearing(`Basic ${basic}`, '/update', write),
      bearing('Bearer', '/update', write),
      sending('x-token', token, '/update', write),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'token-missing' }]);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(service.store.head().sequence).toBe(0);
  });

  it('another scheme does not stand in the way of reading, as where a proxy asks for a password', async () => {
    expect((await bearing('Basic eDp5', '/datasets')).status).toBe(200);
  });

  it('a token that is wrong is refused everywhere, also where none is needed', async () => {
    for (const path of ['/live', '/sparql', '/datasets'])
      expect((await bearing('Bearer nonsense', path)).status).toBe(401);
  });

  it('is throttled when it goes on, and a valid token from the same address is not', async () => {
    const answers: Response[] = [];
    for (let n = 0; n < 25; n += 1) answers.push(await bearing('Bearer nonsense'));
    const last = answers.at(-1);
    expect([last?.status, await last?.json()]).toMatchObject([
      429,
      { code: 'authorisation-throttled' },
    ]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await service.ask('admin', '/admin/tokens')).status).toBe(200);
    expect((await service.send('/live')).status).toBe(200);
  });
});
