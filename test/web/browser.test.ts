import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../http/serve.ts';

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));

/** Nothing the browser does by itself may leave this machine. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const pages = [
  '/',
  '/quran',
  '/quran/2',
  '/quran/2:255',
  '/doc/manuscript/a1',
  '/datasets',
  '/sparql',
];

describe.skipIf(executablePath === undefined)('in a browser (skipped without Chromium)', () => {
  let service: TestService;
  let browser: Browser;
  let address: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    service = await startService();
    ({ address } = service);
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  const open = async (path: string, width = 1100): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.on('console', (message) => complaints.push(`${path}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`${path}: a dialog opened`);
      void dialog.dismiss();
    });
    await page.goto(new URL(path, address).href);
    return page;
  };

  it('no page runs what stands in the data, breaks its own rules, or is wider than a telephone', async () => {
    const wide: string[] = [];
    const page = await open('/', 360);
    for (const path of pages.flatMap((each) => [`${each}?lang=en`, `${each}?lang=ar`])) {
      await page.goto(new URL(path, address).href);
      const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      if (overflow === true) wide.push(path);
    }
    await page.close();
    expect(wide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('a query is answered as a table on its page, and keeps its address', async () => {
    const page = await open('/sparql');
    await page.fill('#query', 'SELECT ?m { ?m a <https://w3id.org/isnad/ontology#Manuscript> }');
    await page.click('#editor button[type=submit]');
    await page.waitForSelector('#result td');
    expect(await page.locator('#result tbody tr').count()).toBe(4);
    expect(await page.locator('#result a').first().getAttribute('href')).toMatch(/^\/id\//);
    expect(page.url()).toContain('query=SELECT');
    await page.fill('#query', 'SELECT *\n{ ?s ?p }');
    await page.click('#editor button[type=submit]');
    await page.waitForFunction("document.querySelector('#status').textContent.includes('parsed')");
    expect(await page.evaluate('document.activeElement.id')).toBe('query');
    await page.close();
  });

  it('a verse typed in Arabic digits leads to its witnesses, which can be narrowed', async () => {
    const page = await open('/?lang=ar');
    await page.fill('#reference', '٢:٢٥٥');
    await page.click('.lookup button');
    expect(new URL(page.url()).pathname).toBe('/quran/2:255');
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    await page.click('.filter summary');
    await page.fill('input[name=before]', '0800');
    await page.click('.filter button');
    expect(await page.textContent('.lead')).toContain('مخطوطة واحدة');
    expect(new URL(page.url()).searchParams.get('lang')).toBe('ar');
    await page.close();
  });
});
