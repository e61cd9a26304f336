import { Store } from 'oxigraph';
import { canonize } from 'rdf-canonize';
import type { RdfMediaType } from '../../src/rdf/media-types.ts';

/**
 * N-Quads in the engine's spelling with blank nodes named alike, so that two texts that say the same
 * become equal.
 */
export const comparable = (
  text: string,
  format: RdfMediaType,
  baseIri: string,
): Promise<string> => {
  const store = new Store();
  store.load(text, { format, base_iri: baseIri });
  return canonize(store.dump({ format: 'application/n-quads' }), {
    algorithm: 'RDFC-1.0',
    inputFormat: 'application/n-quads',
  });
};
