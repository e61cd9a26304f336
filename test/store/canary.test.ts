import { describe, expect, it } from 'vitest';
import { Canary, type CanaryParts } from '../../src/store/canary.ts';
import { temporaryDirectory } from './support.ts';

/** A canary of a store whose writer is not there, for this reason. */
const canaryOf = (startProblem: string | undefined): { canary: Canary; warmed: () => number } => {
  let warmed = 0;
  const parts = {
    dataDir: temporaryDirectory(),
    readers: { probe: () => Promise.resolve({ answered: 1, busy: 0 }) },
    writer: { isReady: false, startProblem, warm: () => (warmed += 1) },
    committer: { waiting: 0, refusal: undefined },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a canary asks
  return { canary: new Canary(parts as unknown as CanaryParts), warmed: () => warmed };
};

describe('a canary', () => {
  it('is content with a writer that is starting', async () => {
    const { canary, warmed } = canaryOf(undefined);
    expect(await canary.tryOut(Date.now() + 5000)).toMatchObject({ writer: 'starting' });
    expect(warmed()).toBe(1);
  });

  it('is not with one that could not start, and lets it be tried again', async () => {
    const { canary, warmed } = canaryOf('The data are too large.');
    await expect(canary.tryOut(Date.now() + 5000)).rejects.toMatchObject({
      code: 'store-busy',
      message: expect.stringContaining('too large'),
    });
    expect(warmed()).toBe(1);
  });
});
