/** On whose behalf a query is asked. */
export interface Asker {
  /** Ends the work when its client is gone. */
  readonly signal?: AbortSignal | undefined;
  /** Who asks, such as an address: clients take turns. Without it the service itself asks. */
  readonly client?: string | undefined;
}

/** The asker as members of a query request, which has no empty ones. */
export const askedBy = ({ signal, client }: Asker): { signal?: AbortSignal; client?: string } => ({
  ...(signal === undefined ? {} : { signal }),
  ...(client === undefined ? {} : { client }),
});
