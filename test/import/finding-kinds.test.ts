import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingKinds } from '../../src/import/finding-kinds.ts';

const page = readFileSync(
  path.join(import.meta.dirname, '..', '..', 'docs', 'import-tei.md'),
  'utf8',
);
const documented = [
  ...page.matchAll(/^\| `([a-z-]+)` \| (error|warning|info) \| (.+) · (.+) \| (.+) \|$/gm),
];

describe('The kinds of finding', () => {
  it('are in docs/import-tei.md as they are in the code, all of them and no others', () => {
    const rows = documented.map(([, kind, severity, en, ar, done]) => [
      kind,
      { severity, title: { en, ar }, done },
    ]);
    expect(Object.fromEntries(rows)).toEqual(findingKinds);
    expect(rows).toHaveLength(Object.keys(findingKinds).length);
  });

  it('are named in Arabic letters too', () => {
    for (const { title } of Object.values(findingKinds))
      expect(title.ar).toMatch(/\p{Script=Arabic}/u);
  });

  it('say what was done in a whole sentence', () => {
    for (const { done } of Object.values(findingKinds)) expect(done).toMatch(/^[A-Z].+\.$/);
  });
});
