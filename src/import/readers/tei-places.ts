import { elementAt, elementsAt, textOf } from './xml-tree.ts';
import type { XmlDocument, XmlElement } from './xml-tree.ts';

/** An institution of the authority list, as written. */
export interface TeiInstitution {
  readonly file: string;
  /** `repository_2` */
  readonly key: string;
  readonly name: string;
  readonly settlement: string;
  readonly country: string;
  /** `longitude latitude`, the reverse of what TEI says. */
  readonly coordinates: string;
  /** `geoname_6944099`, or `geoname_` where none is known. */
  readonly geonames: string;
}

/** Takes the institutions out of the list of places. Items without identifier are left aside. */
export const readInstitutions = (file: string, { root }: XmlDocument): readonly TeiInstitution[] =>
  elementsAt(root, 'text/body/list/item').flatMap((item) => {
    const key = item.attributes['xml:id'];
    return key === undefined ? [] : [readInstitution(file, key, item)];
  });

const readInstitution = (file: string, key: string, item: XmlElement): TeiInstitution => ({
  file,
  key,
  name: textOf(elementAt(item, 'title')),
  settlement: textOf(elementAt(item, 'address/settlement')),
  country: textOf(elementAt(item, 'address/country')),
  coordinates: textOf(elementAt(item, 'geo')),
  geonames: elementAt(item, 'title')?.attributes['key'] ?? '',
});
