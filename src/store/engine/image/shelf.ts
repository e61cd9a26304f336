import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Place } from '../../journal/place.ts';
import { isPassing } from '../../passing-error.ts';
import { removeUseless } from '../../remove-useless.ts';
import { pageBytes, type ImageKey } from './format.ts';
import { headerOfImage } from './read-header.ts';

const imageName = /^\d{12}\.image$/;
const unread = Symbol('unread');

/** An image that fits. */
export interface ShelvedImage {
  readonly path: string;
  readonly place: Place;
  /** Memory of an engine that starts from it. */
  readonly memoryBytes: number;
}

/**
 * The images of a data directory. Nothing is lost with them: whatever does not fit, or is damaged, is thrown
 * away. One that the system does not let be read is left for another start.
 */
export class ImageShelf {
  readonly #directory: string;
  readonly #key: ImageKey;
  readonly #onNotice: (notice: string) => void;
  #newest: ShelvedImage | undefined;

  constructor(directory: string, key: ImageKey, onNotice: (notice: string) => void) {
    this.#directory = directory;
    this.#key = key;
    this.#onNotice = onNotice;
  }

  /**
   * Finds the newest image that fits and clears all others away.
   *
   * @param isOurs whether a place is a commit of the journal
   */
  async open(isOurs: (place: Place) => Promise<boolean>): Promise<void> {
    for (const name of this.#names()) {
      const file = path.join(this.#directory, name);
      const image = this.#newest ? undefined : await this.#look(file, isOurs);
      if (image === unread) continue;
      if (image) this.#newest = image;
      else removeUseless(file, this.#onNotice);
    }
  }

  /** The image to start engines from. */
  get newest(): ShelvedImage | undefined {
    return this.#newest;
  }

  /** The file in which an image of this commit is to be saved. */
  pathFor(place: Place): string {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    return path.join(this.#directory, `${String(place.sequence).padStart(12, '0')}.image`);
  }

  /** Takes a saved image in place of the one before. */
  put(image: ShelvedImage): void {
    const before = this.#newest;
    this.#newest = image;
    // An engine that is reading the older one has it open, and goes on reading.
    if (before && before.path !== image.path) removeUseless(before.path, this.#onNotice);
  }

  /** Throws an image away that turned out to be damaged. */
  discard(file: string): void {
    removeUseless(file, this.#onNotice);
    if (this.#newest?.path === file) this.#newest = undefined;
  }

  /** Throws all images away. */
  clear(): void {
    this.#newest = undefined;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Tells that an image cannot be read for a reason that may pass; it is neither used nor removed. */
  passOver(file: string, reason: string): void {
    this.#onNotice(`${file} could not be read and is not used this time: ${reason}`);
  }

  /** What lies in the directory, the newest image first. */
  #names(): readonly string[] {
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      return readdirSync(this.#directory).toSorted().toReversed();
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.passOver(this.#directory, error.message);
      return [];
    }
  }

  async #look(
    file: string,
    isOurs: (place: Place) => Promise<boolean>,
  ): Promise<ShelvedImage | typeof unread | undefined> {
    try {
      const image = this.#imageAt(file);
      return image && (await isOurs(image.place)) ? image : undefined;
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.passOver(file, error.message);
      return unread;
    }
  }

  #imageAt(file: string): ShelvedImage | undefined {
    if (!imageName.test(path.basename(file))) return undefined;
    try {
      const header = headerOfImage(file);
      const fits = header?.program === this.#key.program && header.baseIri === this.#key.baseIri;
      if (!fits) return undefined;
      return { path: file, place: header.place, memoryBytes: header.pages * pageBytes };
    } catch (error) {
      if (isPassing(error)) throw error;
      // Whatever is wrong with the file: what has no header is no image.
      return undefined;
    }
  }
}
