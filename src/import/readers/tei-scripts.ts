import { isnad } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import { assertClaim } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import type { TeiRecord } from './tei-record.ts';

/** The catalogue names several scripts of one object with a comma or a slash between them. */
const separators = /,\s+|\s+\/\s+/;

/**
 * Adds an assertion for each script named, with the words kept, and the shortcuts to its concepts. A
 * part whose first word stands before the slash only, as in `kūfī D.I / D.III`, is known by its
 * notation.
 */
export const mapScripts = ({ scripts }: TeiRecord, draft: Draft): void => {
  const element = 'scriptNote';
  if (scripts.length === 0)
    draft.find('script-absent', { element, value: '', reason: 'The note is empty.' });
  for (const note of scripts) draft.say(isnad.scriptAsWritten, literal(note));
  const words = new Set(scripts.flatMap((note) => note.split(separators)).filter(Boolean));
  const concepts = new Set<string>();
  for (const word of words) {
    const concept = draft.findConcept('script', word);
    if (concept === undefined)
      draft.find('script-unknown', {
        element,
        value: word,
        reason: 'No concept of the vocabulary of scripts has this label.',
      });
    else concepts.add(concept);
    assertClaim(draft, {
      suffix: `script/${word}`,
      about: draft.manuscript,
      property: isnad.script,
      value: concept === undefined ? literal(word) : namedNode(concept),
      asWritten: word,
      element,
      title: { en: 'Script', ar: 'الخطّ' },
    });
  }
  for (const concept of concepts) draft.say(isnad.script, namedNode(concept));
};
