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

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    page.on('console', (message) => complaints.push(`${path}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`${path}: a dialog opened`);
      void dialog.dismiss();
    });
    await page.goto(new URL(path, address).href);
    return page;
  };

  it('a script that stands in the data is shown as text and never runs', async () => {
    const page = await open('/doc/manuscript/a1');
    expect(await page.textContent('main')).toContain("<script>alert('a note')</script>");
    expect(await page.textContent('main')).toContain('javascript:alert(1)');
    expect(await page.locator('main script, a[href^="javascript:" i]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('a query that cannot be read puts the cursor where it breaks', async () => {
    const page = await open('/sparql');
    await page.fill('#query', 'SELECT *\n{ ?s ?p }');
    await page.click('#editor button[type=submit]');
    await page.locator('#status', { hasText: 'parsed' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('query');
    expect(await page.evaluate("document.querySelector('#query').selectionStart")).toBeGreaterThan(
      8,
    );
    await page.close();
  });

  it('records in the table of an answer lead to their pages here', async () => {
    const page = await open('/sparql');
    await page.fill('#query', 'SELECT ?m { ?m a <https://w3id.org/isnad/ontology#Manuscript> }');
    await page.click('#editor button[type=submit]');
    await page.waitForSelector('#result td');
    expect(await page.locator('#result a').first().getAttribute('href')).toMatch(/^\/id\//);
    expect(page.url()).toContain('query=SELECT');
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
