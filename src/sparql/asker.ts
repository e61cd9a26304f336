import type { Asker } from '../turns.ts';

/** The asker as members of a query request, which has no empty ones. */
export const askedBy = ({ signal, client }: Asker): { signal?: AbortSignal; client?: string } => ({
  ...(signal === undefined ? {} : { signal }),
  ...(client === undefined ? {} : { client }),
});
