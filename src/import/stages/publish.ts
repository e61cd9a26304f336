import { IsnadError, isIsnadError } from '../../errors.ts';
import type {
  CommitDescription,
  CommitRecord,
  GraphContent,
  Plan,
  Store,
} from '../../store/store.ts';
import type { ImportRequest } from '../import-request.ts';
import type { Prepared } from '../preparation.ts';
import { teiMapping } from '../readers/tei-map.ts';
import { diff, summarise } from './diff.ts';
import type { PlanSummary } from './diff.ts';

/** `unchanged`: the graph had this content already. `blocked`: the shapes are violated. */
export type ImportOutcome = 'published' | 'unchanged' | 'dry-run' | 'blocked';

export interface Published {
  readonly outcome: ImportOutcome;
  readonly plan: PlanSummary;
  readonly commit: CommitRecord | undefined;
}

interface PublishInput {
  readonly store: Store;
  readonly request: ImportRequest;
  readonly prepared: Prepared;
  readonly content: GraphContent;
  readonly plan: Plan;
  readonly signal: AbortSignal | undefined;
}

/** Others may write between plan and commit; more than this in a row is no accident. */
const triesMax = 5;

/**
 * Publishes a planned import as one commit: all of it, or nothing.
 *
 * @throws IsnadError `commit-conflict` when others keep writing, `write-failed`, `import-cancelled`
 */
export const publish = async (input: PublishInput): Promise<Published> => {
  const { store, request, prepared, content, signal } = input;
  const summary = summarise(input.plan);
  const outcome = outcomeBefore(input);
  if (outcome !== undefined) return { outcome, plan: summary, commit: undefined };
  let { plan } = input;
  for (let tries = 1; ; tries += 1) {
    if (signal?.aborted)
      throw new IsnadError('import-cancelled', 'The import was stopped before it was published.');
    try {
      const { commit } = await store.commit(plan, describe(request, prepared));
      const done = commit === undefined ? 'unchanged' : 'published';
      return { outcome: done, plan: summarise(plan), commit };
    } catch (error) {
      const mayTryAgain = isIsnadError(error) && error.code === 'commit-conflict';
      if (!mayTryAgain || tries >= triesMax) throw error;
      plan = await diff(store, content);
    }
  }
};

const outcomeBefore = ({ request, prepared, plan }: PublishInput): ImportOutcome | undefined => {
  if (prepared.validation.violations > 0 && request.allowViolations !== true) return 'blocked';
  if (request.dryRun === true) return 'dry-run';
  return plan.deltas.length === 0 ? 'unchanged' : undefined;
};

const describe = (request: ImportRequest, prepared: Prepared): CommitDescription => ({
  activity: 'import',
  actor: request.actor ?? 'operator',
  message: messageOf(request, prepared),
  details: {
    dataset: request.dataset.slug,
    licence: request.dataset.licence,
    mapping: teiMapping.name,
    mappingVersion: teiMapping.version,
    files: prepared.files,
    counts: { ...prepared.counts, ...prepared.validation },
  },
});

const messageOf = ({ dataset, allowViolations }: ImportRequest, prepared: Prepared): string => {
  const { violations } = prepared.validation;
  const overridden =
    allowViolations === true && violations > 0
      ? `; published although ${violations} constraints of the shapes are violated`
      : '';
  return `Import of ${prepared.counts['records'] ?? 0} records into ${dataset.slug}${overridden}`;
};
