import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWritingService, turtle, updating, type WritingService } from './writing-service.ts';

let service: WritingService;
beforeAll(async () => {
  service = await startWritingService();
});
afterAll(() => service.close());

const keyed = (key: string, text: string, as: 'admin' | 'operator' = 'admin'): Promise<Response> =>
  service.ask(as, '/update', updating(text, { 'idempotency-key': key }));
const told = (answer: Response) => [
  answer.status,
  answer.headers.get('x-isnad-commit'),
  answer.headers.get('idempotent-replayed'),
];
const fresh = 'INSERT { <a:s> <a:made> ?u } WHERE { BIND (UUID() AS ?u) }';

describe('a write with an Idempotency-Key', () => {
  it('is done once, however often it is sent, and told alike', async () => {
    const first = await keyed('once', fresh);
    const commit = String(service.store.head().sequence);
    expect(told(first)).toEqual([204, commit, null]);
    await service.ask('admin', '/update', updating('INSERT DATA { <a:x> <a:y> 1 }'));
    expect(told(await keyed('once', fresh))).toEqual([204, commit, 'true']);
    expect(service.store.head().sequence).toBe(Number(commit) + 1);
  });

  it('is done once when it is sent many times at once', async () => {
    const before = service.store.head().sequence;
    const answers = await Promise.all(Array.from({ length: 8 }, () => keyed('at once', fresh)));
    expect(new Set(answers.map((answer) => answer.headers.get('x-isnad-commit'))).size).toBe(1);
    expect(service.store.head().sequence).toBe(before + 1);
  });

  it('is refused under the key of another request, and done for another sender', async () => {
    await keyed('shared', 'INSERT DATA { <a:s> <a:p> 1 }');
    const before = service.store.head().sequence;
    const other = await keyed('shared', 'INSERT DATA { <a:s> <a:p> 2 }');
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { code: 'idempotency-conflict' },
    ]);
    expect(service.store.head().sequence).toBe(before);
    await keyed('shared', 'INSERT DATA { <a:s> <a:p> 2 }', 'operator');
    expect(service.store.head().sequence).toBe(before + 1);
  });

  it('that failed may be tried again under its key', async () => {
    const create = 'CREATE GRAPH <http://g.example/again>';
    expect((await keyed('create', create)).status).toBe(204);
    const text = 'DROP GRAPH <http://g.example/later>';
    expect((await keyed('drop', text)).status).toBe(422);
    await service.ask('admin', '/update', updating('CREATE GRAPH <http://g.example/later>'));
    expect(told(await keyed('drop', text))[2]).toBeNull();
  });

  it('that changed nothing is not done later', async () => {
    const text = 'DELETE DATA { <a:later> <a:p> 1 }';
    await keyed('nothing', text);
    await service.ask('admin', '/update', updating('INSERT DATA { <a:later> <a:p> 1 }'));
    expect(told(await keyed('nothing', text))[2]).toBe('true');
    expect(await service.holds('<a:later> <a:p> 1')).toBe(true);
  });

  it('tells of the same graph again that the service named', async () => {
    const init = {
      method: 'POST',
      headers: { 'content-type': turtle, 'idempotency-key': 'graph' },
      body: '<a:s> <a:p> _:b .',
    };
    const first = await service.ask('admin', '/graphs', init);
    const second = await service.ask('admin', '/graphs', init);
    expect([second.status, second.headers.get('location')]).toEqual([
      201,
      first.headers.get('location'),
    ]);
  });

  it('cannot have a key that no header can hold whole', async () => {
    const answer = await keyed('x'.repeat(256), fresh);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'invalid-parameter', parameter: 'Idempotency-Key' },
    ]);
  });

  it('is known after a restart, and the journal shows neither key nor request', async () => {
    const first = await keyed('before the restart', fresh, 'operator');
    const commit = first.headers.get('x-isnad-commit');
    const shown = await (await service.send(`/commits/${commit}?format=json`)).text();
    expect(shown).not.toContain('before the restart');
    const { dataDir } = service;
    await service.close(true);
    service = await startWritingService(dataDir);
    const again = await keyed('before the restart', fresh, 'operator');
    expect(told(again)).toEqual([204, commit, 'true']);
    expect(service.store.head().sequence).toBe(Number(commit));
  });
});

const asking = (commit: string): Promise<Response> =>
  service.send('/sparql?query=ASK%20%7B%20%3Ca%3Aawaited%3E%20%3Fp%20%3Fo%20%7D', {
    headers: { 'x-isnad-min-commit': commit },
  });

describe('a read with X-Isnad-Min-Commit', () => {
  it('is answered at once where that commit is there', async () => {
    const { sequence } = service.store.head();
    const answer = await asking(String(sequence));
    expect([answer.status, answer.headers.get('x-isnad-commit')]).toEqual([200, String(sequence)]);
  });

  it('waits for a commit that is still to come, and sees it', async () => {
    const next = service.store.head().sequence + 1;
    const waiting = asking(String(next));
    const write = updating('INSERT DATA { <a:awaited> <a:p> 1 }');
    await service.ask('admin', '/update', write);
    const answer = await waiting;
    expect(answer.headers.get('x-isnad-commit')).toBe(String(next));
    expect(await answer.json()).toMatchObject({ boolean: true });
  });

  it.each(['x', '-1', '1.5', '1e3', ''])('refuses “%s”', async (commit) => {
    const answer = await asking(commit);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'invalid-parameter', parameter: 'X-Isnad-Min-Commit' },
    ]);
  });

  it('is told when there is no such commit', async () => {
    const { dataDir } = service;
    await service.close(true);
    service = await startWritingService(dataDir, { ISNAD_QUERY_TIMEOUT_MS: '300' });
    const answer = await asking('999999');
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'commit-awaited' }]);
    expect(answer.headers.get('retry-after')).toBe('2');
  });
});
