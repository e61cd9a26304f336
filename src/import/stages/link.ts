import { isnad } from '../../model/terms.ts';
import type { Description, Statement } from '../described.ts';
import { findingAt } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { mapInstitution, mapUnlistedHolder, mapWordedPlace } from '../readers/tei-holders.ts';
import { wordedPlace } from '../readers/tei-history.ts';
import type { MappedRecord, Publisher } from '../readers/tei-map.ts';
import type { TeiInstitution } from '../readers/tei-places.ts';
import type { Reference } from '../readers/tei-references.ts';

/** Joins what the files of a delivery say of each other. */
export interface Linker {
  /**
   * Takes a record's links.
   *
   * @returns whether the record is new; a second one of the same identifier is left out, with a finding
   */
  readonly acceptRecord: (file: string, mapped: MappedRecord) => boolean;
  readonly acceptInstitutions: (institutions: readonly TeiInstitution[]) => void;
  /** What holds between the records, once all are read. */
  readonly finish: () => Linked;
}

export interface Linked {
  readonly descriptions: readonly Description[];
  readonly findings: readonly Finding[];
  /** Every publisher that the records name, once. */
  readonly publishers: readonly Publisher[];
}

interface HolderUse {
  readonly words: string;
  readonly file: string;
  readonly record: string;
}

/** A linker for one delivery. */
export const createLinker = (): Linker => {
  const records = new Map<string, string>();
  const references: Reference[] = [];
  const holders = new Map<string, HolderUse>();
  const places = new Set<string>();
  const institutions = new Map<string, TeiInstitution>();
  const publishers = new Map<string, Publisher>();
  const findings: Finding[] = [];

  const tellRepeated = (file: string, record: string, element: string, first: string): void => {
    const reason = `${first} has the same identifier and was read first.`;
    findings.push(
      findingAt({ file, record }, 'record-repeated', { element, value: record, reason }),
    );
  };

  return {
    acceptRecord: (file, { record, manuscript, links, publisher }) => {
      const first = records.get(manuscript.key);
      if (first !== undefined) {
        tellRepeated(file, record, 'TEI/@xml:id', first);
        return false;
      }
      records.set(manuscript.key, file);
      publishers.set(JSON.stringify(publisher), publisher);
      references.push(...links.references);
      links.places.forEach((place) => places.add(place));
      if (links.holder && !holders.has(links.holder.key))
        holders.set(links.holder.key, { words: links.holder.words, file, record });
      return true;
    },
    acceptInstitutions: (list) => {
      for (const institution of list) {
        const first = institutions.get(institution.key);
        if (first) tellRepeated(institution.file, institution.key, 'item', first.file);
        else institutions.set(institution.key, institution);
      }
    },
    finish: () => {
      const listed = [...institutions.values()].map(mapInstitution);
      const unlisted = [...holders].filter(([key]) => !institutions.has(key));
      const known = references.filter(({ to }) => records.has(to.key));
      const unknown = references.filter(({ to }) => !records.has(to.key));
      return {
        descriptions: [
          ...listed.flatMap(({ descriptions }) => descriptions),
          ...unlisted.flatMap(([key, { words }]) => mapUnlistedHolder(key, words)),
          ...[...places].map((words) => mapWordedPlace(wordedPlace(words), words)),
          ...referenceDescriptions(known),
        ],
        findings: [
          ...findings,
          ...listed.flatMap((institution) => institution.findings),
          ...unlisted.map(tellUnlisted),
          ...unknown.map((reference) => reference.unknown),
        ],
        publishers: [...publishers.values()],
      };
    },
  };
};

const tellUnlisted = ([key, { words, file, record }]: readonly [string, HolderUse]): Finding =>
  findingAt({ file, record }, 'holder-unknown', {
    element: 'repository/@key',
    value: key,
    reason: `No list of places in the delivery has it; this is the first record that names it: ${words}`,
  });

const referenceDescriptions = (references: readonly Reference[]): Description[] =>
  [...Map.groupBy(references, ({ from }) => from.key).values()].flatMap((same) => {
    const [first] = same;
    const statements = same.map(({ to }): Statement => [isnad.refersTo, to]);
    return first ? [{ subject: first.from, statements }] : [];
  });
