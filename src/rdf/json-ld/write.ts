import jsonld from 'jsonld';
import type { Quad } from '../terms.ts';

/** Quads as an expanded JSON-LD document, an array of nodes and graphs. */
export const toExpanded = async (quads: readonly Quad[]): Promise<readonly object[]> =>
  jsonld.fromRDF([...quads], { useNativeTypes: false, useRdfType: false });

/** Quads as expanded JSON-LD text. */
export const writeJsonLd = async (quads: readonly Quad[]): Promise<string> =>
  `${JSON.stringify(await toExpanded(quads), undefined, 2)}\n`;
