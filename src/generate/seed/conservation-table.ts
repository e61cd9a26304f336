/**
 * What each row of the table of conservation is, by what was done, and what its words say of objects,
 * techniques and people; read by a person.
 */
export type ConservationType =
  | 'ConservationCampaign'
  | 'ConservationTreatment'
  | 'Analysis'
  | 'Digitisation'
  | 'ResearchOutput';

interface Actor {
  /** The name as the row has it. */
  readonly name: string;
  /** Concept of scheme `role`. */
  readonly role: string;
  readonly from?: string;
  readonly to?: string;
  readonly note?: string;
}

export interface ConservationKind {
  readonly type: ConservationType;
  /** Objects of the table of manuscripts, or former codices, that the row’s object is. */
  readonly objects?: readonly string[];
  /** Concepts of scheme `technique`. */
  readonly techniques?: readonly string[];
  /** Concepts of scheme `analysis-kind`. */
  readonly analyses?: readonly string[];
  readonly actors: readonly Actor[];
  /** Project of the table of projects that the work belongs to. */
  readonly project?: string;
}

export const conservationKinds: Readonly<Record<string, ConservationKind>> = {
  cons001: {
    type: 'ConservationCampaign',
    techniques: ['restoration', 'sorting', 'storage', 'microfilming'],
    actors: [
      { name: 'Noth', role: 'director' },
      {
        name: 'Puin',
        role: 'local-director',
        from: '1981',
        to: '1985',
        note: 'local director from 1981 to 1985',
      },
      { name: 'von Bothmer', role: 'local-director', from: '1985', note: 'from 1985' },
      { name: 'Dreibholz', role: 'conservator', from: '1982', to: '1989' },
    ],
    project: 'proj008',
  },
  cons002: {
    type: 'Digitisation',
    techniques: ['digitisation'],
    actors: [{ name: 'UNESCO', role: 'organizer' }],
  },
  cons003: {
    type: 'Analysis',
    objects: ['ms030'],
    techniques: ['high-resolution-imaging', 'ultraviolet-imaging'],
    analyses: ['ultraviolet-imaging'],
    actors: [
      { name: 'Noja Noseda', role: 'specialist' },
      { name: 'Robin', role: 'specialist' },
      { name: 'Fedeli', role: 'specialist' },
    ],
  },
  cons004: {
    type: 'Digitisation',
    techniques: ['digitisation', 'cataloguing'],
    actors: [
      { name: 'SBB', role: 'partner' },
      { name: 'Corpus Coranicum', role: 'partner' },
    ],
    project: 'proj009',
  },
  cons005: {
    type: 'ConservationCampaign',
    techniques: ['cataloguing', 'conservation'],
    actors: [
      { name: 'TIF', role: 'organizer' },
      {
        name: 'invited conservators from Cambridge, Montefiascone and Istanbul',
        role: 'conservator',
      },
    ],
    project: 'proj010',
  },
  cons006: {
    type: 'Digitisation',
    techniques: ['digitisation', 'cataloguing'],
    actors: [
      { name: 'CUL', role: 'partner' },
      { name: 'Corpus Coranicum', role: 'partner' },
    ],
    project: 'proj011',
  },
  cons007: {
    type: 'Digitisation',
    objects: ['ms084'],
    techniques: ['digitisation'],
    actors: [{ name: 'Carol Burrows', role: 'project-director' }],
    project: 'proj012',
  },
  cons009: {
    type: 'ConservationTreatment',
    objects: ['ms078'],
    techniques: ['restoration'],
    actors: [{ name: 'Mohamed Seif el-Shazli and his son Ahmed', role: 'conservator' }],
  },
  cons010: {
    type: 'Analysis',
    objects: ['ms007'],
    techniques: ['multispectral-imaging', 'xrf'],
    analyses: ['multispectral-imaging', 'ink'],
    actors: [{ name: 'Cadbury Research Library', role: 'specialist' }],
  },
  cons011: {
    type: 'Analysis',
    objects: ['ms007'],
    techniques: ['ams'],
    analyses: ['radiocarbon'],
    actors: [{ name: 'Oxford Radiocarbon Accelerator Unit', role: 'laboratory' }],
  },
  cons012: {
    type: 'Analysis',
    techniques: ['ams'],
    analyses: ['radiocarbon'],
    actors: [
      { name: 'Marx', role: 'specialist' },
      { name: 'Jocham', role: 'specialist' },
    ],
    project: 'proj002',
  },
  cons013: {
    type: 'Analysis',
    objects: ['ms016'],
    techniques: ['zooms'],
    analyses: ['species'],
    actors: [],
  },
  cons014: {
    type: 'ConservationCampaign',
    techniques: ['evacuation', 'storage'],
    actors: [{ name: 'Abdel Kader Haidara', role: 'organizer' }],
    project: 'proj014',
  },
  cons015: {
    type: 'ResearchOutput',
    objects: ['ms036'],
    actors: [{ name: 'Altıkulaç', role: 'editor' }],
  },
};

/** One row tells of two treatments, of the two volumes of one codex. */
export const mashhadTreatments = [
  {
    key: 'cons008/first',
    object: 'ms075',
    words: 'MS 18',
    year: '1834',
    done: 'first part restored 1834',
    label: 'Codex Mashhad, first part: restoration',
  },
  {
    key: 'cons008/second',
    object: 'ms076',
    words: 'MS 4116',
    year: '2011',
    done: 'second part repaired 2011',
    label: 'Codex Mashhad, second part: repair',
  },
] as const;
