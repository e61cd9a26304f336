import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import type { RdfMediaType } from '../../src/rdf/media-types.ts';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf, type ParseOptions } from '../../src/rdf/parse.ts';
import { comparable } from './same-graph.ts';

const baseIri = 'http://base.example/dir/file';
const parse = (
  text: string | Uint8Array,
  mediaType: RdfMediaType,
  more: Partial<ParseOptions> = {},
) => parseRdf(text, { mediaType, baseIri, ...more });

const failure = async (text: string | Uint8Array, mediaType: RdfMediaType): Promise<IsnadError> => {
  try {
    await parse(text, mediaType);
  } catch (error) {
    if (error instanceof IsnadError) return error;
    throw error;
  }
  throw new Error('It was read without an error.');
};

const ours = async (text: string, mediaType: RdfMediaType): Promise<string> =>
  comparable(toNQuads(await parse(text, mediaType)), 'application/n-quads', baseIri);
const engine = (text: string, mediaType: RdfMediaType): Promise<string> =>
  comparable(text, mediaType, baseIri);

describe('reading RDF', () => {
  const formats: readonly [RdfMediaType, string][] = [
    ['text/turtle', '<a> <#b> [ <c> ("x"@ar-Latn 2 true) ] .'],
    ['application/n-triples', '<http://a/> <http://b/> _:x .\n_:x <http://b/> "\\u0642" .'],
    ['application/trig', '<g> { <a> <b> "c" . } <x> <y> _:z .'],
    ['application/n-quads', '<http://a/> <http://b/> "x" <http://g/> .'],
    [
      'application/ld+json',
      '{"@context":{"@vocab":"http://v/"},"@id":"a","b":[{"c":1.5},"x",{"@value":"ق","@language":"ar"}]}',
    ],
  ];
  it.each(formats)('says the same as the engine for %s', async (mediaType, text) => {
    expect(await ours(text, mediaType)).toBe(await engine(text, mediaType));
  });

  it('labels blank nodes by their order, so that reading twice gives the same quads', async () => {
    const text = '[ <b> [ <c> _:mine ] ] <b> _:other .';
    const [first, second] = [await parse(text, 'text/turtle'), await parse(text, 'text/turtle')];
    expect(toNQuads(first)).toBe(toNQuads(second));
    expect(toNQuads(first)).toContain('_:b1 ');
  });

  it('keeps an explicit label apart from a label the parser makes up', async () => {
    const quads = await parse('_:b1 <b> [] . [] <c> _:n3-0 . _:b0 <d> _:b2 .', 'text/turtle');
    const labels = quads.flatMap(({ subject, object }) => [subject.value, object.value]);
    expect(new Set(labels).size).toBe(6);
  });

  it('puts triples without a graph into the graph asked for, and leaves the others', async () => {
    const quads = await parse('<a> <b> <c> . <g> { <a> <b> <d> }', 'application/trig', {
      graph: 'http://mine.example/',
    });
    expect(quads.map(({ graph }) => graph.value).toSorted()).toEqual([
      'http://base.example/dir/g',
      'http://mine.example/',
    ]);
  });

  it.each([
    ['text/turtle', '<a> <b> <c> .\n<a> <b> oops .', 2],
    ['application/n-quads', '<http://a/> <http://b/> "x" .\n\n<http://a/> "p" "x" .', 3],
    ['application/trig', '<g> { <a>\n<b> }', 2],
    [
      'application/rdf+xml',
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<b>',
      2,
    ],
    ['application/ld+json', '{"@id":\n "a",,}', 2],
  ] as const)('names the line of a mistake in %s', async (mediaType, text, line) => {
    const error = await failure(text, mediaType);
    expect(error.code).toBe('rdf-syntax');
    expect(error.position?.line).toBe(line);
  });

  it('names the file with the mistake when it knows it', async () => {
    const reading = parse('oops', 'text/turtle', { file: 'seed/x.ttl' });
    await expect(reading).rejects.toMatchObject({
      code: 'rdf-syntax',
      position: { file: 'seed/x.ttl', line: 1 },
      message: expect.stringContaining('seed/x.ttl'),
    });
  });

  it('refuses bytes that are not UTF-8', async () => {
    const error = await failure(Uint8Array.from([0x3c, 0xff]), 'text/turtle');
    expect(error).toMatchObject({ code: 'rdf-syntax', message: 'The text is not UTF-8.' });
  });

  it('survives any text in any format with a named error at most', async () => {
    const mediaType = fc.constantFrom(
      ...formats.map(([type]) => type),
      'application/rdf+xml' as const,
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '<a>',
            '"',
            '@',
            '_:',
            '[',
            ']',
            '(',
            '{',
            '}',
            '.',
            ';',
            '\n',
            '<<(',
            '^^',
            '🙂',
            'a:',
          ),
        )
        .map((parts) => parts.join('')),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(mediaType, text, async (type, input) => {
        const outcome = await parse(input, type).then(
          () => 'read',
          (error: unknown) => (error instanceof IsnadError ? error.code : error),
        );
        expect(['read', 'rdf-syntax', 'remote-context', 'delivery-unsafe']).toContain(outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('reads Turtle nested very deep without falling over', async () => {
    const depth = 20_000;
    const text = `<a> <b> ${'[ <b> '.repeat(depth)}<c>${' ]'.repeat(depth)} .`;
    expect(await parse(text, 'text/turtle')).toHaveLength(depth + 1);
  });
});

const document = (naming: unknown) =>
  JSON.stringify({ '@context': naming, '@id': 'http://a/', name: 'ق' });

describe('reading JSON-LD', () => {
  const context = 'https://w3id.org/isnad/context.jsonld';

  it('knows the contexts it is given', async () => {
    const contexts = new Map([[context, { '@context': { name: 'http://v/name' } }]]);
    const quads = await parse(document(context), 'application/ld+json', { contexts });
    expect(toNQuads(quads)).toBe('<http://a/> <http://v/name> "ق" .\n');
  });

  it.each(['http://169.254.169.254/latest', 'file:///etc/passwd', 'relative.jsonld', context])(
    'never fetches %s',
    async (url) => {
      const error = await failure(
        document(['http://other.example/', url].slice(1)),
        'application/ld+json',
      );
      expect(error.code).toBe('remote-context');
      expect(error.message).toContain(url);
    },
  );

  it('says which key would be lost', async () => {
    const error = await failure('{"@id":"http://a/","unknownKey":1}', 'application/ld+json');
    expect(error.code).toBe('rdf-syntax');
    expect(error.message).toContain('unknownKey');
  });

  it('refuses nesting that would exhaust the reader', async () => {
    const depth = 3000;
    const error = await failure(
      `${'{"@graph":['.repeat(depth)}${']}'.repeat(depth)}`,
      'application/ld+json',
    );
    expect(error.message).toContain('nested deeper');
  });
});
