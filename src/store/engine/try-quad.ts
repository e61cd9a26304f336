import { IsnadError } from '../../errors.ts';
import type { Engine, EngineStore } from './delta.ts';

/** In the default graph, because the graph a quad is in would stay behind, and empty. */
const line = '<urn:isnad:try-out> <urn:isnad:try-out> <urn:isnad:try-out> .\n';

/**
 * Adds a quad to an engine and takes it back. One synchronous call, so nobody sees it.
 *
 * @throws IsnadError `internal` when the engine does not hold what it was given, and what it throws
 */
export const tryQuad = (engine: Engine, store: EngineStore): void => {
  for (const quad of engine.parse(line, { format: 'application/n-quads' })) {
    store.add(quad);
    const isHeld = store.has(quad);
    store.delete(quad);
    const isGone = !store.has(quad);
    // @ts-expect-error -- the engine's types leave out the method that gives its memory back
    quad.free();
    if (!isHeld || !isGone)
      throw new IsnadError('internal', 'The writer does not keep what it is given.');
  }
};
