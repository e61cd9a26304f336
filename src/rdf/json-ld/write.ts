import jsonld from 'jsonld';
import type { Quad } from '../terms.ts';

/** Quads as the text of an expanded JSON-LD document, an array of nodes and graphs. */
export const writeJsonLd = async (quads: readonly Quad[]): Promise<string> => {
  const expanded: unknown = await jsonld.fromRDF([...quads], { useNativeTypes: false });
  return `${JSON.stringify(expanded, undefined, 2)}\n`;
};
