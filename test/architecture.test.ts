import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The table of allowed imports is the architecture diagram: a file's row is the longest prefix of
 * its path. `ours` names the rooms it may import besides its own, `packages` the outside packages.
 * Imports point one way: http, cli, web → catalogue, sparql, import → search, store (the port) →
 * rdf → model.
 */
interface Row {
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

const base = ['errors.ts', 'model'];
const port = [
  'store/store.ts',
  'store/time.ts',
  'store/care.ts',
  'store/watch.ts',
  'store/update-operations.ts',
  'rdf',
  'threads.ts',
  'turns.ts',
  ...base,
];

const mayImport: Record<string, Row> = {
  'start.ts': { ours: ['main.ts'], packages: ['node:*'] },
  'main.ts': {
    ours: [
      'serve.ts',
      'settings.ts',
      'log.ts',
      'cli',
      'http',
      'catalogue',
      'import',
      'search',
      'sparql',
      'store',
      ...port,
    ],
    packages: ['node:*'],
  },
  'serve.ts': {
    ours: [
      'settings.ts',
      'log.ts',
      'access',
      'cli',
      'http',
      'http/metrics',
      'search',
      'sparql',
      ...port,
    ],
    packages: ['node:*'],
  },
  'settings.ts': { ours: ['errors.ts'], packages: ['zod'] },
  'errors.ts': { ours: [], packages: [] },
  'threads.ts': { ours: [], packages: ['node:*'] },
  'turns.ts': { ours: ['errors.ts'], packages: [] },
  // Tokens: who may do what. The files of the data directory are written under the store's lock.
  access: { ours: base, packages: ['zod', 'node:*'] },
  'log.ts': { ours: ['settings.ts'], packages: ['pino'] },
  http: {
    ours: [
      'settings.ts',
      'log.ts',
      'access',
      'http/metrics',
      'web',
      'catalogue',
      'sparql',
      'import',
      'search',
      ...port,
    ],
    packages: ['express', 'helmet', 'compression', 'zod', 'node:*'],
  },
  'http/metrics': {
    ours: ['http/observe-requests.ts', 'sparql', ...port],
    packages: ['prom-client', 'node:*'],
  },
  cli: {
    ours: ['settings.ts', 'access', 'catalogue', 'sparql', 'import', 'search', ...port],
    packages: ['commander', 'node:*'],
  },
  web: {
    ours: ['catalogue', 'search', 'store/time.ts', 'rdf', ...base],
    packages: ['preact', 'htm', 'preact-render-to-string'],
  },
  catalogue: { ours: ['search', 'sparql', ...port], packages: ['zod', 'node:*'] },
  sparql: {
    ours: ['search', ...port],
    packages: [
      '@traqula/parser-sparql-1-1',

      '@traqula/generator-sparql-1-1',
      'node:*',
    ],
  },
  'sparql/federate': {
    ours: ['sparql', ...port],
    packages: ['@comunica/query-sparql', 'node:*'],
  },
  import: {
    ours: ['import/readers', 'search', ...port],
    packages: ['shacl-engine', '@rdfjs/types', 'node:*'],
  },
  'import/readers': {
    ours: ['import', 'rdf', 'threads.ts', ...base],
    packages: ['saxes', 'tar-stream', 'xz-decompress', 'n3', 'jsonld', 'rdflib', 'node:*'],
  },
  search: { ours: port, packages: ['node:*'] },
  'store/store.ts': { ours: ['rdf/media-types.ts', 'store/update-operations.ts'], packages: [] },
  'store/update-operations.ts': { ours: [], packages: [] },
  'store/time.ts': { ours: ['store/store.ts', 'turns.ts'], packages: [] },
  store: { ours: port, packages: ['node:*'] },
  'store/care.ts': { ours: ['store/store.ts'], packages: [] },
  'store/watch.ts': { ours: ['store/store.ts', 'store/engine/pool/status.ts'], packages: [] },
  'store/backup': { ours: ['store', ...port], packages: ['zod', 'node:*'] },
  // Where journal and engines meet; neither knows the other's writing side.
  'store/embedded.ts': { ours: ['store', 'store/engine', ...port], packages: ['node:*'] },
  'store/embedded-store.ts': { ours: ['store', 'store/engine', ...port], packages: [] },
  'store/start-engines.ts': { ours: ['store', 'store/engine', ...port], packages: ['node:*'] },
  'store/canary.ts': { ours: ['store', 'store/engine', ...port], packages: ['node:*'] },
  'store/publisher.ts': { ours: ['store', 'store/engine', ...port], packages: [] },
  'store/committer.ts': { ours: ['store', 'store/engine', ...port], packages: [] },
  'store/engine': { ours: ['store', ...port], packages: ['oxigraph', 'node:*'] },
  rdf: { ours: base, packages: ['n3', 'jsonld', 'saxes', '@rdfjs/types', 'node:*'] },
  // Pure: no input or output, no clock, no environment. Hashing is a pure function.
  model: { ours: ['errors.ts'], packages: ['node:crypto'] },
  // Makes checked-in files (terms, Qur'an structure, seed data) from their sources; never served.
  generate: {
    ours: ['import', 'rdf', ...base],
    packages: ['csv-parse', 'saxes', 'n3', '@rdfjs/types', 'node:*'],
  },
};

/** Static and bare imports, re-exports, dynamic imports, resolved names, and workers started from a file. */
const specifiers = [
  /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])([^'"]+)\1/gm,
  /\bimport\s*\(\s*(['"`])([^'"`]+)\1/g,
  /\bimport\.meta\.resolve\(\s*(['"`])([^'"`]+)\1/g,
  /\bnew URL\(\s*(['"`])(\.[^'"`$]+)/g,
];
const isUnder = (file: string, prefix: string): boolean =>
  file === prefix || file.startsWith(`${prefix}/`);
const homeOf = (file: string): string | undefined =>
  Object.keys(mayImport)
    .filter((prefix) => isUnder(file, prefix))
    .toSorted((a, b) => b.length - a.length)[0];
const packageOf = (target: string): string =>
  target.split('/', target.startsWith('@') ? 2 : 1).join('/');
const allowsPackage = (row: Row, target: string): boolean =>
  row.packages.includes(packageOf(target)) ||
  (target.startsWith('node:') &&
    target !== 'node:sqlite' &&
    (row.packages.includes('node:*') || row.packages.includes(target)));
/** The only files that may open SQLite: the directory lock, and the index of the history. */
const sqliteFiles = ['store/journal/lock.ts', 'store/history/index-database.ts'];

/** Source text without its comments, which may speak of imports and IRIs. */
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*/g, '');

const violations = (files: readonly { path: string; text: string }[]): string[] =>
  files.flatMap(({ path: file, text }) => {
    const home = homeOf(file);
    const row = home === undefined ? undefined : mayImport[home];
    if (!row) return [`${file} has no row in the table`];
    const code = withoutComments(text);
    const found = specifiers.flatMap((pattern) => [...code.matchAll(pattern)]);
    return found.flatMap(([, , target = '']) => {
      if (target === 'node:sqlite' && sqliteFiles.includes(file)) return [];
      if (!target.startsWith('.'))
        return allowsPackage(row, target) ? [] : [`${file} must not import ${target}`];
      const to = path.posix.join(path.posix.dirname(file), target);
      return homeOf(to) === home || row.ours.some((prefix) => isUnder(to, prefix))
        ? []
        : [`${file} must not import ${to}`];
    });
  });

const root = path.join(import.meta.dirname, '..', 'src');
const sources = globSync('**/*.ts', { cwd: root }).map((file) => ({
  path: file.split(path.sep).join('/'),
  text: readFileSync(path.join(root, file), 'utf8'),
}));

describe('the walls of the house', () => {
  it('are kept by every source file', () => {
    expect(sources.length).toBeGreaterThan(3);
    expect(violations(sources)).toEqual([]);
  });

  const mustBeStopped = [
    "import { x } from '../http/a.ts'",
    "import {\n  x,\n} from '../http/a.ts'",
    "import type { X } from '../store/engine/a.ts'",
    "import '../http/a.ts'",
    "await import('../http/a.ts')",
    'await import(`../http/a.ts`)',
    "export * from '../http/a.ts'",
    "new Worker(new URL('../store/engine/a.ts', import.meta.url))",
    'new Worker(new URL(`../store/engine/worker${suffix}`, import.meta.url))',
    "readFile(import.meta.resolve('oxigraph/web_bg.wasm'))",
    "import oxigraph from 'oxigraph'",
    "import { readFileSync } from 'node:fs'",
    "import { DatabaseSync } from 'node:sqlite'",
  ];
  it.each(mustBeStopped)('stop a planted violation: %s', (text) => {
    expect(violations([{ path: 'model/planted.ts', text }])).toHaveLength(1);
  });

  it('keep express in http, oxigraph in the engine, SQLite in the named files', () => {
    const planted = [
      { path: 'catalogue/a.ts', text: "import express from 'express'" },
      { path: 'store/journal/a.ts', text: "import { Store } from 'oxigraph'" },
      { path: 'search/a.ts', text: "import { DatabaseSync } from 'node:sqlite'" },
      { path: 'sparql/a.ts', text: "import { QueryEngine } from '@comunica/query-sparql'" },
      { path: 'nowhere/a.ts', text: '' },
    ];
    expect(violations(planted)).toHaveLength(planted.length);
  });

  it('have compressors made in few places, so that no thread is torn off while it makes one', () => {
    const makers = sources
      .filter(
        ({ text }) =>
          /from 'node:zlib'/.test(text) && !/^import \{ crc32 \} from 'node:zlib'/m.test(text),
      )
      .map(({ path: file }) => file);
    expect(makers.toSorted()).toEqual([
      'import/readers/delivery-archive.ts',
      'store/journal/payload.ts',
      'store/journal/zstd.ts',
    ]);
  });

  it('have no file or folder named after nothing', () => {
    const vague = /(^|\/)(utils?|helpers?|common|managers?)(\/|\.|-|$)/;
    expect(sources.map(({ path: file }) => file).filter((file) => vague.test(file))).toEqual([]);
  });

  it('hold no IRI literal outside generated terms', () => {
    // A local address and one put together from settings are no IRIs of a vocabulary.
    const iri = /['"`]https?:\/\/(?!localhost|127\.0\.0\.1|\$\{)/;
    expect(iri.test("const x = 'http://example.org/x'")).toBe(true);
    const generated = new Set(['model/terms.ts']);
    const offenders = sources
      .filter(({ path: file }) => !generated.has(file) && !file.startsWith('generate/'))
      .filter(({ text }) => iri.test(withoutComments(text)))
      .map(({ path: file }) => file);
    expect(offenders).toEqual([]);
  });
});
