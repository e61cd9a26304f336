import type { GraphContent, Plan, Store } from '../../store/store.ts';

/** Computes what publishing would change in the dataset's graph. Changes nothing. */
export const diff = (store: Store, content: GraphContent): Promise<Plan> => store.plan([content]);

/** How much a plan changes. */
export interface PlanSummary {
  readonly addedQuads: number;
  readonly removedQuads: number;
  /** Whether the dataset is new. */
  readonly created: boolean;
}

/** Sums up a plan. */
export const summarise = ({ deltas }: Plan): PlanSummary => ({
  addedQuads: deltas.reduce((sum, { addedQuads }) => sum + addedQuads, 0),
  removedQuads: deltas.reduce((sum, { removedQuads }) => sum + removedQuads, 0),
  created: deltas.some(({ created }) => created),
});
