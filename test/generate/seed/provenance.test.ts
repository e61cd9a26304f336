import { describe, expect, it } from 'vitest';
import { sourceIris, sourceWords } from '../../../src/generate/seed/provenance.ts';

const iris = (source: string): readonly string[] => sourceIris(source).map(({ turtle }) => turtle);

describe('a source cell', () => {
  it('that is only addresses gives them, and no words', () => {
    const cell = 'https://pti-medhis.csic.es/ ; http://www.euqu.eu';
    expect(iris(cell)).toEqual(['<https://pti-medhis.csic.es/>', '<http://www.euqu.eu>']);
    expect(sourceWords(cell)).toBeUndefined();
  });

  it('with more than addresses keeps its words as written, beside the address', () => {
    const cell =
      'https://en.wikipedia.org/wiki/Sanaa_manuscript; dates general knowledge, unverified';
    expect(iris(cell)).toEqual(['<https://en.wikipedia.org/wiki/Sanaa_manuscript>']);
    expect(sourceWords(cell)?.turtle).toBe(`"${cell}"`);
  });

  it('keeps what belongs to an address, such as semicolons and commas inside it', () => {
    const museum = 'http://islamicart.museumwnf.org/database_item.php?id=object;ISL;tn;Mus01;2;en';
    const article = 'http://www.mehdi-azaiez.org/The-Qur-an-Text-Interpretation,463';
    expect(iris(museum)).toEqual([`<${museum}>`]);
    expect(iris(article)).toEqual([`<${article}>`]);
  });

  it('that names a published file gives an address of the state that was read', () => {
    const cell = 'telota/corpus-coranicum-tei data/quran_manuscripts/manuscript-00013.xml';
    const [address = ''] = iris(cell);
    expect(address).toMatch(
      /\/blob\/[0-9a-f]{40}\/data\/quran_manuscripts\/manuscript-00013\.xml>$/,
    );
    expect(sourceWords(cell)).toBeUndefined();
  });

  it('that says “general knowledge, unverified” goes on saying so', () => {
    const cell = 'general knowledge, unverified';
    expect(iris(cell)).toEqual([]);
    expect(sourceWords(cell)?.turtle).toBe(`"${cell}"`);
  });
});
