/**
 * Resolves an IRI reference against a base (RFC 3986 §5.2), leaving every character as written:
 * `URL` would percent-encode Arabic letters and so name another thing.
 */
const components =
  /^(?:([A-Za-z][A-Za-z0-9+\-.]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;

interface Parts {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const split = (iri: string): Parts => {
  const [, scheme, authority, path = '', query, fragment] = components.exec(iri) ?? [];
  return { scheme, authority, path, query, fragment };
};

const join = ({ scheme, authority, path, query, fragment }: Parts): string =>
  [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path,
    query === undefined ? '' : `?${query}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('');

const removeDotSegments = (path: string): string => {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (isLast) kept.push('');
    } else if (segment !== '.') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return kept.join('/');
};

const mergePaths = (base: Parts, path: string): string =>
  base.authority !== undefined && base.path === ''
    ? `/${path}`
    : base.path.slice(0, base.path.lastIndexOf('/') + 1) + path;

/** The IRI that `reference` means when written in a document whose base is `base`. */
export const resolveIri = (reference: string, base: string): string => {
  const wanted = split(reference);
  if (wanted.scheme !== undefined) return join({ ...wanted, path: removeDotSegments(wanted.path) });
  const from = split(base);
  if (wanted.authority !== undefined)
    return join({ ...wanted, scheme: from.scheme, path: removeDotSegments(wanted.path) });
  const { scheme, authority } = from;
  if (wanted.path === '')
    return join({ ...from, query: wanted.query ?? from.query, fragment: wanted.fragment });
  const path = wanted.path.startsWith('/') ? wanted.path : mergePaths(from, wanted.path);
  return join({ ...wanted, scheme, authority, path: removeDotSegments(path) });
};
