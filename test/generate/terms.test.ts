import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTurtle } from '../../src/generate/ontology/read-ontology.ts';
import { constantObject, property, quote } from '../../src/generate/ontology/literals.ts';
import { termModule } from '../../src/generate/ontology/term-module.ts';
import { ontologyProducts } from '../../src/generate/terms.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('what is generated from the ontology', () => {
  const products = ontologyProducts();

  it.each([...products.keys()])('%s is what `npm run generate -- terms` writes', (file) => {
    expect(readFileSync(path.join(root, file), 'utf8')).toBe(products.get(file));
  });

  it('is the same every time', () => {
    expect([...ontologyProducts()]).toEqual([...products]);
  });

  it('refuses an unknown generator with usage and exit code 2', () => {
    const main = path.join(root, 'src', 'generate', 'main.ts');
    const { status, stderr } = spawnSync(process.execPath, [main, 'nonsense'], {
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/no generator nonsense[\s\S]*terms/);
    expect(status).toBe(2);
  });
});

describe('the module of terms', () => {
  const own = 'https://w3id.org/isnad/ontology#';
  const file = parseTurtle(
    'a.ttl',
    `@prefix isnad: <${own}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
     @prefix v: <https://w3id.org/isnad/vocabulary/> . @prefix void: <http://rdfs.org/ns/void#> .
     @prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
     isnad:b crm:P4_has_time-span "1"^^xsd:integer , v:script . void:Dataset isnad:a isnad:b .
     <http://www.tei-c.org/ns/1.0> isnad:constantName "tei" .`,
  );
  const text = termModule([file]);

  it('has each term once, sorted, under its prefix, datatypes included', () => {
    expect(text).toContain(
      `export const isnad = {\n  a: '${own}a',\n  b: '${own}b',\n  constantName: '${own}constantName',\n}`,
    );
    expect(text).toContain("integer: 'http://www.w3.org/2001/XMLSchema#integer'");
    expect(text).toContain("'P4_has_time-span': ");
  });

  it('has no concepts, renames what TypeScript reserves, and names outside IRIs', () => {
    expect(text).not.toContain('export const v =');
    expect(text).toContain('export const voidTerms = {');
    expect(text).toContain("  tei: 'http://www.tei-c.org/ns/1.0',");
  });

  it('is refused when two files give one prefix two meanings', () => {
    const other = parseTurtle('b.ttl', '@prefix crm: <http://example.org/> .');
    expect(() => termModule([file, other])).toThrow(/b\.ttl: prefix crm/);
  });

  it('is refused, with the name of the file, when a file is not Turtle', () => {
    expect(() => parseTurtle('broken.ttl', '<a> <b>')).toThrow(/broken\.ttl is not Turtle/);
  });
});

describe('generated TypeScript', () => {
  it('quotes what needs quoting', () => {
    expect(quote("it's")).toBe('"it\'s"');
    expect(quote('a\\b')).toBe(String.raw`'a\\b'`);
    expect(quote(`'"`)).toBe(String.raw`'\'"'`);
    expect(property('a-b', "'c'", '')).toBe("'a-b': 'c',");
  });

  it('breaks a long line where the formatter would', () => {
    const long = quote('x'.repeat(100));
    expect(property('key', long, '  ')).toBe(`  key:\n    ${long},`);
    expect(constantObject('a', 'Why.', [['k', 'v']])).toBe(
      "/** Why. @public */\nexport const a = {\n  k: 'v',\n} as const;\n",
    );
  });
});
