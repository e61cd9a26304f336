import { describe, expect, it } from 'vitest';
import { createIris } from '../../src/model/iris.ts';
import { linkTo } from '../../src/web/links.ts';
import { href, type PageContext } from '../../src/web/page.ts';
import { licenceName, shortName } from '../../src/web/sources-view.ts';
import { words } from '../../src/web/strings.ts';

const context: PageContext = {
  words: words.ar,
  iris: createIris('https://graph.example/isnad/'),
  path: '/',
  parameters: new URLSearchParams(),
  languageChosen: false,
  commit: 1,
  assets: { 'isnad.css': '', 'sparql-editor.js': '', 'icon.svg': '' },
};

describe('a link from a page', () => {
  it.each([
    ['https://graph.example/isnad/id/manuscript/a1', '/id/manuscript/a1'],
    ['https://graph.example/isnad/dataset/x', '/dataset/x'],
    ['https://w3id.org/isnad/quran/2:255', '/quran/2:255'],
    ['https://w3id.org/isnad/quran/2', '/quran/2'],
    ['https://elsewhere.example/id/x', 'https://elsewhere.example/id/x'],
    ['http://elsewhere.example/', 'http://elsewhere.example/'],
  ])('to %s leads to %s', (iri, path) => {
    expect(linkTo(context, iri)).toBe(path);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'urn:isbn:123',
    'not an address',
    'https://graph.example/isnad/provenance',
    'https://w3id.org/isnad/vocabulary/script/kufi',
    'https://w3id.org/isnad/quran/juz/3',
  ])('is not made of %s', (iri) => {
    expect(linkTo(context, iri)).toBeUndefined();
  });

  it('keeps the language the reader chose', () => {
    expect(href({ ...context, languageChosen: true }, '/quran', { page: '2' })).toBe(
      '/quran?page=2&lang=ar',
    );
  });
});

describe('a licence', () => {
  it.each([
    ['https://creativecommons.org/licenses/by-sa/4.0/', 'CC BY-SA 4.0'],
    ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0 1.0'],
    ['https://licence.example/own', 'https://licence.example/own'],
  ])('%s is shown as %s', (iri, name) => {
    expect(licenceName(iri)).toBe(name);
  });
});

it('a thing without a name is called by the end of its address', () => {
  expect(shortName('https://x.example/a/b#c')).toBe('c');
  expect(shortName('https://x.example/a/')).toBe('a');
});
