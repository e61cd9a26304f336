import { totalmem } from 'node:os';

const megabyte = 1024 * 1024;

/** Part of the machine's memory that all engines together may fill; the rest is for Node.js and files. */
const share = 0.75;
/** What a query may need beside the data. */
const allowanceBytes = 256 * megabyte;
/** An engine's tables double when they are full, so the data need room to grow into. */
const growth = 1.25;
/** What an engine was measured to take for a quad (311 MB for a million, 526 MB with their merge), rounded up. */
const bytesPerQuad = 600;
/** WebAssembly's own maximum. */
const memoryMbMax = 4096;

/** The machine's memory in bytes, or what a control group leaves this process of it. */
export const machineBytes = (): number => {
  // Without a limit Node.js gives 0 or a number that no machine has.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};

export interface MemoryNeeds {
  readonly machineBytes: number;
  /** How many engines there are to be at the same time. */
  readonly engines: number;
  readonly quads: number;
  /** Memory of an engine that holds the data, where it is known. */
  readonly imageBytes: number;
}

export interface MemoryMaximum {
  /** For one reader, in megabytes. */
  readonly memoryMb: number;
  /** What is to be told, when the engines together may take more than their share. */
  readonly notice: string | undefined;
}

/**
 * The memory maximum of one engine where the setting leaves it open: an equal part of the engines' share
 * of the machine. The data are a floor under it and no ceiling, because they grow while the store is open.
 */
export const memoryMaximum = (needs: MemoryNeeds): MemoryMaximum => {
  const dataBytes = Math.max(needs.imageBytes, needs.quads * bytesPerQuad);
  const needed = Math.ceil((dataBytes * growth + allowanceBytes) / megabyte);
  const fair = Math.floor((needs.machineBytes * share) / needs.engines / megabyte);
  const memoryMb = Math.min(Math.max(fair, needed), memoryMbMax);
  const notice =
    needed > fair
      ? `${needs.engines} engines with room for these data want ${needed} MB each, more than this machine's share of ${fair} MB: set fewer readers, or give it more memory.`
      : undefined;
  return { memoryMb, notice };
};
