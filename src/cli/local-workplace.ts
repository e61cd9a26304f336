import { readStatistics } from '../catalogue/statistics.ts';
import type { Iris } from '../model/iris.ts';
import { IsnadError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { answerQuery } from '../sparql/answer.ts';
import type { OpenedStore } from './composition.ts';
import { createLocalTime } from './time-workplace.ts';
import { createLocalTokens } from './token-workplace.ts';
import type { Workplace } from './workplace.ts';

/** A command may take as long as it needs. */
const graphTimeoutMs = 600_000;

/** A workplace on a store that this process opened itself; closing it closes the store. */
export const createLocalWorkplace = (
  store: OpenedStore,
  settings: Settings,
  iris: Iris,
): Workplace => ({
  query: (text, mediaType) => answerQuery({ store, settings, iris }, { text, mediaType }),
  importDelivery: async (request, onProgress) => {
    const { importDelivery } = await import('../import/import-delivery.ts');
    return importDelivery({ store, settings, iris }, request, { onProgress });
  },
  redact: (request, onProgress) => store.redact({ ...request, actor: 'operator', onProgress }),
  exportGraphs: async function* exportGraphs(graphs, at = store.head().sequence) {
    const newest = store.head().sequence;
    if (at > newest)
      throw new IsnadError('not-found', `There is no commit ${at}; the newest is ${newest}.`);
    const known = await store.time.graphsAt(at);
    const missing = graphs.find((graph) => !known.includes(graph));
    if (missing !== undefined)
      throw new IsnadError('not-found', `There is no graph ${missing} at commit ${at}.`);
    const named = graphs.length > 0 ? { graphs } : { graphs: known };
    yield* store.time.state({ at, ...named, timeoutMs: graphTimeoutMs });
  },
  checkEngines: () => store.checkEngines(),
  statistics: () => readStatistics(store, settings, iris),
  baseIri: () => Promise.resolve(iris.base),
  time: createLocalTime(store, settings, iris),
  tokens: createLocalTokens(settings),
  close: () => store.close(),
});
