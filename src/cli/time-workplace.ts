import type { CommitPage, CommitView } from '../catalogue/commits.ts';
import {
  diffCommits,
  findCommit,
  listCommits,
  stateAtCommit,
  viewOf,
} from '../catalogue/commits.ts';
import { diffView, patchOf } from '../catalogue/diff-forms.ts';
import { IsnadError } from '../errors.ts';
import type { Iris } from '../model/iris.ts';
import type { Settings } from '../settings.ts';
import type { TimedStore } from '../store/time.ts';
import { readBody, send, type ServerLocation } from './http-client.ts';

/** The past as commands ask for it, here or of a service. */
export interface TimeWorkplace {
  /** The newest commits, or those that wrote into a graph. */
  readonly log: (request: LogRequest) => Promise<Pick<CommitPage, 'commits'>>;
  readonly commit: (sequence: number) => Promise<CommitView>;
  /** What a record or a graph was at a commit, as N-Quads. */
  readonly state: (sequence: number, iri: string) => Promise<AsyncIterable<Uint8Array>>;
  /** What changed between two commits: all of it as RDF Patch, or the first lines as JSON. */
  readonly diff: (request: CliDiffRequest) => Promise<AsyncIterable<Uint8Array>>;
  readonly undo: (request: CliUndoRequest) => Promise<UndoOutcome>;
}

export interface LogRequest {
  readonly graph: string | undefined;
  readonly limit: number;
}

export interface CliDiffRequest {
  readonly from: number;
  readonly to: number;
  readonly graph: string | undefined;
  readonly form: 'patch' | 'json';
}

export interface CliUndoRequest {
  readonly sequence: number;
  readonly partial: boolean;
  readonly message: string | undefined;
}

export interface UndoOutcome {
  readonly commit?: CommitView;
  readonly undone: number;
  readonly leftQuads: number;
}

/** Lines of a diff that its JSON lists. */
const linesMax = 1000;

async function* piecesOf(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* pieces;
}

/** The past of a store that this process opened itself: a command may take as long as it needs. */
export const createLocalTime = (
  store: TimedStore,
  settings: Settings,
  iris: Iris,
): TimeWorkplace => {
  const deadlineAt = (): number => Date.now() + Math.max(settings.queryTimeoutMs, 600_000);
  return {
    log: ({ graph, limit }) =>
      listCommits(store, {
        limit,
        deadlineAt: deadlineAt(),
        ...(graph === undefined ? {} : { of: { kind: 'graph', graph } }),
      }),
    commit: (sequence) => findCommit(store, sequence),
    state: (sequence, iri) => stateAtCommit(store, sequence, iri, { deadlineAt: deadlineAt() }),
    diff: async ({ from, to, graph, form }) => {
      const ends = { from, to };
      const of = graph === undefined ? {} : { of: { kind: 'graph', graph } as const };
      const changes = await diffCommits(store, { ...ends, ...of, deadlineAt: deadlineAt() });
      if (form === 'patch') return piecesOf(patchOf(iris, ends, changes));
      return piecesOf([Buffer.from(JSON.stringify(diffView(ends, changes, linesMax)))]);
    },
    undo: async ({ sequence, partial, message }) => {
      const { commit, undone, leftQuads } = await store.time.undo({
        sequence,
        partial,
        actor: 'operator',
        deadlineAt: deadlineAt(),
        ...(message === undefined ? {} : { message }),
      });
      const made = commit ? { commit: viewOf(commit) } : {};
      return { ...made, undone: undone.sequence, leftQuads };
    },
  };
};

const graphPart = (graph: string | undefined): Record<string, string> =>
  graph === undefined ? {} : { graph };

/** The past of a running service. */
export const createRemoteTime = (location: ServerLocation): TimeWorkplace => {
  const read = async <Answer>(path: string): Promise<Answer> => {
    const answer: Answer = JSON.parse(
      (await readBody(await send(location, { method: 'GET', path }))).toString('utf8'),
    );
    return answer;
  };
  return {
    log: ({ graph, limit }) => {
      const parameters = { format: 'json', limit: String(limit), ...graphPart(graph) };
      return read(`/commits?${new URLSearchParams(parameters)}`);
    },
    commit: (sequence) => read(`/commits/${sequence}?format=json`),
    state: (sequence, iri) => {
      const path = `/commits/${sequence}/state?${new URLSearchParams({ of: iri })}`;
      return send(location, { method: 'GET', path });
    },
    diff: ({ from, to, graph, form }) => {
      const parameters = { from: String(from), format: form, ...graphPart(graph) };
      const path = `/commits/${to}/diff?${new URLSearchParams(parameters)}`;
      return send(location, { method: 'GET', path });
    },
    undo: async ({ sequence, partial, message }) => {
      if (!('socketPath' in location))
        throw new IsnadError(
          'wrong-use',
          'A commit is undone on the machine that serves: run it there, without --server.',
        );
      const answer = await send(location, {
        method: 'POST',
        path: `/commits/${sequence}/undo`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ partial, ...(message === undefined ? {} : { message }) }),
      });
      const outcome: UndoOutcome = JSON.parse((await readBody(answer)).toString('utf8'));
      return outcome;
    },
  };
};
