import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNamedQuery } from '../../src/catalogue/named-query.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'queries');
const names = globSync('*.rq', { cwd: folder }).map((file) => file.slice(0, -3));
const read = (name: string) =>
  parseNamedQuery(name, readFileSync(path.join(folder, `${name}.rq`), 'utf8'));

describe('the named questions', () => {
  it('are at least twelve and touch all four areas', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(new Set(names.map((name) => read(name).area)).size).toBe(4);
  });

  it.each(names)(
    '%s is documented in English and Arabic and uses every parameter it names',
    (name) => {
      const { title, about, parameters, text } = read(name);
      expect(title.en).toMatch(/\?$/);
      expect(title.ar).toMatch(/؟$/);
      expect(about.length).toBeGreaterThan(20);
      const body = text.replaceAll(/^#.*$/gm, '');
      for (const parameter of parameters) {
        expect(body).toMatch(new RegExp(`\\?${parameter.name}\\b`));
        expect(parameter.help).not.toBe('');
      }
    },
  );

  const header = '#+ title: A?\n#+ title@ar: أ؟\n#+ area: research\n#+ about: b\n';
  it.each([
    ['an unknown line', `${header}#+ colour: red\n`],
    ['a parameter of an unknown kind', `${header}#+ param x: colour = red | c\n`],
    ['a parameter without help', `${header}#+ param x: text = red\n`],
    ['a missing title', header.replace('#+ title: A?\n', '')],
    ['an unknown area', header.replace('research', 'fun')],
  ])('refuse a header with %s', (_, text) => {
    expect(() => parseNamedQuery('planted', text)).toThrow(/queries\/planted\.rq/);
  });
});
