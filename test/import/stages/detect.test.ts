import { describe, expect, it } from 'vitest';
import { detect, kindByContent, kindByName } from '../../../src/import/stages/detect.ts';

const file = (name: string) => ({ name, path: `/gone/${name}`, bytes: 1 });

describe('What a file is', () => {
  const names = [
    ['records/a.xml', { kind: 'xml' }],
    ['A.XML', { kind: 'xml' }],
    ['a.tei', { kind: 'xml' }],
    ['a.tar', { kind: 'archive', compression: 'none' }],
    ['a.tar.gz', { kind: 'archive', compression: 'gzip' }],
    ['a.tgz', { kind: 'archive', compression: 'gzip' }],
    ['a.tar.xz', { kind: 'archive', compression: 'xz' }],
    ['a.md', undefined],
    ['a.xml.bak', undefined],
    ['a.gz', undefined],
  ] as const;
  it.each(names)('is told by the name %s', (name, kind) => {
    expect(kindByName(name)).toEqual(kind);
  });

  const ustar = Buffer.alloc(512);
  ustar.write('ustar', 257);
  const starts = [
    [
      'xz',
      Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
      { kind: 'archive', compression: 'xz' },
    ],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), { kind: 'archive', compression: 'gzip' }],
    ['tar', ustar, { kind: 'archive', compression: 'none' }],
    ['XML', Buffer.from('\uFEFF <?xml'), { kind: 'xml' }],
    ['UTF-16', Buffer.from('\uFEFF<a/>', 'utf16le'), { kind: 'xml' }],
    ['words', Buffer.from('words'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ] as const;
  it.each(starts)('is told by its first bytes: %s', (_, start, kind) => {
    expect(kindByContent(start)).toEqual(kind);
  });

  it('in a directory is told by name alone, and other files are passed over with the reason', async () => {
    const listing = { files: [file('a.xml'), file('b.md')], skipped: [] };
    const { files, skipped } = await detect('/gone', listing);
    expect(files.map(({ name }) => name)).toEqual(['a.xml']);
    expect(skipped).toMatchObject([{ name: 'b.md' }]);
  });
});
