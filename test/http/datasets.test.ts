import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBrowser, base, startService, type TestService } from './serve.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

describe('the datasets', () => {
  it('are listed with title and licence', async () => {
    const response = await service.get('/datasets');
    expect(await response.json()).toMatchObject({
      datasets: expect.arrayContaining([
        {
          id: `${base}dataset/catalogue`,
          title: { en: ['A synthetic catalogue'], ar: ['فهرس مصطنع'] },
          license: ['https://creativecommons.org/licenses/by-sa/4.0/'],
          rightsHolder: ['Nobody'],
          attribution: ['Synthetic catalogue, for tests.'],
        },
      ]),
    });
    const page = await (await service.get('/datasets?lang=ar', asBrowser)).text();
    expect(page).toContain('فهرس مصطنع');
    expect(page).toContain('CC BY-SA 4.0');
  });
});

describe('one dataset', () => {
  it('is described at the address that every statement names as its source', async () => {
    const page = await (await service.get('/dataset/catalogue', asBrowser)).text();
    expect(page).toContain('<h1><bdi lang="en" dir="ltr">A synthetic catalogue</bdi></h1>');
    const held = (await service.store.listGraphs()).find(
      ({ graph }) => graph === `${base}dataset/catalogue`,
    );
    expect(page).toContain(`${held?.quads} statements`);
    const turtle = await service.get('/dataset/catalogue.ttl');
    expect(turtle.headers.get('content-type')).toContain('text/turtle');
    expect(await turtle.text()).toContain('<https://creativecommons.org/licenses/by-sa/4.0/>');
  });

  it('that does not exist is not found, with the way to those that do', async () => {
    for (const slug of ['nothing', 'Not%20A%20Slug', '%3E']) {
      const response = await service.get(`/dataset/${slug}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'not-found', near: ['/datasets'] });
    }
  });
});

describe('the start page', () => {
  it('says what it is, how much it holds and under which licences, in both languages', async () => {
    const english = await (await service.get('/', asBrowser)).text();
    expect(english).toContain('Which manuscripts bear this verse, and who says so?');
    expect(english).toMatch(/<b>4<\/b>\s*Manuscripts/);
    expect(english).toContain('Scholarships and aid');
    expect(english).toContain('href="/dataset/catalogue"');
    const arabic = await service.get('/', { ...asBrowser, 'accept-language': 'ar-EG,ar;q=0.9' });
    expect(await arabic.text()).toContain('أيُّ المخطوطات تحمل هذه الآية');
  });

  it('keeps the language a reader chose in its links, and only then', async () => {
    const chosen = await (await service.get('/?lang=ar', asBrowser)).text();
    expect(chosen).toContain('href="/quran?lang=ar"');
    const accepted = await service.get('/', { ...asBrowser, 'accept-language': 'ar' });
    expect(await accepted.text()).toContain('href="/quran"');
  });
});
