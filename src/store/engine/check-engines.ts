import { compareStates } from './graph-states.ts';
import type { ReaderPool } from './pool/reader-pool.ts';
import type { Writer } from './writer.ts';
import type { GraphSummary } from '../store.ts';

/**
 * Lets every engine prove that it holds what the journal states: each works out the hash of each of its
 * graphs from its own dump. No write may come meanwhile.
 *
 * @param stated the graphs as the journal states them
 * @param sequence the commit they are of
 * @returns what is not as it should be, one sentence each
 */
export const checkEngines = async (
  { readers, writer }: { readonly readers: ReaderPool; readonly writer: Writer },
  stated: readonly GraphSummary[],
  sequence: number,
): Promise<readonly string[]> => {
  const written = compareStates(await writer.graphHashes(), stated);
  const read = (await readers.inspect()).flatMap(({ commit, graphs }) =>
    commit === sequence
      ? compareStates(graphs, stated)
      : [`it is at commit ${commit} instead of ${sequence}`],
  );
  return [
    ...written.map((problem) => `The writer: ${problem}.`),
    ...read.map((problem) => `A reader: ${problem}.`),
  ];
};
