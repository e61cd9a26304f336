import { hash } from 'node:crypto';
import { shared } from './terms.ts';

/**
 * How the IRIs of an installation are built. Two bases: the shared one (`https://w3id.org/isnad/`:
 * ontology, vocabularies, verses) never changes; the installation's own holds records and datasets.
 */
export interface Iris {
  /** The installation's base IRI, ending in a slash. */
  readonly base: string;
  /** `id/{type}/{localId}`: a record. */
  readonly record: (type: string, localId: string) => string;
  /** `doc/{type}/{localId}`: the document about a record. */
  readonly document: (type: string, localId: string) => string;
  /** `dataset/{slug}`: a dataset, which is also the name of its graph. */
  readonly dataset: (slug: string) => string;
  /** `commits/{sequence}`: a commit of the journal. */
  readonly commit: (sequence: number) => string;
  /** `provenance`: the read-only graph that shows the journal's metadata. */
  readonly provenance: string;
}

/** The IRI builders for an installation whose base is `base` (absolute, ending in a slash). */
export const createIris = (base: string): Iris => ({
  base,
  record: (type, localId) => `${base}id/${type}/${localId}`,
  document: (type, localId) => `${base}doc/${type}/${localId}`,
  dataset: (slug) => `${base}dataset/${slug}`,
  commit: (sequence) => `${base}commits/${sequence}`,
  provenance: `${base}provenance`,
});

const localIdAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const localIdLength = 16;

/**
 * The opaque local id of a record: deterministic from its dataset and its key in the source, so that
 * a second import of the same delivery names the same things. 80 bits of SHA-256 in Crockford base 32.
 *
 * @param dataset slug of the dataset, such as `corpus-coranicum`
 * @param recordKey key of the record in its source, starting with its type, such as
 *   `manuscript/mysql_id_15`
 */
export const localId = (dataset: string, recordKey: string): string => {
  const digest = hash('sha256', `${dataset}\n${recordKey}`, 'buffer');
  let bits = digest.readBigUInt64BE(0) * 65_536n + BigInt(digest.readUInt16BE(8));
  let id = '';
  for (let position = 0; position < localIdLength; position += 1) {
    id = localIdAlphabet.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
};

/** The shared IRI of a verse in the Kufan count: `quran/2:255`. */
export const verseIri = (sura: number, verse: number): string => `${shared.quran}${sura}:${verse}`;

/** The shared IRI of a sūra: `quran/2`. */
export const suraIri = (sura: number): string => `${shared.quran}${sura}`;

/** The shared IRI of a concept: `vocabulary/{scheme}/{concept}`. */
export const conceptIri = (scheme: string, concept: string): string =>
  `${shared.vocabulary}${scheme}/${concept}`;

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Whether `text` may name a dataset: lower-case letters, digits and inner hyphens, up to 64. */
export const isDatasetSlug = (text: string): boolean => slugPattern.test(text);
