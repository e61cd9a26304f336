import type { Request, Response } from 'express';
import { IsnadError } from '../errors.ts';
import type { Alternate } from '../web/page.ts';

/** A form in which something that is no RDF document can be had. */
export interface View {
  /** What `?format=` calls it. */
  readonly format: 'json' | 'html' | 'patch';
  readonly mediaType: string;
  readonly name: string;
}

export const jsonView: View = { format: 'json', mediaType: 'application/json', name: 'JSON' };
export const htmlView: View = { format: 'html', mediaType: 'text/html', name: 'HTML' };
/** RDF Patch: https://afs.github.io/rdf-delta/rdf-patch.html */
export const patchView: View = {
  format: 'patch',
  mediaType: 'application/rdf-patch',
  name: 'RDF Patch',
};

/**
 * The form a request asks for, by `?format=` or Accept; the first one is for who takes anything.
 *
 * @throws IsnadError `not-acceptable`, naming what there is
 */
export const chooseView = (request: Request, views: readonly View[]): View => {
  const asked = request.query['format'];
  const accepted = request.accepts(views.map(({ mediaType }) => mediaType));
  const found =
    typeof asked === 'string' && asked !== ''
      ? views.find(({ format, mediaType }) => asked === format || asked === mediaType)
      : views.find(({ mediaType }) => mediaType === accepted);
  if (found) return found;
  throw new IsnadError('not-acceptable', 'This cannot be had in the format asked for.', {
    extra: { allowed: views.map(({ mediaType }) => mediaType) },
  });
};

/** Where the same thing lies in its other forms, told in the answer's Link headers too. */
export const linkViews = (
  request: Request,
  response: Response,
  views: readonly View[],
): Alternate[] => {
  const alternates = views
    .filter((view) => view !== htmlView)
    .map(({ name, mediaType, format }) => {
      const parameters = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
      parameters.delete('lang');
      parameters.set('format', format);
      return { name, mediaType, path: `${request.path}?${parameters}` };
    });
  for (const { mediaType, path } of alternates)
    response.append('Link', `<${path}>; rel="alternate"; type="${mediaType}"`);
  return alternates;
};
