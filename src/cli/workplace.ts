import type { ImportResult } from '../import/import-delivery.ts';
import type { ImportProgress, ImportRequest } from '../import/import-request.ts';
import type { MediaType } from '../rdf/media-types.ts';
import type { Statistics } from '../catalogue/statistics.ts';
import type { Redaction, RedactionRequest } from '../store/time.ts';
import type { TimeWorkplace } from './time-workplace.ts';
import type { TokenWorkplace } from './token-workplace.ts';

/**
 * What a command works on: a data directory it opened itself, or the server that is serving it.
 * Commands are written once against this; `local-workplace.ts` and `remote-workplace.ts` implement it.
 */
export interface Workplace {
  /** Answers a SPARQL query in a media type that fits its form (default: JSON or Turtle). */
  readonly query: (text: string, mediaType: MediaType | undefined) => Promise<QueryOutput>;
  /** Imports a delivery that lies on this machine. */
  readonly importDelivery: (
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
  ) => Promise<ImportResult>;
  /** Withholds lines from every commit, or shows what that would be. */
  readonly redact: (
    request: Pick<RedactionRequest, 'of' | 'reason' | 'dryRun'>,
    onProgress: (stage: string, done: number, total: number) => void,
  ) => Promise<Redaction>;
  /** The canonical N-Quads of all graphs, or of those named, graph by graph, at one commit. */
  readonly exportGraphs: (
    graphs: readonly string[],
    at: number | undefined,
  ) => AsyncIterable<Uint8Array>;
  /** Lets every engine prove what it holds; gives what is not as it should be. */
  readonly checkEngines: () => Promise<readonly string[]>;
  readonly statistics: () => Promise<Statistics>;
  /** The base IRI of the installation. */
  readonly baseIri: () => Promise<string>;
  readonly time: TimeWorkplace;
  readonly tokens: TokenWorkplace;
  readonly close: () => Promise<void>;
}

export interface QueryOutput {
  readonly mediaType: string;
  readonly body: Uint8Array;
}
