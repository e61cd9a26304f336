import { IsnadError } from '../../errors.ts';

/** WebAssembly's binary format, core specification §5.5: a section is an id, a size and a body. */
const preambleBytes = 8;
const memorySectionId = 5;
const pagesPerMb = 16;

interface Number32 {
  readonly value: number;
  readonly next: number;
}

const readLeb128 = (bytes: Uint8Array, at: number): Number32 => {
  let value = 0;
  let next = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
  }
};

const writeLeb128 = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
};

const findSection = (program: Uint8Array, id: number) => {
  let at = preambleBytes;
  while (at < program.length) {
    const { value: size, next } = readLeb128(program, at + 1);
    if (program[at] === id) return { start: at, body: next, end: next + size };
    at = next + size;
  }
  return undefined;
};

/**
 * The same program with a maximum for its one memory: growing past it fails inside the engine,
 * instead of taking the machine's memory.
 *
 * @throws IsnadError `setting-invalid` when the maximum is below what the program starts with
 */
export const capMemory = (program: Uint8Array, memoryMb: number): Uint8Array<ArrayBuffer> => {
  const section = findSection(program, memorySectionId);
  const memories = section && readLeb128(program, section.body);
  if (!section || memories?.value !== 1)
    throw new IsnadError('internal', 'The engine declares no single memory that could be capped.');
  const minimum = readLeb128(program, memories.next + 1).value;
  const maximum = memoryMb * pagesPerMb;
  if (maximum < minimum)
    throw new IsnadError('setting-invalid', `An engine needs more than ${memoryMb} MB.`);
  const body = [1, 1, ...writeLeb128(minimum), ...writeLeb128(maximum)];
  return Buffer.concat([
    program.subarray(0, section.start),
    Uint8Array.from([memorySectionId, ...writeLeb128(body.length), ...body]),
    program.subarray(section.end),
  ]);
};
