import { dcterms, foaf, isnad, rdf, rdfs } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import type { RecordRef } from '../described.ts';
import { textValue } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiRecord } from './tei-record.ts';

/** Words that stand in place of a shelfmark. A mark with doubts in brackets is still a mark. */
const noShelfmark = /^(?:unknown|no|without)\s+(?:call number|shelfmark|signature)/i;

/** Adds what names the manuscript: type, label, shelfmark, where its record is published. */
export const mapIdentity = (record: TeiRecord, draft: Draft): void => {
  draft.say(rdf.type, namedNode(isnad.Manuscript));
  draft.say(isnad.sourceKey, literal(draft.manuscript.key));
  draft.say(isnad.sourceFile, literal(record.file.split('/').at(-1) ?? record.file));
  draft.say(rdfs.label, literal(labelOf(record, draft)));
  if (draft.sourcePage !== undefined) {
    draft.say(dcterms.source, namedNode(draft.sourcePage));
    draft.say(foaf.page, namedNode(draft.sourcePage));
  }
  mapShelfmark(record, draft);
};

const labelOf = (record: TeiRecord, draft: Draft): string =>
  record.title || record.shelfmarks.join(', ') || draft.place.record;

const mapShelfmark = ({ shelfmarks }: TeiRecord, draft: Draft): void => {
  if (shelfmarks.length === 0) {
    draft.say(isnad.shelfmarkAbsentReason, literal(notStated));
    draft.find('shelfmark-absent', { element: 'idno', value: '', reason: notStated });
  }
  for (const shelfmark of shelfmarks) {
    if (!noShelfmark.test(shelfmark)) {
      draft.say(isnad.shelfmark, literal(shelfmark));
      continue;
    }
    draft.say(isnad.shelfmarkAbsentReason, literal(shelfmark));
    draft.find('shelfmark-absent', {
      element: 'idno',
      value: shelfmark,
      reason: 'The words stand in place of a shelfmark.',
    });
  }
};

const notStated = 'The source states none.';

/** The record of a holding institution, known by its key in the list of places: `repository_2`. */
export const holderRef = (key: string): RecordRef => ({
  type: 'organization',
  key: `repository/${key}`,
});

/**
 * Adds the holder. The institution itself is described once for the whole delivery, by the link
 * stage.
 *
 * @returns the key of the institution, if the record names one
 */
export const mapHolder = (record: TeiRecord, draft: Draft): string | undefined => {
  const { repository } = record;
  const key = repository?.key.replace(/^repository_/, '') ?? '';
  if (key !== '') {
    const named = `repository_${key}`;
    draft.say(isnad.holder, holderRef(named));
    return named;
  }
  if (repository !== undefined && repository.text !== '') {
    // Without a key the words are all there is; the same words are the same institution.
    draft.say(isnad.holder, holderRef(repository.text));
    return repository.text;
  }
  draft.say(isnad.holderAbsentReason, textValue(notStated));
  draft.find('holder-absent', { element: 'repository', value: '', reason: notStated });
  return undefined;
};
