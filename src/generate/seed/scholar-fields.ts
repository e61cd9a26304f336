/**
 * Concepts for the words of the column `field`, so that people are found by subject and by skill. The
 * words themselves stay beside them.
 */
interface Subject {
  readonly words: RegExp;
  /** Concepts of scheme `field`. */
  readonly fields: readonly string[];
  /** Concepts of scheme `role`: what the person can do. */
  readonly expertise?: readonly string[];
}

const subjects: readonly Subject[] = [
  { words: /^reader \(|reading traditions|seven readings|qiraʾat/, fields: ['readings'] },
  { words: /^reader \(/, fields: [], expertise: ['reader'] },
  { words: /conservator/, fields: ['conservation'], expertise: ['conservator'] },
  { words: /calligrapher/, fields: ['calligraphy'], expertise: ['calligrapher'] },
  { words: /collector/, fields: [], expertise: ['collector'] },
  { words: /curator/, fields: ['museology'], expertise: ['curator'] },
  { words: /catalogu/, fields: ['cataloguing'], expertise: ['cataloguer'] },
  { words: /codicology/, fields: ['codicology'], expertise: ['codicologist'] },
  { words: /palaeography/, fields: ['palaeography'], expertise: ['palaeographer'] },
  { words: /radiocarbon/, fields: ['radiocarbon'] },
  { words: /digital|TEI/, fields: ['digital-humanities'], expertise: ['digital-humanist'] },
  { words: /bindings/, fields: ['bindings'] },
  { words: /[Ii]slamic art|art history/, fields: ['art-history'], expertise: ['art-historian'] },
  { words: /Mamluk and Ilkhanid Qurʾans/, fields: ['art-history', 'manuscripts'] },
  {
    words:
      /manuscripts|fragments|Codex Mashhad|Katta Langar|palimpsest|mushafs|facsimiles|Ibn al-Bawwab/,
    fields: ['manuscripts'],
  },
  { words: /Qurʾanic studies|Qurʾan style/, fields: ['quranic-studies'] },
  { words: /Late Antiquity|late antique/, fields: ['late-antiquity'] },
  { words: /law/, fields: ['islamic-law'] },
  { words: /linguistics/, fields: ['linguistics'] },
  { words: /philology/, fields: ['semitic-philology'] },
  { words: /epigraphy/, fields: ['epigraphy'], expertise: ['epigrapher'] },
  { words: /textual history|critical editions/, fields: ['textual-history'] },
  { words: /tafsir/, fields: ['tafsir'] },
  { words: /translation/, fields: ['translation'] },
  {
    words: /history;|medieval history|early modern/,
    fields: ['history'],
    expertise: ['historian'],
  },
  { words: /antiquities/, fields: ['heritage-protection'] },
];

/** What a person works on and can do, as concepts; empty where no word is known. */
export const readField = (
  words: string,
): { readonly fields: readonly string[]; readonly expertise: readonly string[] } => {
  const found = subjects.filter((subject) => subject.words.test(words));
  return {
    fields: found.flatMap(({ fields }) => fields),
    expertise: found.flatMap(({ expertise = [] }) => expertise),
  };
};
