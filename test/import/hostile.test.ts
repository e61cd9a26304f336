import { createHash } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { describe, expect, it } from 'vitest';
import {
  failureOf,
  preparePath,
  refusalOf,
  sampleFolder,
  temporaryFolder,
} from './import-fixture.ts';
import { item, teiOf } from './tei-fixture.ts';

const good = teiOf({ items: item('a', '1r', '112:001:001-112:004:004') });

/** Writes one file into a new directory and returns the directory. */
const folderWith = (name: string, content: string | Uint8Array): string => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, name), content);
  return folder;
};

interface TarEntry {
  readonly name: string;
  readonly content?: string;
  readonly type?: 'file' | 'symlink' | 'fifo';
  readonly linkname?: string;
}

/** Packs entries into a tar archive. */
const tarOf = async (entries: readonly TarEntry[]): Promise<Buffer> => {
  const pack = tar.pack();
  for (const { name, content = '', type = 'file', linkname = '' } of entries)
    pack.entry({ name, type, ...(linkname === '' ? {} : { linkname }) }, content);
  pack.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of pack) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('A delivery that cannot be read', () => {
  const files = [
    ['not XML at all', 'just words', 'delivery-unreadable'],
    ['XML that is not TEI', '<catalogue><record/></catalogue>', 'delivery-unreadable'],
    ['TEI without its namespace', '<TEI><teiHeader/></TEI>', 'delivery-unreadable'],
    ['an empty file', '', 'delivery-unreadable'],
    ['a truncated file', good.slice(0, good.length / 2), 'delivery-unreadable'],
    ['a NUL byte in the text', good.replace('MS 1', 'MS\0 1'), 'delivery-unreadable'],
    [
      'bytes that are not UTF-8',
      Buffer.from(good.replace('Sample', 'Sämple'), 'latin1'),
      'delivery-unreadable',
    ],
    ['another encoding declared', good.replace('UTF-8', 'ISO-8859-1'), 'delivery-unreadable'],
    ['an entity that nobody declared', good.replace('MS 1', '&xxe;'), 'delivery-unreadable'],
    ['elements nested without end', `<TEI>${'<a>'.repeat(200_000)}`, 'delivery-unreadable'],
    [
      'a document type',
      good.replace('<TEI', '<!DOCTYPE TEI SYSTEM "tei.dtd"><TEI'),
      'delivery-unsafe',
    ],
    [
      'an entity bomb',
      good.replace(
        '<TEI',
        '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><TEI',
      ),
      'delivery-unsafe',
    ],
    [
      'an outside entity',
      good
        .replace('<TEI', '<!DOCTYPE TEI [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><TEI')
        .replace('MS 1', '&xxe;'),
      'delivery-unsafe',
    ],
  ] as const;
  it.each(files)('because of %s is refused by name', async (_, content, code) => {
    const error = await refusalOf(folderWith('record.xml', content));
    expect(error.code).toBe(code);
    expect(error.message).toContain('record.xml');
  });

  it('is told with the line and column', async () => {
    const error = await refusalOf(folderWith('record.xml', '<a>\n<b></c></a>'));
    expect(error.position).toMatchObject({ file: 'record.xml', line: 2 });
  });

  it('is told with all its broken files at once, and the good ones are not imported', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, '1.xml'), good);
    writeFileSync(path.join(folder, '2.xml'), '<a>');
    writeFileSync(path.join(folder, '3.xml'), '<!DOCTYPE a><a/>');
    const error = await refusalOf(folder);
    expect(error.message).toContain('2.xml');
    expect(error.message).toContain('3.xml');
    expect(error.extra['files']).toHaveLength(2);
  });

  it('because there is nothing is refused', async () => {
    expect((await refusalOf(temporaryFolder())).code).toBe('delivery-empty');
    expect((await refusalOf(path.join(temporaryFolder(), 'gone'))).code).toBe('not-found');
  });

  it('because it holds no XML, or no manuscript, is refused', async () => {
    expect((await refusalOf(folderWith('notes.md', '# Notes'))).code).toBe('delivery-empty');
    const reader = path.join(sampleFolder, 'reader.xml');
    expect((await refusalOf(reader)).code).toBe('delivery-empty');
    const file = path.join(folderWith('picture.jpg', 'JFIF'), 'picture.jpg');
    expect((await refusalOf(file)).code).toBe('delivery-unreadable');
  });
});

