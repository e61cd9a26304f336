import type { Request, Response } from 'express';
import type { Services } from './services.ts';

/** Answers one request; throws an `IsnadError` for every refusal. */
export type Handler = (
  request: Request,
  response: Response,
  services: Services,
) => void | Promise<void>;

/**
 * One row of the route table. `docs/http.md` lists the same rows and a test holds the two together
 * in both directions. GET rows also answer HEAD.
 */
export interface Route {
  readonly method: 'GET' | 'QUERY' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express 5 path pattern, as in `/doc/:type/:localId`. */
  readonly path: string;
  /** One sentence, shown in the docs. */
  readonly summary: string;
  readonly handle: Handler;
}
