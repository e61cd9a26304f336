import { describe, expect, it } from 'vitest';
import {
  namedQueriesFolder,
  namedQuery,
  readNamedQueries,
} from '../../src/catalogue/named-queries.ts';
import { parseNamedQuery } from '../../src/catalogue/named-query.ts';
import { analyseQuery } from '../../src/sparql/analyse.ts';

const questions = readNamedQueries(namedQueriesFolder);

describe('the named questions', () => {
  it('are at least twelve and touch all four areas', () => {
    expect(questions.size).toBeGreaterThanOrEqual(12);
    expect(new Set([...questions.values()].map(({ area }) => area)).size).toBe(4);
  });

  const arabic = /\p{Script=Arabic}/u;
  it.each([...questions.values()].map((question) => [question.name, question] as const))(
    '%s is documented in English and Arabic and uses every parameter it names',
    (_, { title, about, parameters, columns, text }) => {
      expect(title.en).toMatch(/\?$/);
      expect(title.ar).toMatch(/؟$/);
      expect(about.en.length).toBeGreaterThan(20);
      expect(about.ar).toMatch(arabic);
      const body = text.replaceAll(/^#.*$/gm, '');
      for (const { name, help } of parameters) {
        expect(body).toMatch(new RegExp(`\\?${name}\\b`));
        expect(help.en).not.toBe('');
        expect(help.ar).toMatch(arabic);
      }
      for (const [name, column] of columns) {
        expect(body).toMatch(new RegExp(`\\?${name}\\b`));
        expect(column.ar).toMatch(arabic);
      }
    },
  );

  it.each([...questions.values()].map((question) => [question.name, question] as const))(
    '%s is a SELECT that gives the same answer each time',
    (_, { text }) => {
      const { form, isRepeatable } = analyseQuery(text, 'http://localhost:3030/');
      expect({ form, isRepeatable }).toEqual({ form: 'select', isRepeatable: true });
    },
  );

  it('say which there are when one is asked for that there is not', () => {
    expect(() => namedQuery(questions, 'nothing')).toThrow(/There are: calls-by-eligibility, /);
  });

  const header = '#+ title: A?\n#+ title@ar: أ؟\n#+ area: research\n#+ about: b\n#+ about@ar: ب\n';
  it('are read from their headers', () => {
    const text = `${header}#+ param x: text = red | c\n#+ param@ar x: ج\n#+ column y: Y | ي\n`;
    expect(parseNamedQuery('planted', text)).toEqual({
      name: 'planted',
      title: { en: 'A?', ar: 'أ؟' },
      area: 'research',
      about: { en: 'b', ar: 'ب' },
      parameters: [{ name: 'x', kind: 'text', default: 'red', help: { en: 'c', ar: 'ج' } }],
      columns: new Map([['y', { en: 'Y', ar: 'ي' }]]),
      text,
    });
  });
  it.each([
    ['an unknown line', `${header}#+ colour: red\n`],
    ['the same line twice', `${header}#+ area: aid\n`],
    ['a parameter of an unknown kind', `${header}#+ param x: colour = red | c\n#+ param@ar x: ج\n`],
    ['a parameter without help', `${header}#+ param x: text = red\n#+ param@ar x: ج\n`],
    ['a parameter without Arabic', `${header}#+ param x: text = red | c\n`],
    ['a column without Arabic', `${header}#+ column y: Y\n`],
    ['a missing title', header.replace('#+ title: A?\n', '')],
    ['an unknown area', header.replace('research', 'fun')],
  ])('refuse a header with %s', (_, text) => {
    expect(() => parseNamedQuery('planted', text)).toThrow(/queries\/planted\.rq/);
  });
});
