import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineBytes, memoryMaximum } from '../../../src/store/engine/memory-share.ts';

const gigabyte = 1024 ** 3;

describe('the memory of an engine, where the setting leaves it open', () => {
  it('is an equal part of the engines’ share of the machine', () => {
    const needs = { machineBytes: 16 * gigabyte, engines: 5, quads: 1_000_000, imageBytes: 0 };
    expect(memoryMaximum(needs)).toEqual({ memoryMb: 2457, notice: undefined });
  });

  it('has room for the data on a small machine, which is told', () => {
    const needs = { machineBytes: 2 * gigabyte, engines: 5, quads: 1_000_000, imageBytes: 0 };
    const { memoryMb, notice } = memoryMaximum(needs);
    expect(memoryMb).toBe(972);
    expect(notice).toContain('972 MB each');
    const known = memoryMaximum({ ...needs, imageBytes: gigabyte });
    expect(known.memoryMb).toBe(1536);
  });

  it('never exceeds what WebAssembly allows, nor lacks room for a known image below that', () => {
    const bytes = fc.integer({ min: 0, max: 3 * gigabyte });
    const machine = fc.integer({ min: gigabyte / 4, max: 512 * gigabyte });
    fc.assert(
      fc.property(machine, fc.integer({ min: 1, max: 20 }), bytes, (size, engines, imageBytes) => {
        const { memoryMb } = memoryMaximum({ machineBytes: size, engines, quads: 0, imageBytes });
        expect(memoryMb).toBeLessThanOrEqual(4096);
        // Also the writer, which gets a tenth less, can start from it.
        expect(memoryMb * 0.9 * 1024 ** 2).toBeGreaterThan(imageBytes);
      }),
    );
  });

  it('is measured by the memory there is', () => {
    expect(machineBytes()).toBeGreaterThan(gigabyte / 4);
    expect(machineBytes()).toBeLessThan(100_000 * gigabyte);
  });
});
