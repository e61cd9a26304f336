import { IsnadError } from '../errors.ts';

/** What the grammar of SPARQL keeps out of an IRI. */
// oxlint-disable-next-line no-control-regex -- control characters are among them
const notInIris = /[\u0000-\u0020<>"{}|^`\\]/;

/**
 * A `VALUES` clause that binds a variable to each of the IRIs: the one place where names that were
 * read or given are written into a query, which `bindTerms` cannot do for a list of any length.
 *
 * @throws IsnadError `query-failed` for text that is no IRI and could end the clause
 */
export const valuesOf = (variable: string, iris: Iterable<string>): string => {
  const terms = [...iris].map((iri) => {
    if (notInIris.test(iri)) throw new IsnadError('query-failed', 'A name here is not an IRI.');
    return `<${iri}>`;
  });
  return `VALUES ?${variable} { ${terms.join(' ')} }`;
};
