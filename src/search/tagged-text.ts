/** A text with the BCP 47 tag of its language; the empty tag when the source gives none. */
export interface TaggedText {
  readonly value: string;
  readonly language: string;
}
