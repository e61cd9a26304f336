import type { FindConcept } from '../concepts.ts';
import { mapRecord } from '../readers/tei-map.ts';
import type { MappedRecord } from '../readers/tei-map.ts';
import { readRecord } from '../readers/tei-record.ts';
import { elementAt } from '../readers/xml-tree.ts';
import type { XmlDocument } from '../readers/xml-tree.ts';

/** Maps one manuscript's document to descriptions, findings and links. */
export const mapManuscript = (
  file: string,
  document: XmlDocument,
  findConcept: FindConcept,
): MappedRecord =>
  mapRecord(readRecord(file, document), elementAt(document.root, 'teiHeader'), findConcept);