describe('Through the worker thread, nothing changes', () => {
  const deliveries = [
    [
      'an entity bomb',
      '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><TEI>&b;</TEI>',
      'delivery-unsafe',
    ],
    ['a truncated file', good.slice(0, -20), 'delivery-unreadable'],
    ['an empty directory', undefined, 'delivery-empty'],
  ] as const;
  it.each(deliveries)('after %s', async (_, content, code) => {
    const folder = content === undefined ? temporaryFolder() : folderWith('record.xml', content);
    expect((await failureOf(folder)).code).toBe(code);
  });
});

describe('A delivery that is too large', () => {
  it('by one file of 500 MB is refused before it is read', async () => {
    const folder = folderWith('large.xml', good);
    // A file with a hole: it takes no room on the disk.
    truncateSync(path.join(folder, 'large.xml'), 500 * 1024 * 1024);
    const error = await refusalOf(folder);
    expect(error.code).toBe('delivery-too-large');
    expect(error.extra['limit']).toBe('importFileBytesMax');
  });

  it('by one packed file is refused by the size its entry declares', async () => {
    const packed = await tarOf([{ name: 'large.xml', content: ' '.repeat(100_000) }]);
    const folder = folderWith('delivery.tar.gz', gzipSync(packed));
    const error = await refusalOf(folder, { importFileBytesMax: 50_000 });
    expect(error.code).toBe('delivery-too-large');
  });

  it('by what a small archive unpacks to is refused while it unpacks', async () => {
    const folder = temporaryFolder();
    const pack = tar.pack();
    const packing = pipeline(pack, createWriteStream(path.join(folder, 'bomb.tar')));
    for (let number = 0; number < 50; number += 1)
      pack.entry({ name: `${number}.txt` }, Buffer.alloc(100_000));
    pack.finalize();
    await packing;
    const error = await refusalOf(folder, { importBytesMax: 1_000_000 });
    expect(error.code).toBe('delivery-too-large');
    expect(error.extra['limit']).toBe('importBytesMax');
  });

  it('by the statements it makes is refused', async () => {
    const error = await refusalOf(sampleFolder, { importQuadsMax: 500 });
    expect(error.code).toBe('delivery-too-large');
    expect(error.extra['limit']).toBe('importQuadsMax');
  });
});

describe('A delivery that reaches out of itself', () => {
  it('by a link in the directory is refused', async () => {
    const folder = folderWith('record.xml', good);
    const outside = path.join(folderWith('secret.xml', good), 'secret.xml');
    symlinkSync(outside, path.join(folder, 'secret.xml'));
    expect((await refusalOf(folder)).code).toBe('delivery-unsafe');
  });

  const names = [
    '../escape.xml',
    '/etc/escape.xml',
    'a/../../escape.xml',
    String.raw`..\escape.xml`,
    'C:/escape.xml',
  ];
  it.each(names)('by the packed name %s is refused', async (name) => {
    const packed = await tarOf([{ name, content: good }]);
    expect((await refusalOf(folderWith('delivery.tar', packed))).code).toBe('delivery-unsafe');
  });

  it('by a packed link is refused', async () => {
    const packed = await tarOf([{ name: 'x.xml', type: 'symlink', linkname: '../../etc/passwd' }]);
    expect((await refusalOf(folderWith('delivery.tar', packed))).code).toBe('delivery-unsafe');
  });
});

const archive = (): Promise<Buffer> => tarOf([{ name: 'record.xml', content: good }]);

