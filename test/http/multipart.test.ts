import { describe, expect, it } from 'vitest';
import { readMultipart } from '../../src/http/graph-store/multipart.ts';

const read = (text: string, boundary = 'b') =>
  readMultipart(Buffer.from(text), boundary).map(({ contentType, bytes }) => [
    contentType,
    Buffer.from(bytes).toString(),
  ]);

describe('a multipart body', () => {
  it('is read part by part, with what stands in between', () => {
    const text =
      'before\r\n--b\r\nContent-Type: text/turtle\r\nX: y\r\n\r\none\r\n--b  \r\n\r\n--two\r\n\r\n--b--\r\nafter';
    expect(read(text)).toEqual([
      ['text/turtle', 'one'],
      [undefined, '--two\r\n'],
    ]);
    expect(read('--b--')).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no end', '--b\r\n\r\none'],
    ['no end of headers', '--b\r\nContent-Type: text/turtle\r\n--b--'],
    ['too many parts', `${'--b\r\n\r\nx\r\n'.repeat(101)}--b--`],
    ['endless headers', `--b\r\nA: ${'a'.repeat(5000)}\r\n\r\nx\r\n--b--`],
  ])('is refused with %s', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  it.each(['', 'x'.repeat(71), 'a\nb'])('is refused with the boundary “%s”', (boundary) => {
    expect(() => read('--b--', boundary)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
