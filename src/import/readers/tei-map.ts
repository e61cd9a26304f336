import type { FindConcept } from '../concepts.ts';
import type { Description, RecordRef } from '../described.ts';
import { findingAt } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { mapDates } from './tei-dates.ts';
import { createDraft } from './tei-draft.ts';
import { mapContributors, mapDigitisation, mapProvenance } from './tei-history.ts';
import { mapHolder, mapIdentity } from './tei-identity.ts';
import { mapPages } from './tei-pages.ts';
import { mapPhysical } from './tei-physical.ts';
import { collectReferences, idPrefix } from './tei-references.ts';
import type { Reference } from './tei-references.ts';
import type { TeiRecord } from './tei-record.ts';
import { mapScripts } from './tei-scripts.ts';
import { tellUnread } from './tei-unread.ts';
import type { XmlElement } from './xml-tree.ts';

/** The mapping's name and version, kept in the commit. Raise the version when the output changes. */
export const teiMapping = { name: 'tei-corpus-coranicum', version: '1.0.0' } as const;

/** What one manuscript's file yields. */
export interface MappedRecord {
  /** The record's identifier in its source. */
  readonly record: string;
  readonly manuscript: RecordRef;
  readonly descriptions: readonly Description[];
  readonly findings: readonly Finding[];
  /** What must be joined with the rest of the delivery. */
  readonly links: {
    readonly references: readonly Reference[];
    /** Key of the institution in the list of places, and the words of the record for it. */
    readonly holder: { readonly key: string; readonly words: string } | undefined;
    readonly places: readonly string[];
  };
  readonly publisher: Publisher;
  readonly counts: Readonly<Record<string, number>>;
}

/** Who published a record, as it says itself. */
export interface Publisher {
  readonly publisher: string;
  readonly institution: string;
}

/** Word-processor styles that were pasted into descriptions. */
const styling = /MsoNormal|mso-[a-z]+-[a-z]+\s*:/;

/**
 * Maps one record to descriptions, findings and links. Pure: the same record gives the same result.
 *
 * @param header the record's `teiHeader`, to tell what the mapping does not know
 */
export const mapRecord = (
  record: TeiRecord,
  header: XmlElement | undefined,
  findConcept: FindConcept,
): MappedRecord => {
  const id = identify(record);
  const draft = createDraft({
    manuscript: { type: 'manuscript', key: `manuscript/${id}` },
    place: { file: record.file, record: id },
    findConcept,
    publisher: record.publisher,
    sourcePage: sourcePageOf(record),
  });
  if (record.id === undefined)
    draft.find('record-unnamed', {
      element: 'TEI',
      value: id,
      reason: 'The root has no xml:id.',
    });
  mapIdentity(record, draft);
  const holder = mapHolder(record, draft);
  mapPhysical(record, draft);
  mapScripts(record, draft);
  mapDates(record, draft);
  const places = mapProvenance(record, draft);
  mapDigitisation(record, draft);
  mapContributors(record, draft);
  mapPages(record, draft);
  tellUnread(header, draft);
  const [styled] = styling.exec(record.description) ?? [];
  if (styled !== undefined)
    draft.find('styled-text', {
      element: 'summary',
      value: styled,
      reason: 'The description holds style definitions of a word processor.',
    });
  return {
    record: id,
    manuscript: draft.manuscript,
    descriptions: draft.descriptions(),
    findings: draft.findings(),
    links: {
      references: collectReferences(record, draft),
      holder:
        holder === undefined ? undefined : { key: holder, words: record.repository?.text ?? '' },
      places,
    },
    publisher: { publisher: record.publisher, institution: record.institution },
    counts: {
      pages: record.pages.length,
      images: record.images.addressed,
      prose: record.description === '' ? 0 : 1,
      transcriptions: record.transcribed ? 1 : 0,
      languageMarks: record.languageMark === undefined ? 0 : 1,
    },
  };
};

/** The record's identifier; without one its shelfmark, else its file name. */
const identify = ({ id, shelfmarks, file }: TeiRecord): string => {
  if (id !== undefined && id !== '') return id;
  const [shelfmark] = shelfmarks;
  return shelfmark ?? (file.split('/').at(-1) ?? file).replace(/\.\w+$/, '');
};

/** The record's page at the source: `{site}en/manuscripts/15`. */
const sourcePageOf = ({ id, site }: TeiRecord): string | undefined => {
  const number = id?.startsWith(idPrefix) ? id.slice(idPrefix.length) : '';
  if (site === undefined || !/^\d+$/.test(number) || !URL.canParse(site)) return undefined;
  const { protocol } = new URL(site);
  return protocol === 'https:' || protocol === 'http:'
    ? new URL(`en/manuscripts/${number}`, site.endsWith('/') ? site : `${site}/`).href
    : undefined;
};

/** What the mapping leaves out by rule in the whole delivery, told once. */
export const tellLeftOut = (counts: Readonly<Record<string, number>>): readonly Finding[] => {
  const rows = [
    ['left-out', 'summary', 'prose', 'descriptions quote printed catalogues at length'],
    ['left-out', 'text/body', 'transcriptions', 'transcriptions of the text of the Qur’an'],
    [
      'left-out',
      'facsimile/surface/graphic',
      'images',
      'image files keep the rights of the libraries',
    ],
    [
      'language-not-trusted',
      'msDesc/@xml:lang',
      'languageMarks',
      'the mark is the same on every record, whatever its language',
    ],
  ] as const;
  return rows
    .filter(([, , count]) => (counts[count] ?? 0) > 0)
    .map(([kind, element, count, why]) =>
      findingAt({ file: '', record: '' }, kind, {
        element,
        value: String(counts[count]),
        reason: `${counts[count]} in the delivery: ${why}.`,
      }),
    );
};
