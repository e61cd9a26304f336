import type { Quad } from '../terms.ts';
import { jsonLdProcessor } from './processor.ts';

/** Quads as the text of an expanded JSON-LD document, an array of nodes and graphs. */
export const writeJsonLd = async (quads: readonly Quad[]): Promise<string> => {
  const jsonld = await jsonLdProcessor();
  const expanded: unknown = await jsonld.fromRDF([...quads], { useNativeTypes: false });
  return `${JSON.stringify(expanded, undefined, 2)}\n`;
};
