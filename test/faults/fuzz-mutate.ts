/** Chooses one of several things. */
export type Choose = <Item>(items: readonly Item[]) => Item;

export interface Mutator {
  readonly pick: Choose;
  /** The same bytes, or some with flipped, repeated, inserted and lost bytes. */
  readonly mutate: (bytes: Buffer, times?: readonly number[]) => Buffer;
  /** A request's target, mutated, and still one word. */
  readonly mutateTarget: (bytes: Buffer) => Buffer;
}

/** How many mutations there are, half of the time none. */
const usualTimes = [0, 0, 0, 1, 1, 5];
const kinds = ['flip', 'insert', 'lose', 'repeat', 'cut'] as const;
const repeated = { bytes: 8, times: 20 } as const;
const slash = 0x2f;

const changes: Readonly<
  Record<(typeof kinds)[number], (head: Buffer, tail: Buffer, byte: number) => Buffer>
> = {
  flip: (head, tail, byte) => Buffer.concat([head, Buffer.from([byte]), tail.subarray(1)]),
  insert: (head, tail, byte) => Buffer.concat([head, Buffer.from([byte]), tail]),
  lose: (head, tail) => Buffer.concat([head, tail.subarray(1)]),
  repeat: (head, tail) => {
    const part = tail.subarray(0, repeated.bytes);
    return Buffer.concat([head, ...Array.from({ length: repeated.times }, () => part), tail]);
  },
  cut: (head) => head,
};

/** Headers end at a line break; slow and broken framing is the matter of another proof. */
export const withoutBreaks = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.filter((byte) => byte !== 0x0d && byte !== 0x0a));

/** Mutations that follow from a sequence of numbers from 0 to below 1. */
export const createMutator = (random: () => number): Mutator => {
  const pick: Choose = (items) => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  };
  const change = (bytes: Buffer, allowed: readonly (typeof kinds)[number][]): Buffer => {
    const at = Math.floor(random() * (bytes.length + 1));
    const byte = Math.floor(random() * 256);
    return changes[pick(allowed)](bytes.subarray(0, at), bytes.subarray(at), byte);
  };
  const mutate = (
    bytes: Buffer,
    times: readonly number[] = usualTimes,
    allowed = [...kinds],
  ): Buffer => {
    let mutated = bytes;
    for (let left = pick(times); left > 0; left -= 1) mutated = change(mutated, allowed);
    return mutated;
  };
  const mutateTarget = (bytes: Buffer): Buffer => {
    const whole = kinds.filter((kind) => kind !== 'cut');
    const mutated = Buffer.from(
      mutate(bytes, usualTimes, whole).map((byte) =>
        byte <= 0x20 || byte === 0x7f ? slash : byte,
      ),
    );
    return mutated[0] === slash ? mutated : Buffer.concat([Buffer.from('/'), mutated]);
  };
  return { pick, mutate: (bytes, times) => mutate(bytes, times), mutateTarget };
};
