import { IsnadError } from '../errors.ts';
import { isDatasetSlug } from '../model/iris.ts';
import type { Iris } from '../model/iris.ts';
import { dcat, dcterms, isnad, rdf, rdfs } from '../model/terms.ts';
import { isStorableIri } from '../rdf/stored-form/names.ts';
import { literal, namedNode, quad } from '../rdf/terms.ts';
import type { Literal, NamedNode, Quad } from '../rdf/terms.ts';
import { findingAt } from './findings.ts';
import type { Finding } from './findings.ts';
import type { DatasetDescription } from './import-request.ts';
import type { Publisher } from './readers/tei-map.ts';

/**
 * Checks what a dataset is said to be.
 *
 * @throws IsnadError `invalid-parameter`
 */
export const checkDataset = ({ slug, title, licence, source }: DatasetDescription): void => {
  if (!isDatasetSlug(slug))
    refuse(`"${slug}" cannot name a dataset: use lower-case letters, digits and inner hyphens.`);
  if (title.trim() === '') refuse('The dataset needs a title.');
  if (!isWebAddress(licence)) refuse(`The licence "${licence}" is not the IRI of a licence.`);
  if (source !== undefined && !isWebAddress(source))
    refuse(`The source "${source}" is not an IRI.`);
};

const refuse = (detail: string): never => {
  throw new IsnadError('invalid-parameter', detail);
};

const isWebAddress = (text: string): boolean =>
  /^https?:/.test(text) && isStorableIri(text) && URL.canParse(text);

/**
 * Fills in what the request does not say of the rights: the one publisher that all records name.
 * Where they name several, nothing is assumed.
 *
 * @param publishers each record's, repeats included or not
 */
export const withPublisher = (
  dataset: DatasetDescription,
  publishers: Iterable<Publisher>,
): { readonly dataset: DatasetDescription; readonly findings: readonly Finding[] } => {
  const names = new Set<string>();
  for (const { publisher, institution } of publishers)
    names.add([publisher, institution].filter(Boolean).join(', '));
  const [name, ...others] = names;
  const isSaid = dataset.rightsHolder !== undefined && dataset.attribution !== undefined;
  if (isSaid || name === undefined || name === '' || others.length > 0)
    return { dataset, findings: [] };
  const finding = findingAt({ file: '', record: '' }, 'rights-assumed', {
    element: 'publicationStmt',
    value: name,
    reason: 'The import does not say who holds the rights; all records name this publisher.',
  });
  return { dataset: { rightsHolder: name, attribution: name, ...dataset }, findings: [finding] };
};

/** What was changed on the way, as licences such as CC BY-SA ask to be told. */
const changes = {
  en: 'Converted from the delivered files: passages placed on verses, dates and scripts made assertions, names linked. Prose, transcriptions and images were left out.',
  ar: 'حُوِّلت من الملفات المسلَّمة: رُبطت المقاطع بالآيات، وصارت التواريخ والخطوط أقوالًا منسوبة، ورُبطت الأسماء. وتُركت النصوص الشارحة والنسخ الحرفي والصور.',
} as const;

/** The dataset's description of itself, in its own graph. */
export const datasetQuads = (dataset: DatasetDescription, iris: Iris): Quad[] => {
  const node = namedNode(iris.dataset(dataset.slug));
  const statements: [string, Literal | NamedNode | undefined][] = [
    [rdf.type, namedNode(isnad.Dataset)],
    [rdf.type, namedNode(dcat.Dataset)],
    [rdfs.label, literal(dataset.title)],
    [dcterms.title, literal(dataset.title)],
    [isnad.slug, literal(dataset.slug)],
    [dcterms.license, namedNode(dataset.licence)],
    [dcterms.rightsHolder, optional(dataset.rightsHolder)],
    [isnad.attribution, optional(dataset.attribution)],
    [dcterms.source, dataset.source === undefined ? undefined : namedNode(dataset.source)],
    [dcterms.provenance, literal(changes.en, 'en')],
    [dcterms.provenance, literal(changes.ar, 'ar')],
  ];
  return statements.flatMap(([property, value]) =>
    value === undefined ? [] : [quad(node, namedNode(property), value, node)],
  );
};

const optional = (text: string | undefined): Literal | undefined =>
  text === undefined ? undefined : literal(text);
