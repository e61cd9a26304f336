import { describe, expect, it } from 'vitest';
import { createProgressLine, printable, textTable } from '../../src/cli/terminal.ts';

const watched = (isTTY: boolean) => {
  let drawn = '';
  const stream = {
    isTTY,
    write: (text: string | Uint8Array) => {
      drawn += String(text);
      return true;
    },
  };
  return { stream, drawn: () => drawn };
};

describe('the terminal', () => {
  it('cannot be driven by control characters in the data', () => {
    expect(printable('a\u001B[31mred\u009B0m\u0007')).toBe('a�[31mred�0m�');
    expect(printable('مصحف\tQurʾān\n')).toBe('مصحف\tQurʾān\n');
  });

  it('shows progress only when somebody watches', () => {
    const nobody = watched(false);
    createProgressLine(nobody.stream).show('read', 1, 2);
    expect(nobody.drawn()).toBe('');

    const somebody = watched(true);
    const line = createProgressLine(somebody.stream);
    line.show('read', 1, 2);
    line.show('read', 2, 2);
    line.end();
    expect(somebody.drawn()).toContain('read');
    expect(somebody.drawn()).toContain('2 of 2');
    expect(somebody.drawn().endsWith('\n')).toBe(true);
  });

  it('lays rows out in columns as wide as their widest cell', () => {
    const rows = [
      ['graph', 'quads'],
      ['a', '10'],
      ['مصحف', '7'],
    ];
    expect(textTable(rows).split('\n')).toEqual([
      'graph  quads',
      '─────  ─────',
      'a      10',
      'مصحف   7',
    ]);
    expect(textTable([])).toBe('');
  });
});
