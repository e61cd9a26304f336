import { IsnadError } from '../../../errors.ts';

/**
 * The engine's table of references to JavaScript values, as far as an image must know it. Its first
 * entries are made with the engine. Behind them the engine keeps the names of properties it has asked
 * for (`termType`, `value` …), each made when it is first needed and then remembered in its memory by its
 * number. An engine that were restored without them would read no property of any term, and say nothing.
 */
export interface References {
  readonly length: number;
  readonly names: readonly (readonly [entry: number, name: string])[];
}

/** What a new engine's table holds, and what a freed entry is. */
const isConstant = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'boolean';

/**
 * What is to be kept of the table of an engine that is not at work.
 *
 * @throws IsnadError `internal` for a reference that no other engine could have
 */
export const readReferences = (table: WebAssembly.Table): References => {
  const names: [number, string][] = [];
  for (let entry = 0; entry < table.length; entry += 1) {
    const value: unknown = table.get(entry);
    if (typeof value === 'string') names.push([entry, value]);
    else if (!isConstant(value))
      throw new IsnadError('internal', 'The engine holds on to an object, so it has no image.');
  }
  return { length: table.length, names };
};

/** Makes the table of a new engine what that of the image was. */
export const restoreReferences = (table: WebAssembly.Table, references: References): void => {
  if (references.length > table.length) table.grow(references.length - table.length, null);
  for (const [entry, name] of references.names) table.set(entry, name);
};
