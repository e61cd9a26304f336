import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';

/** Pages as people see them, in Debian's Chromium; skipped, and said to be, where it is missing. */
const executablePath = '/usr/bin/chromium';
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe.skipIf(!existsSync(executablePath))('the pages in a browser', () => {
  let folder = '';
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'isnad-browser-'));
    server = await startServer(path.join(folder, 'data'));
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
    page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (where: string): Promise<void> => {
    complaints.length = 0;
    await page.goto(new URL(where, server.address).href);
  };

  const pages = [
    '/',
    '/quran',
    '/quran/2',
    '/quran/2:255',
    '/datasets',
    '/queries',
    '/sparql',
    '/commits',
    '/commits/1',
    '/commits/1/diff',
    '/doc/manuscript/zfq57bha8s5wntf5/history',
  ];
  it.each(pages.flatMap((where) => ['en', 'ar'].map((language) => [where, language] as const)))(
    '%s in %s is laid out in its direction, complains of nothing, and fits a phone',
    async (where, language) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(`${where}?lang=${language}`);
      const { lang, dir, overflow, headings } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        headings: document.querySelectorAll('h1').length,
      }));
      expect({ lang, dir }).toEqual({ lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' });
      expect(headings).toBe(1);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    },
  );

  it('leads from a verse to a manuscript and from there to its dataset', async () => {
    await open('/?lang=en');
    await page.fill('input[name=reference]', '2:255');
    await page.press('input[name=reference]', 'Enter');
    await page.waitForURL(/\/quran\/2:255/);
    await page.click('main a[href*="/id/manuscript/"]');
    await page.waitForURL(/\/doc\/manuscript\//);
    expect(await page.locator('main a[href*="/dataset/"]').count()).toBeGreaterThan(0);
    await page.locator('main a[href*="/dataset/"]').first().click();
    await page.waitForURL(/\/dataset\//);
    expect(await page.locator('a[rel=license]').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('runs a query in the editor and shows its rows', async () => {
    await open('/sparql?lang=en');
    await page.fill(
      'textarea',
      'SELECT ?n WHERE { VALUES ?n { "مصحف"@ar "codex"@en } } ORDER BY DESC(?n)',
    );
    await page.click('form button[type=submit]');
    await page.waitForSelector('table td');
    const cells = await page.locator('table td').allInnerTexts();
    expect(cells.join(' ')).toContain('مصحف');
    expect(cells.join(' ')).toContain('codex');
    expect(complaints).toEqual([]);
  });
});