describe('A damaged archive', () => {
  it('cut short is refused wherever it was cut', async () => {
    const whole = await archive();
    for (const length of [100, 600, 1024, whole.length - 1024]) {
      const error = await refusalOf(folderWith('delivery.tar', whole.subarray(0, length)));
      expect([length, error.code]).toEqual([length, 'delivery-unreadable']);
    }
  });

  it('that is no archive is refused', async () => {
    for (const name of ['a.tar', 'a.tar.gz', 'a.tar.xz']) {
      const error = await refusalOf(folderWith(name, 'no archive at all'.repeat(100)));
      expect([name, error.code]).toEqual([name, 'delivery-unreadable']);
    }
  });

  it('of gzip, cut short, is refused', async () => {
    const packed = gzipSync(await archive());
    const error = await refusalOf(folderWith('a.tgz', packed.subarray(0, packed.length - 20)));
    expect(error.code).toBe('delivery-unreadable');
  });
});

describe('An archive packed with xz', () => {
  const fixtures = path.join(import.meta.dirname, 'hostile');
  const whole = path.join(fixtures, 'one-record.tar.xz');

  it('is read as it was delivered, and its hash kept', async () => {
    const { counts, files } = await preparePath(whole);
    expect(counts['records']).toBe(1);
    expect(files).toEqual([
      {
        name: 'one-record.tar.xz',
        sha256: createHash('sha256').update(readFileSync(whole)).digest('hex'),
        bytes: statSync(whole).size,
      },
    ]);
  });

  it('is known by its content under any name', async () => {
    const folder = folderWith('delivery', readFileSync(whole));
    expect((await preparePath(path.join(folder, 'delivery'))).counts['records']).toBe(1);
  });

  it('cut short or damaged is refused', async () => {
    const bytes = readFileSync(whole);
    for (const length of [10, 100, bytes.length - 30]) {
      const error = await refusalOf(folderWith('a.tar.xz', bytes.subarray(0, length)));
      expect([length, error.code]).toEqual([length, 'delivery-unreadable']);
    }
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(200) ^ 0xff, 200);
    expect((await refusalOf(folderWith('a.tar.xz', damaged))).code).toBe('delivery-unreadable');
  });

  it('that unpacks to far more than it is is refused while it unpacks', async () => {
    const bomb = path.join(fixtures, 'unpacks-to-64-megabytes.tar.xz');
    expect(statSync(bomb).size).toBeLessThan(20_000);
    const error = await refusalOf(bomb, { importBytesMax: 1_000_000 });
    expect(error.code).toBe('delivery-too-large');
  });
});

describe('What is passed over without harm', () => {
  it('are links inside the delivery, hidden files and files of other kinds, each with a reason', async () => {
    const folder = folderWith('record.xml', good);
    symlinkSync(path.join(folder, 'record.xml'), path.join(folder, 'again.xml'));
    writeFileSync(path.join(folder, '._record.xml'), 'resource fork');
    writeFileSync(path.join(folder, 'notes.md'), '# Notes');
    mkdirSync(path.join(folder, 'deeper'));
    writeFileSync(path.join(folder, 'deeper', 'same.xml'), good);
    const { findings, counts } = await preparePath(folder);
    expect(counts['records']).toBe(1);
    expect(
      findings
        .filter(({ kind }) => kind === 'file-skipped')
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(['._record.xml', 'again.xml', 'notes.md', 'record.xml']);
  });

  it('are special files in an archive', async () => {
    const packed = await tarOf([
      { name: 'pipe.xml', type: 'fifo' },
      { name: 'record.xml', content: good },
      { name: 'inner.tar', content: 'x' },
    ]);
    const { findings, counts } = await preparePath(folderWith('delivery.tar', packed));
    expect(counts['records']).toBe(1);
    expect(findings.filter(({ kind }) => kind === 'file-skipped')).toHaveLength(2);
  });
});
