import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import type { Route } from '../../src/http/route.ts';
import { asBrowser, holding, startService, type TestService } from './serve.ts';

const failing: readonly Route[] = [
  {
    method: 'GET',
    path: '/fails',
    summary: 'Fails as a defect would.',
    handle: () => {
      throw new TypeError('secret detail of the inside');
    },
  },
  {
    method: 'GET',
    path: '/busy',
    summary: 'Fails as a busy store would.',
    handle: () => Promise.reject(new IsnadError('store-busy', 'All engines are taken.')),
  },
];

let service: TestService;
beforeAll(async () => {
  service = await startService(failing);
});
afterAll(() => service.close());

describe('every answer', () => {
  it('lets no script or style run that is not the service’s own, and does not name its software', async () => {
    const { headers } = await service.get('/', asBrowser);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('may be read by scripts of other sites, with the headers they need', async () => {
    const { headers } = await service.get('/api/v1/witnesses?from=2:255', {
      origin: 'https://elsewhere.example',
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    for (const name of ['Link', 'ETag', 'X-Isnad-Commit', 'Retry-After', 'Content-Location']) {
      expect(headers.get('access-control-expose-headers')).toContain(name);
    }
  });

  it('is compressed for clients that can unpack it', async () => {
    const { headers } = await service.get('/quran', { ...asBrowser, 'accept-encoding': 'gzip' });
    expect(headers.get('content-encoding')).toBe('gzip');
  });
});

describe('a path that does not exist', () => {
  it('is told so with a problem detail that lists what there is', async () => {
    const response = await service.get('/manuscript/12');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = await response.json();
    expect(problem).toMatchObject({
      status: 404,
      code: 'route-not-found',
      detail: 'There is nothing at /manuscript/12.',
    });
    expect(problem.paths).toContain('/doc/:type/:localId');
    expect(Object.keys(problem).slice(0, 4)).toEqual(['type', 'title', 'status', 'detail']);
  });

  it('is told so by a page to those who read pages, in their language', async () => {
    const response = await service.get('/manuscript/12', {
      ...asBrowser,
      'accept-language': 'ar',
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('خطأ 404');
  });

  it('is never a 500, however broken it is written', async () => {
    const paths = ['/%', '/doc/%E0%A4%A', '/quran/%00', '/id/../../etc/passwd', '/doc//x'];
    const statuses = await Promise.all(paths.map(async (path) => (await service.get(path)).status));
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
  });
});

describe('a method that a path does not take', () => {
  it('is refused with the ones it takes', async () => {
    const response = await service.send('/quran/2:255', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed' });
  });

  it('can be asked for by OPTIONS, also by a browser before it sends', async () => {
    const response = await service.send('/datasets', {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('is HEAD nowhere: it answers as GET does, without the body', async () => {
    const response = await service.send('/live', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('a failure', () => {
  it('of the service’s own says nothing of its inside, but is reported under a name', async () => {
    const response = await service.get('/fails');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(text).not.toContain('TypeError');
    expect(JSON.parse(text)).toMatchObject({
      code: 'internal',
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(service.faults).toHaveLength(1);
    expect(service.faults[0]).toMatchObject({
      cause: expect.objectContaining({ message: 'secret detail of the inside' }),
    });
  });

  it('that passes by itself says when to try again', async () => {
    const response = await service.get('/busy');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('an asset', () => {
  it('may be kept for ever when asked for by its fingerprint, and is checked otherwise', async () => {
    const page = await (await service.get('/', asBrowser)).text();
    const [path = ''] = /\/assets\/isnad\.css\?v=[0-9a-f]+/.exec(page) ?? [];
    const kept = await service.get(path);
    expect(kept.status).toBe(200);
    expect(kept.headers.get('cache-control')).toContain('immutable');
    const checked = await service.get('/assets/isnad.css');
    expect(checked.headers.get('cache-control')).toBe('no-cache');
    const etag = checked.headers.get('etag') ?? '';
    const again = await service.get('/assets/isnad.css', holding(etag));
    expect(again.status).toBe(304);
  });
});

describe('the process', () => {
  it('says that it is alive, and ready once it answers a query', async () => {
    expect(await (await service.get('/live')).json()).toEqual({ status: 'alive' });
    expect(await (await service.get('/ready')).json()).toEqual({ status: 'ready', commit: 1 });
  });
});
