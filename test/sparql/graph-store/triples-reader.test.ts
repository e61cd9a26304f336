import { describe, expect, it } from 'vitest';
import { TriplesReader } from '../../../src/sparql/graph-store/triples-reader.ts';

const baseIri = 'http://localhost:3030/';
const graph = 'http://g.example/g';
const limits = (ms = 20_000) => ({
  deadlineAt: Date.now() + ms,
  signal: new AbortController().signal,
});
const turtle = (text: string) => ({
  parts: [{ mediaType: 'text/turtle' as const, bytes: Buffer.from(text) }],
  graph,
  baseIri,
});
const read = async (reader: TriplesReader, text: string): Promise<string> =>
  Buffer.from(await reader.read(turtle(text), limits())).toString();

describe('the reader of documents', () => {
  it('gives canonical lines of the graph, in turns', async () => {
    const reader = new TriplesReader();
    const texts = ['<s> <a:p> 05 .', '<s> <a:p> "x"@AR .', ''];
    expect(await Promise.all(texts.map((text) => read(reader, text)))).toEqual([
      `<http://g.example/s> <a:p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> <${graph}> .\n`,
      `<http://g.example/s> <a:p> "x"@ar <${graph}> .\n`,
      '',
    ]);
  });

  it('says where a text is broken, and goes on', async () => {
    const reader = new TriplesReader();
    await expect(read(reader, '<a:s> <a:p> .\n')).rejects.toMatchObject({
      code: 'rdf-syntax',
      position: { line: 1 },
    });
    expect(await read(reader, '<a:s> <a:p> 1 .')).not.toBe('');
  });

  it(
    'gives up what takes too long, or whose client is gone, and goes on',
    { timeout: 60_000 },
    async () => {
      const reader = new TriplesReader();
      const long = Array.from({ length: 400_000 }, (_, n) => `<a:s${n}> <a:p> ${n} .`).join('\n');
      await expect(reader.read(turtle(long), limits(200))).rejects.toMatchObject({
        code: 'query-timeout',
      });
      const gone = new AbortController();
      const reading = reader.read(turtle(long), { ...limits(), signal: gone.signal });
      setTimeout(() => gone.abort(new Error('gone')), 100);
      await expect(reading).rejects.toThrow('gone');
      expect(await read(reader, '<a:s> <a:p> 1 .')).not.toBe('');
    },
  );

  it('lets no more wait than there is memory for, and others once these are read', async () => {
    const reader = new TriplesReader();
    const reading = Array.from({ length: 25 }, () => read(reader, '<a:s> <a:p> 1 .'));
    const settled = await Promise.allSettled(reading);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ reason: { code: 'store-busy' } });
    expect(await read(reader, '<a:s> <a:p> 1 .')).not.toBe('');
  });

  it('knows the service’s own context, and fetches none', async () => {
    const reader = new TriplesReader();
    const jsonLd = (context: string) => ({
      parts: [
        {
          mediaType: 'application/ld+json' as const,
          bytes: Buffer.from(JSON.stringify({ '@context': context, '@id': 'a:s', 'a:p': 'x' })),
        },
      ],
      graph: '',
      baseIri,
    });
    const own = await reader.read(jsonLd(`${baseIri}context.jsonld`), limits());
    expect(Buffer.from(own).toString()).toContain('<a:s> <a:p> ');
    await expect(
      reader.read(jsonLd('http://127.0.0.1:9/context.jsonld'), limits()),
    ).rejects.toMatchObject({ code: 'remote-context' });
  });
});
