import { recordTypes } from '../model/record-types.ts';
import type { CommitRef, GraphSummary, Store } from '../store/store.ts';
import { rdf } from '../model/terms.ts';
import { selectRows } from '../sparql/select-rows.ts';

/** How much an installation holds, at one commit. */
export interface Statistics {
  readonly baseIri: string;
  readonly commit: CommitRef;
  readonly graphs: readonly GraphSummary[];
  readonly records: readonly { readonly type: string; readonly count: number }[];
}
