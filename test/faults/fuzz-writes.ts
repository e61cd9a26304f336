import { writeDelivery, type MutatedParts } from './fuzz-deliveries.ts';
import type { Mutator } from './fuzz-mutate.ts';
import type { RawAnswer, RawRequest } from './raw-request.ts';

/** Requests to what only the operator may do: valid, and mutated half of the time. */
export interface WriteSeed {
  readonly name: string;
  /** What there must have been among the answers for the proof to mean something. */
  readonly expects: readonly ('done' | 'refused')[];
  /** How often it is tried at most, in the two forms: what reads the whole journal takes its time. */
  readonly roundsMax: { readonly short: number; readonly full: number };
  /** @param head the newest commit */
  readonly make: (head: number) => Promise<RawRequest> | RawRequest;
  /** Whether this answer says that what was asked has been done, and something came of it. */
  readonly isDone: (answer: RawAnswer) => boolean;
}

const post = (
  target: string,
  type: string,
  body: string,
  { pick, mutate, mutateTarget }: Mutator,
): RawRequest => ({
  method: 'POST',
  target: pick([true, false, false, false, false])
    ? mutateTarget(Buffer.from(target))
    : Buffer.from(target),
  headers: [['Content-Type', Buffer.from(type)]],
  body: pick([true, false, false]) ? mutate(Buffer.from(body)) : Buffer.from(body),
});

/** `#` stands for a number. */
const updates = [
  'INSERT DATA { GRAPH <a:fuzz> { <a:s#> <a:p> "#"@ar, #, _:b } }',
  'DELETE DATA { GRAPH <a:fuzz> { <a:s#> <a:p> # } }',
  'DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s <a:q> ?o } } WHERE { GRAPH ?g { ?s ?p ?o FILTER(?o = #) } }',
  'DELETE WHERE { GRAPH <a:fuzz> { ?s <a:q> ?o } } ; INSERT DATA { <a:s#> <a:p> # }',
  'CREATE GRAPH <a:g#> ; ADD <a:fuzz> TO <a:g#> ; DROP GRAPH <a:g#>',
  'LOAD <http://127.0.0.1:9/#>',
] as const;

/** Mutated texts may break a shape. */
const publishing = [{ allowViolations: true }, { allowViolations: true }] as const;
const licence = 'https://creativecommons.org/licenses/by/4.0/';

/** The last word of an answer in lines, which comes in pieces with their lengths between them. */
const lastWord = ({ body }: RawAnswer): string =>
  body.split('\n').findLast((line) => /^\{"(?:result|error)":/.test(line)) ?? '';

/** Whether an answer says that what was asked was not done. */
export const isRefusal = (answer: RawAnswer): boolean =>
  answer.status >= 300 || answer.status === 0 || lastWord(answer).startsWith('{"error"');

/** Whether an answer in lines tells of an error that is the service's own. */
export const isInternal = (answer: RawAnswer): boolean =>
  lastWord(answer).startsWith('{"error":{"code":"internal"');

/**
 * The operator's requests.
 *
 * @param directory gives a directory of that name
 */
export const writeSeeds = (
  mutator: Mutator,
  directory: (name: string) => string,
): readonly WriteSeed[] => {
  const { pick } = mutator;
  let number = 0;
  const json = (target: string, body: unknown): RawRequest =>
    post(target, 'application/json', JSON.stringify(body), mutator);
  const someCommit = (head: number): number => 1 + Math.floor(pick([0, 0.5, 0.9, 1]) * head);
  const imports = (parts: MutatedParts): WriteSeed => ({
    name: `/operator/imports with mutated ${parts}`,
    expects: parts === 'texts' ? ['done'] : ['refused'],
    roundsMax: { short: 12, full: 1000 },
    make: async () => {
      number += 1;
      const delivery = await writeDelivery(directory(`delivery-${number}`), mutator, parts);
      const dataset = { slug: pick(['fuzz', 'other']), title: 'Fuzz', licence };
      const options = pick([{}, {}, { dryRun: true }, ...publishing, ...publishing]);
      return json('/operator/imports', { path: delivery, format: 'tei', dataset, ...options });
    },
    isDone: (answer) => lastWord(answer).includes('"outcome":"published"'),
  });
  return [
    {
      name: '/update',
      expects: ['done', 'refused'],
      roundsMax: { short: 100, full: 10_000 },
      make: () => {
        number += 1;
        const text = pick(updates).replaceAll('#', String(pick([number, 1, 7])));
        return post('/update', 'application/sparql-update', text, mutator);
      },
      isDone: ({ status }) => status === 204,
    },
    imports('bytes'),
    imports('texts'),
    {
      name: '/commits/N/undo',
      expects: ['done', 'refused'],
      roundsMax: { short: 30, full: 1000 },
      make: (head) =>
        json(`/commits/${someCommit(head)}/undo`, pick([{}, { partial: true }, { message: 'x' }])),
      isDone: ({ status, body }) => status === 200 && body.includes('"commit":{'),
    },
    {
      name: '/operator/redactions',
      expects: ['done', 'refused'],
      roundsMax: { short: 12, full: 300 },
      make: (head) => {
        number += 1;
        const ofs = [
          { kind: 'commit', sequence: someCommit(head), graph: 'a:fuzz' },
          { kind: 'record', iri: `http://localhost:3030/id/manuscript/m${number}` },
          { kind: 'record', iri: `http://localhost:3030/id/manuscript/m${number + 1}` },
          { kind: 'lines', lines: [`<a:s${pick([1, 2, 3])}> <a:p> "1"@ar <a:fuzz> .`] },
        ];
        const dryRun = pick([true, false, false]);
        return json('/operator/redactions', { of: pick(ofs), reason: 'a proof', dryRun });
      },
      isDone: (answer) => /^\{"result":.*"commit":\{/.test(lastWord(answer)),
    },
    {
      name: '/operator/check',
      expects: ['done'],
      roundsMax: { short: 4, full: 100 },
      make: () => json('/operator/check', {}),
      isDone: ({ status, body }) => status === 200 && body.includes('{"doubts":[]}'),
    },
  ];
};
