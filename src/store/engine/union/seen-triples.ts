/** What `SeenTriples` remembers. */
export interface SavedTriples {
  readonly seed: number;
  readonly size: number;
  readonly slots: Uint32Array;
}

/**
 * Remembers triples by a hash of 32 bits each, 8 to 16 bytes a triple: enough to say of nearly all that
 * they are new. It forgets nothing.
 */
export class SeenTriples {
  /** Mixed into every hash, so that nobody outside can choose triples that collide. */
  readonly #seed: number;
  /** Hashes by their lowest bits; 0 is free. Never more than half full. */
  #slots: Uint32Array;
  #size: number;

  /** @param saved as `save` gave it; else it has seen nothing */
  constructor(saved?: SavedTriples) {
    this.#seed = saved?.seed ?? Math.floor(Math.random() * 2 ** 32);
    this.#slots = saved?.slots ?? new Uint32Array(4096);
    this.#size = saved?.size ?? 0;
  }

  /** What it remembers, not copied. */
  save(): SavedTriples {
    return { seed: this.#seed, size: this.#size, slots: this.#slots };
  }

  /** Adds the triple of these bytes; false when it, or one of the same hash, was there. */
  add(piece: Uint8Array, start: number, end: number): boolean {
    const hash = hashOf(piece, start, end, this.#seed);
    if (!this.#put(hash)) return false;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #put(hash: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask)
      if (this.#slots[slot] === hash) return false;
    this.#slots[slot] = hash;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#put(hash);
  }
}

/** FNV-1a with its bits mixed, never 0. */
const hashOf = (bytes: Uint8Array, start: number, end: number, seed: number): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
};
