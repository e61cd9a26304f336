import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../src/rdf/media-types.ts';
import { answerQuery } from '../../src/sparql/answer.ts';
import { queryLimits } from '../../src/sparql/limits.ts';
import { openStoreWith, type StoreFixture } from '../sparql/store-fixture.ts';

const root = path.join(import.meta.dirname, '..', '..');
const page = readFileSync(path.join(root, 'docs', 'sparql.md'), 'utf8');

let fixture: StoreFixture;
beforeAll(async () => {
  const quran = readFileSync(path.join(root, 'ontology', 'quran.ttl'), 'utf8');
  fixture = await openStoreWith({ 'http://localhost:3030/quran': quran });
});
afterAll(() => fixture.close());

describe('docs/sparql.md', () => {
  it('shows a query that gives the answer it shows', async () => {
    const query = /<<'QUERY'\n([^]*?)\nQUERY\n/.exec(page)?.[1] ?? '';
    const shown = /```csv\n([^]*?)```/.exec(page)?.[1] ?? '';
    const { body } = await answerQuery(fixture.services, { text: query, mediaType: 'text/csv' });
    expect(new TextDecoder().decode(body).replaceAll('\r\n', '\n')).toBe(shown);
    expect(shown.split('\n').length).toBeGreaterThan(3);
  });

  it('names every format', () => {
    for (const [type, { format }] of Object.entries(mediaTypes))
      expect(page).toMatch(
        new RegExp(`\`${type.replace('+', String.raw`\+`)}\`[^|]*\\| \`${format}\` \\|`),
      );
  });

  it('names every limit', () => {
    for (const { most } of Object.values(queryLimits))
      expect(page).toContain(most.toLocaleString('en'));
  });
});
