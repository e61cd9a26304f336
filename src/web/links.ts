import { shared } from '../model/terms.ts';
import { href, type PageContext } from './page.ts';

/** Parts of an installation that answer at the address their IRI spells. */
const ownPaths = /^(?:id|dataset|commits)\//;

/**
 * Where a link to an IRI leads: to the path of this service that describes it (whatever host it is
 * served under; data keeps its IRIs), else to the IRI itself if it is an http(s) address. Nothing
 * else becomes a link, so no `javascript:` from data can be clicked.
 */
export const linkTo = (context: PageContext, iri: string): string | undefined => {
  const path = pathOf(context, iri);
  if (path !== undefined) return href(context, path);
  const isOurs = iri.startsWith(shared.base) || iri.startsWith(context.iris.base);
  return isWebAddress(iri) && !isOurs ? iri : undefined;
};

/** The path of this service that describes an IRI: records, datasets, sūras and verses have one. */
const pathOf = ({ iris }: PageContext, iri: string): string | undefined => {
  if (iri.startsWith(iris.base)) {
    const rest = iri.slice(iris.base.length);
    return ownPaths.test(rest) ? `/${rest}` : undefined;
  }
  const place = iri.startsWith(shared.quran) ? iri.slice(shared.quran.length) : '';
  return /^\d{1,3}(?::\d{1,3})?$/.test(place) ? `/quran/${place}` : undefined;
};

const isWebAddress = (iri: string): boolean => {
  const url = URL.parse(iri);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
};
