import { IsnadError } from '../../errors.ts';
import { resolveIri } from '../../rdf/resolve-iri.ts';
import type { Update } from '../parser.ts';

/** What the prologue of an operation declares. */
export type Context = Update['updates'][number]['context'];

/** An IRI as the parser leaves it: as it stands in the text, or the local part of a prefixed name. */
interface WrittenIri {
  readonly value: string;
  readonly prefix?: string | undefined;
}

/** The base and the prefixes that hold at an operation: those of all prologues up to it. */
export class Names {
  #base: string;
  readonly #prefixes = new Map<string, string>();

  /** @param baseIri what IRIs are relative to before the first BASE */
  constructor(baseIri: string) {
    this.#base = baseIri;
  }

  /** Takes in the prologue of the next operation. */
  declare(context: Context): void {
    for (const definition of context) {
      const iri = this.iri(definition.value);
      if (definition.subType === 'base') this.#base = iri;
      else this.#prefixes.set(definition.key, iri);
    }
  }

  /**
   * The absolute IRI that is meant.
   *
   * @throws IsnadError `query-syntax` for a prefix that is not declared
   */
  iri({ value, prefix }: WrittenIri): string {
    if (prefix === undefined) return resolveIri(value, this.#base);
    const start = this.#prefixes.get(prefix);
    if (start === undefined)
      throw new IsnadError('query-syntax', `The prefix ${prefix}: is not declared.`);
    // A backslash lets a mark stand in a local name (SPARQL 1.1, PN_LOCAL_ESC); it is no part of it.
    return start + value.replaceAll(/\\(.)/gu, '$1');
  }
}
