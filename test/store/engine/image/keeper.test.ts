import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineClient } from '../../../../src/store/engine/client.ts';
import { ImageKeeper } from '../../../../src/store/engine/image/keeper.ts';
import { ImageShelf } from '../../../../src/store/engine/image/shelf.ts';
import { temporaryDirectory } from '../../support.ts';
import { place } from '../pool/fake-engine.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

/** A keeper whose engines save images while `disk.isFull` is false. */
const newKeeper = () => {
  const disk = { isFull: true };
  const engines = { started: 0, ended: 0 };
  const notices: string[] = [];
  const shelf = new ImageShelf(temporaryDirectory(), { program: 'p', baseIri: 'b' }, (notice) => {
    notices.push(notice);
  });
  const call = async (name: string): Promise<void> => {
    if (name === 'saveImage' && disk.isFull) throw new Error('no space left');
  };
  const spawn = (): EngineClient => {
    engines.started += 1;
    const terminate = async (): Promise<void> => {
      engines.ended += 1;
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a keeper calls
    return { call, terminate, memoryBytes: 1000 } as unknown as EngineClient;
  };
  const keeper = new ImageKeeper({
    shelf,
    spawn,
    head: () => place(5000),
    bytesTo: () => 10_000_000,
    onNotice: (notice) => notices.push(notice),
  });
  return { keeper, disk, engines, notices, shelf };
};

it('tells that the disk has no room, and tries no other for ten minutes, whatever is written', async () => {
  const { keeper, disk, engines, notices, shelf } = newKeeper();
  keeper.consider();
  await pass(2000);
  expect(notices).toEqual(['No image was made: no space left']);
  expect(engines).toEqual({ started: 1, ended: 1 });
  disk.isFull = false;
  for (let n = 0; n < 590; n += 1) {
    keeper.consider();
    await pass(1000);
  }
  expect(engines.started).toBe(1);
  await pass(10_000);
  keeper.consider();
  await pass(2000);
  expect(engines).toEqual({ started: 2, ended: 2 });
  expect(shelf.newest?.place.sequence).toBe(5000);
  expect(notices).toHaveLength(1);
  await keeper.close();
});

it('rests too when no engine could be started', async () => {
  const { keeper, notices, ...given } = newKeeper();
  const failing = new ImageKeeper({
    shelf: given.shelf,
    spawn: () => {
      throw new Error('no memory');
    },
    head: () => place(5000),
    bytesTo: () => 10_000_000,
    onNotice: (notice) => notices.push(notice),
  });
  for (let n = 0; n < 100; n += 1) {
    failing.consider();
    await pass(2000);
  }
  expect(notices).toEqual(['No image was made: no memory']);
  await Promise.all([failing.close(), keeper.close()]);
});
