import { describe, expect, it } from 'vitest';
import { planUpdate } from '../../../src/sparql/update/plan.ts';
import type { DueChange } from '../../../src/store/engine/calls.ts';
import type { Engine } from '../../../src/store/engine/delta.ts';
import { Replica } from '../../../src/store/engine/replica.ts';
import { xsd } from '../../../src/model/terms.ts';
import { base, stateOf } from '../support.ts';
import { engine } from './update/oracle.ts';

const start = {
  module: new WebAssembly.Module(Buffer.from('0061736d01000000', 'hex')),
  program: '',
  journalDirectory: '',
  baseIri: base,
  image: undefined,
  checkpoint: undefined,
};

/** Which of its updates an engine refuses, as it would for want of memory. */
let refused: (text: string) => boolean = () => false;

/** The true engine, but for what it refuses. */
class RefusingStore extends engine.Store {
  override update(...given: Parameters<Engine['Store']['prototype']['update']>): void {
    if (refused(given[0])) throw new Error('no room for this');
    super.update(...given);
  }
}

const newReplica = (): Replica => {
  refused = () => false;
  return new Replica({ ...engine, Store: RefusingStore }, start, undefined, () => undefined);
};

const turn = (): Int32Array => new Int32Array(1).fill(-1);
const update = (text: string, deadlineAt = Infinity): DueChange => {
  const { operations } = planUpdate(text, base, undefined);
  const asked = { operations, baseIri: base, defaultGraph: 'union' } as const;
  return { change: { kind: 'update', update: asked }, deadlineAt };
};

const insert = (n: number, deadlineAt?: number) =>
  update(`INSERT DATA { <a:s> <a:p> ${n} }`, deadlineAt);

const integer = (n: number): string => `<a:s> <a:p> "${n}"^^<${xsd.integer}>`;

describe('changes that are worked out together', () => {
  it('leave out one whose time is over, and tell whose turn it is', () => {
    const replica = newReplica();
    const turns = turn();
    const outcomes = replica.changeAll(
      undefined,
      [insert(1), insert(2, Date.now()), insert(3, Date.now() + 60_000)],
      turns,
    );
    expect(outcomes).toMatchObject([
      { deltas: [{ addedQuads: 1 }] },
      { error: { code: 'query-timeout' } },
      { deltas: [{ addedQuads: 1 }] },
    ]);
    expect(replica.graphHashes()).toEqual([{ graph: '', ...stateOf('', integer(1), integer(3)) }]);
    expect(turns[0]).toBe(2);
  });
});

describe('an update that was tried', () => {
  /** Its second operation reads what the first one did, so that is made, and taken back at the end. */
  const tried = update('INSERT DATA { <a:s> <a:p> 1 } ; DELETE WHERE { <a:s> <a:q> ?o }');

  it('is an error of its own when the engine refused and everything was taken back', () => {
    const replica = newReplica();
    const wrong = update(
      'INSERT DATA { <a:s> <a:p> 1 } ; DELETE WHERE { <a:s> <a:q> ?o } ; DROP GRAPH <a:none>',
    );
    expect(replica.changeAll(undefined, [wrong], turn())).toMatchObject([{ error: {} }]);
    expect(replica.isTorn).toBe(false);
    expect(replica.graphHashes()).toEqual([]);
  });

  it('tears the store when it cannot be taken back: no outcome is told, and the engine is given up', () => {
    const replica = newReplica();
    refused = (text) => text.startsWith('DELETE DATA');
    expect(() => replica.changeAll(undefined, [tried], turn())).toThrow('no room for this');
    expect(replica.isTorn).toBe(true);
  });
});
