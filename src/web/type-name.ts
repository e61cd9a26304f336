import { recordTypes, type RecordTypeName } from '../model/record-types.ts';
import type { PageContext } from './page.ts';
import { shortName } from './sources-view.ts';

/** The name of a class: for a record type as the ontology labels it, else the end of its IRI. */
export const typeName = ({ words }: PageContext, type: string): string =>
  recordTypes.find(({ iri }) => iri === type)?.label[words.language] ?? shortName(type);

/** The name of many records of a type, such as `Former codices`. Arabic counts with the singular. */
export const collectionName = ({ words }: PageContext, type: RecordTypeName): string => {
  const found = recordTypes.find(({ name }) => name === type);
  if (found === undefined) return type;
  if (words.language === 'ar') return found.label.ar;
  const plural = found.collectionName.replaceAll('-', ' ');
  return `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
};
