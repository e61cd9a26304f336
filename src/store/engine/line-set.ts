/**
 * A set of lines, each kept as a place in a buffer that holds it. A million lines cost some 30 MB
 * beside their text, where a set of strings would cost as much as the text again.
 */
export class LineSet {
  readonly #seed: number;
  #buffers: Buffer[] = [];
  /** Per entry: the buffer, the first byte, the byte after the last, the hash. */
  #entries = new Uint32Array(4 * 1024);
  /** Entry number plus one, by hash; 0 is free. Never more than half full. */
  #slots = new Uint32Array(4096);
  #size = 0;

  /** @param seed mixed into every hash, so that nobody outside can choose lines that collide */
  constructor(seed = Math.floor(Math.random() * 2 ** 32)) {
    this.#seed = seed;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the bytes from `start` to before `end`; false when the set has an equal line already. */
  add(buffer: Buffer, start: number, end: number): boolean {
    const hash = this.#hash(buffer, start, end);
    const slot = this.#findSlot(buffer, start, end, hash);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = this.#size + 1;
    this.#append(buffer, start, end, hash);
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return true;
  }

  /** The number, from 0 in the order of adding, of the line equal to these bytes, or -1. */
  find(buffer: Buffer, start: number, end: number): number {
    const slot = this.#findSlot(buffer, start, end, this.#hash(buffer, start, end));
    return (this.#slots[slot] ?? 0) - 1;
  }

  /** Where line number `entry` is. */
  at(entry: number): { readonly buffer: Buffer; readonly start: number; readonly end: number } {
    const [which = 0, start = 0, end = 0] = this.#entries.subarray(entry * 4, entry * 4 + 3);
    const buffer = this.#buffers[which];
    if (!buffer || entry >= this.#size) throw new RangeError(`There is no line ${entry}.`);
    return { buffer, start, end };
  }

  /** FNV-1a, 32 bits. */
  #hash(buffer: Buffer, start: number, end: number): number {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (buffer[at] ?? 0), 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  /** The slot of an equal line, or the free one where it belongs. */
  #findSlot(buffer: Buffer, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0 || this.#equals(entry, buffer, start, end, hash)) return slot;
    }
  }

  #equals(entry: number, buffer: Buffer, start: number, end: number, hash: number): boolean {
    const at = entry * 4;
    const entryStart = this.#entries[at + 1] ?? 0;
    const entryEnd = this.#entries[at + 2] ?? 0;
    if (this.#entries[at + 3] !== hash || entryEnd - entryStart !== end - start) return false;
    const own = this.#buffers[this.#entries[at] ?? 0];
    return own?.compare(buffer, start, end, entryStart, entryEnd) === 0;
  }

  #append(buffer: Buffer, start: number, end: number, hash: number): void {
    if (this.#buffers.at(-1) !== buffer) this.#buffers.push(buffer);
    const at = this.#size * 4;
    if (at === this.#entries.length) {
      const grown = new Uint32Array(at * 2);
      grown.set(this.#entries);
      this.#entries = grown;
    }
    this.#entries.set([this.#buffers.length - 1, start, end, hash], at);
    this.#size += 1;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.#size; entry += 1) {
      let slot = (this.#entries[entry * 4 + 3] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry + 1;
    }
  }
}
