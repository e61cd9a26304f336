import { isnad, rdf, rdfs } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import type { PartRef, RecordRef, Statement } from '../described.ts';
import { assertClaim, integerValue, recordBelow, recordStatements } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiRecord } from './tei-record.ts';

/** A place known by its words only; the same words are the same place in the whole delivery. */
export const wordedPlace = (words: string): RecordRef => ({ type: 'place', key: `place/${words}` });

/**
 * Adds where the object is known to have been. It is not said to have been made there: the source
 * calls it provenance.
 *
 * @returns the words of the places, which the link stage describes once for the delivery
 */
export const mapProvenance = ({ provenances }: TeiRecord, draft: Draft): readonly string[] => {
  const element = 'provenance';
  const words = [...new Set(provenances)];
  for (const place of words) {
    draft.say(isnad.provenancePlace, wordedPlace(place));
    assertClaim(draft, {
      suffix: `provenance/${place}`,
      about: draft.manuscript,
      property: isnad.provenancePlace,
      value: wordedPlace(place),
      asWritten: place,
      element,
      title: { en: 'Provenance', ar: 'مكان الحيازة السابقة' },
    });
    if (place.includes(','))
      draft.find('provenance-several', {
        element,
        value: place,
        reason: 'The words hold a comma.',
      });
  }
  return words;
};

/** Adds the digitisation that the source publishes: how many images, where, and who is credited. */
export const mapDigitisation = ({ images, imageCredits }: TeiRecord, draft: Draft): void => {
  if (images.unaddressed > 0)
    draft.find('image-unaddressed', {
      element: 'facsimile',
      value: String(images.unaddressed),
      reason: `${images.unaddressed} of ${images.addressed + images.unaddressed} graphics have no url.`,
    });
  if (images.addressed === 0) return;
  const digitisation = recordBelow(draft, 'digitisation', 'digitisation');
  draft.describe(digitisation, [
    ...recordStatements(draft, digitisation, isnad.Digitisation, 'facsimile'),
    [rdfs.label, literal(`${images.addressed} images`, 'en')],
    [rdfs.label, literal(`عدد الصور: ${images.addressed}`, 'ar')],
    [isnad.digitises, draft.manuscript],
    [isnad.imageCount, integerValue(images.addressed)],
    ...(draft.sourcePage === undefined
      ? []
      : [[isnad.accessPage, namedNode(draft.sourcePage)] as const]),
    ...[...new Set(imageCredits)].map(
      (credit) => [isnad.rightsStatement, literal(credit)] as const,
    ),
  ]);
};

const contributorPattern = /^(\p{L}+):\s+(.+)$/u;

/**
 * Adds who made the source's record, in the roles and with the names it publishes. They worked on
 * the record, not on the object: the participations belong to the cataloguing.
 */
export const mapContributors = ({ contributors }: TeiRecord, draft: Draft): void => {
  const cataloguing: PartRef = { part: 'cataloguing', of: draft.manuscript };
  const participations: Statement[] = [];
  for (const text of new Set(contributors)) {
    const [, word = '', name = ''] = contributorPattern.exec(text) ?? [];
    const role = word === '' ? undefined : draft.findConcept('role', word);
    if (role === undefined) {
      draft.find('contributor-unclear', {
        element: 'recordHist/p',
        value: text,
        reason:
          word === ''
            ? 'Not of the form "role: name".'
            : `No concept of the vocabulary of roles has the label "${word}".`,
      });
      continue;
    }
    const part = `contributor-${participations.length + 1}`;
    const participation: PartRef = { part, of: draft.manuscript };
    participations.push([isnad.participation, participation]);
    draft.describe(participation, [
      [rdf.type, namedNode(isnad.Participation)],
      [isnad.participantName, literal(name)],
      [isnad.role, namedNode(role)],
      [isnad.sourceText, literal(text)],
    ]);
  }
  if (participations.length === 0) return;
  draft.describe(cataloguing, [
    [rdf.type, namedNode(isnad.Activity)],
    [isnad.concerns, draft.manuscript],
    ...participations,
  ]);
};
