import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReaderPool } from '../../../src/store/engine/pool/reader-pool.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { indexPath } from '../../../src/store/journal/redactions.ts';
import { Writer } from '../../../src/store/engine/writer.ts';
import { RecentSteps } from '../../../src/store/engine/steps.ts';
import { engineStart, startEngine } from './engines.ts';

describe('an engine that was ended', () => {
  it('refuses a call at once, and fails the one it was at work on', async () => {
    const engine = startEngine(await engineStart(64));
    await engine.call('advance', journalStart);
    const atWork = engine.call('tryOut');
    const ended = engine.terminate();
    await expect(atWork).rejects.toMatchObject({ code: 'query-failed' });
    await expect(engine.call('tryOut')).rejects.toMatchObject({
      code: 'query-failed',
      message: 'The engine was stopped.',
    });
    await ended;
    await expect(engine.advance(journalStart, journalStart)).rejects.toMatchObject({
      code: 'query-failed',
    });
  });
});

/** How an engine is started on a journal whose list of redactions is damaged. */
const damaged = async () => {
  const start = await engineStart(64);
  const file = indexPath(start.journalDirectory);
  mkdirSync(path.dirname(file));
  writeFileSync(file, 'no list');
  return start;
};

describe('a list of redactions that cannot be read', () => {
  it('is what every call says, of the one worker there is', async () => {
    const badStarts: string[] = [];
    const engine = startEngine(await damaged(), { onBadStart: (what) => badStarts.push(what) });
    for (let n = 0; n < 2; n += 1)
      await expect(engine.call('advance', journalStart)).rejects.toMatchObject({
        code: 'store-damaged',
      });
    expect(engine.healthy).toBe(false);
    expect(badStarts).toEqual([]);
  });

  it('ends the start of the readers, and the question to the writer', async () => {
    const start = await damaged();
    let started = 0;
    const spawn = () => {
      started += 1;
      return startEngine(start);
    };
    const pool = new ReaderPool(
      {
        lanes: { light: 1, heavy: 0, spare: 0 },
        lightBudgetMs: 100,
        queueMax: 10,
        spawn,
        onNotice: () => undefined,
      },
      journalStart,
    );
    await expect(pool.start()).rejects.toMatchObject({ code: 'store-damaged' });
    await pool.close();
    const writer = new Writer({ spawn, head: () => journalStart, recent: new RecentSteps() });
    await expect(writer.tryOut()).rejects.toMatchObject({ code: 'store-damaged' });
    expect(writer.startProblem).toContain('the list of what is withheld, is unreadable');
    expect(started).toBe(2);
  });
});
