import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { witnessParameters } from '../../src/catalogue/witness-criteria.ts';
import { operatorRoutes } from '../../src/http/operator-routes.ts';
import { routes } from '../../src/http/routes.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'http.md'), 'utf8');

/** The rows of the table of paths, as `METHOD /path`. */
const documented = (text: string): string[] =>
  [...text.matchAll(/^\| `(\/[^`]*)` \| ([A-Z]+) \|/gm)].map(
    ([, pathname = '', method = '']) => `${method} ${pathname}`,
  );

describe('docs/http.md', () => {
  it('lists every route, and no other', () => {
    const served = [...routes, ...operatorRoutes].map((route) => `${route.method} ${route.path}`);
    expect(served.length).toBeGreaterThan(10);
    expect(documented(page).toSorted()).toEqual(served.toSorted());
  });

  it('would not pass with a route too many', () => {
    expect(documented('| `/a` | GET | x |\n| `b` | GET | y |\ntext `/c`')).toEqual(['GET /a']);
  });

  it('explains every parameter of the witness lookup in the words of its errors', () => {
    for (const [name, takes] of Object.entries(witnessParameters)) {
      expect(page).toContain(`| \`${name}\` | ${takes} |`);
    }
  });
});

describe('the route table', () => {
  it('has each method of a path once, with a sentence that says what it does', () => {
    const keys = routes.map(({ method, path: pathname }) => `${method} ${pathname}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { summary } of routes) expect(summary).toMatch(/^[A-Z].*\.$/s);
  });
});
