import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { boundsText, dateView } from '../../src/web/date-view.ts';
import { words } from '../../src/web/strings.ts';

describe('a date', () => {
  it.each([
    ['0650-01-01', '0700-12-31', '650–700 CE'],
    ['0998-01-01', '0998-12-31', '998 CE'],
    [undefined, '0750-12-31', 'not after 750 CE'],
    ['0750-01-01', undefined, 'not before 750 CE'],
    ['0622-07-18', '0816-08-03', '622–816 CE'],
    ['1247-12-30', '1248-01-28', '1247–1248 CE'],
    ['1430-05-01', '1430-05-12', '1430-05-01–1430-05-12 CE'],
    ['1430-05-12', '1430-05-12', '1430-05-12 CE'],
    [undefined, '1430-05-12', 'not after 1430-05-12 CE'],
    [undefined, undefined, undefined],
  ])('from %s to %s reads %s', (earliest, latest, text) => {
    expect(boundsText(words.en, { earliest, latest })).toBe(text);
  });

  it('keeps the words of its source, unless they say no more', () => {
    const bounds = { earliest: '0650-01-01', latest: '0700-12-31' };
    expect(renderToString(dateView(words.en, bounds, '650-700'))).not.toContain('as written');
    expect(renderToString(dateView(words.en, bounds, '1./7. Jh.'))).toContain('1./7. Jh.');
    expect(renderToString(dateView(words.en, {}, 'undatiert'))).toContain('undatiert');
    expect(renderToString(dateView(words.en, bounds, undefined))).toContain(
      'title="0650-01-01/0700-12-31"',
    );
  });
});
