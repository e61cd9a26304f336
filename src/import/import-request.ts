/** A delivery to be imported, and the dataset it fills. */
export interface ImportRequest {
  /** Directory, archive or file on this machine. */
  readonly path: string;
  readonly format: ImportFormat;
  readonly dataset: DatasetDescription;
  /** Compute what would change, and change nothing. */
  readonly dryRun?: boolean;
  /** Publish although the shapes are violated; the commit says so. */
  readonly allowViolations?: boolean;
  /** Who imports: a token's name, or `operator`. */
  readonly actor?: string;
}

/** The formats there is a reader for. */
export const importFormats = ['tei'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What the dataset says of itself; part of its graph. */
export interface DatasetDescription {
  readonly slug: string;
  readonly title: string;
  /** IRI of the licence. */
  readonly licence: string;
  readonly rightsHolder?: string;
  /** The line that is shown wherever the data is. */
  readonly attribution?: string;
  /** IRI of the place the delivery was published at. */
  readonly source?: string;
}

/** The settings that bound an import; see `settings.ts`. */
export interface ImportLimits {
  readonly importBytesMax: number;
  readonly importFileBytesMax: number;
  readonly importQuadsMax: number;
}

/** The stages of the recipe, in their order; several are passed for every file. */
export const importStages = [
  'receive',
  'detect',
  'read',
  'map',
  'name',
  'link',
  'validate',
  'diff',
  'publish',
  'report',
] as const;
export type ImportStage = (typeof importStages)[number];

/** How far an import has come. */
export interface ImportProgress {
  readonly stage: ImportStage;
  /** While reading: delivered bytes read. */
  readonly done: number;
  /** While reading: delivered bytes altogether. */
  readonly total: number;
  /** Bytes read so far, after unpacking. */
  readonly bytes: number;
  /** Records read so far. */
  readonly records: number;
}

/** How often something occurred, by name; `docs/import-tei.md` explains every name. */
export type ImportCounts = Readonly<Record<string, number>>;
