import { foldForMatching } from '../../src/model/names.ts';
import { conceptIri } from '../../src/model/iris.ts';
import type { FindConcept } from '../../src/import/concepts.ts';
import type { Description, Statement } from '../../src/import/described.ts';
import { mapRecord } from '../../src/import/readers/tei-map.ts';
import type { MappedRecord } from '../../src/import/readers/tei-map.ts';
import { readTei } from '../../src/import/readers/tei-document.ts';
import { readRecord } from '../../src/import/readers/tei-record.ts';
import { elementAt } from '../../src/import/readers/xml-tree.ts';

/** A record in the catalogue's shape, with the parts of interest filled in. */
export interface TeiParts {
  readonly id?: string;
  readonly title?: string;
  readonly repository?: string;
  readonly idno?: string;
  readonly summary?: string;
  readonly items?: string;
  readonly support?: string;
  readonly layout?: string;
  readonly script?: string;
  readonly date?: string;
  readonly history?: string;
  readonly recordHist?: string;
  readonly facsimile?: string;
  readonly physDesc?: string;
}

/** The TEI text of a record. */
export const teiOf = (parts: TeiParts): string => `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"${parts.id === '' ? '' : ` xml:id="${parts.id ?? 'mysql_id_1'}"`}>
<teiHeader><fileDesc>
<titleStmt><title>${parts.title ?? 'City, Library, MS 1'}</title></titleStmt>
<publicationStmt><publisher>Sample Catalogue</publisher><pubPlace><address><orgName>Sample Academy</orgName>
<addrLine><ref target="https://catalogue.example/">x</ref></addrLine></address></pubPlace></publicationStmt>
<sourceDesc><msDesc xml:lang="en">
<msIdentifier>${parts.repository ?? '<repository key="1">Library , City</repository>'}${parts.idno ?? '<idno>MS 1</idno>'}</msIdentifier>
<msContents><summary>${parts.summary ?? ''}</summary>${parts.items ?? ''}</msContents>
<physDesc><objectDesc>${parts.support ?? '<supportDesc material="parchment"><extent>Folios: 2 <dimensions unit="mm"><width>10</width><height>20</height></dimensions></extent></supportDesc>'}
<layoutDesc>${parts.layout ?? '<layout writtenLines="16"/>'}</layoutDesc></objectDesc><handDesc><handNote/></handDesc>
<scriptDesc><scriptNote>${parts.script ?? 'kūfī D.I'}</scriptNote></scriptDesc>${parts.physDesc ?? ''}</physDesc>
<history><origin><origDate>${parts.date ?? '750-900'}</origDate></origin>${parts.history ?? ''}</history>
<additional><adminInfo><recordHist>${parts.recordHist ?? ''}</recordHist><availability><p/></availability></adminInfo></additional>
</msDesc></sourceDesc></fileDesc></teiHeader>
<facsimile>${parts.facsimile ?? ''}</facsimile>
</TEI>`;

/** An entry of a page list. */
export const item = (id: string, label: string, ...keys: readonly string[]): string =>
  `<msItem xml:id="${id}" n="${label}">${keys.map((key) => `<title type="numeric" key="${key}">${key}</title>`).join('')}</msItem>`;

const concepts: Readonly<Record<string, string>> = {
  'material parchment': 'parchment',
  'script kufi d i': 'kufi-d-i',
  'script kufi d iii': 'kufi-d-iii',
  'script d iii': 'kufi-d-iii',
  'role metadata': 'metadata-editor',
};

/** Knows a handful of concepts by the words of the fixtures. */
export const findConcept: FindConcept = (scheme, words) => {
  const concept = concepts[`${scheme} ${foldForMatching(words)}`];
  return concept === undefined ? undefined : conceptIri(scheme, concept);
};

/** Maps the TEI text of a record, as the pipeline does. */
export const mapTei = (text: string, file = 'manuscript-00001.xml'): MappedRecord => {
  const read = readTei(Buffer.from(text), file);
  if (read.kind !== 'manuscript') throw new Error(`${file} is ${read.kind}`);
  return mapRecord(
    readRecord(file, read.document),
    elementAt(read.document.root, 'teiHeader'),
    findConcept,
  );
};

const keyOf = ({ subject }: Description): string =>
  'part' in subject ? `${subject.of.key}#${subject.part}` : subject.key;

const showValue = (value: Statement[1]): string =>
  'termType' in value ? value.value : 'part' in value ? `${value.of.key}#${value.part}` : value.key;

/** What a mapped record says of one thing: local names of properties, and values as text. */
export const saidOf = (mapped: MappedRecord, key: string): Record<string, string[]> => {
  const said: Record<string, string[]> = {};
  for (const description of mapped.descriptions.filter((each) => keyOf(each) === key))
    for (const [property, value] of description.statements)
      (said[property.split(/[#/]/).at(-1) ?? ''] ??= []).push(showValue(value));
  return said;
};

/** The keys of all things a mapped record describes. */
export const keysOf = (mapped: MappedRecord): readonly string[] => mapped.descriptions.map(keyOf);

/** The findings of a kind, as `element: value`. */
export const found = (mapped: MappedRecord, kind: string): readonly string[] =>
  mapped.findings
    .filter((finding) => finding.kind === kind)
    .map(({ element, value }) => `${element}: ${value}`);
