import { importDelivery } from '../import/import-delivery.ts';
import { readStatistics } from '../catalogue/statistics.ts';
import type { Iris } from '../model/iris.ts';
import { IsnadError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { TimedStore } from '../store/time.ts';
import { answerQuery } from '../sparql/answer.ts';
import { createLocalTime } from './time-workplace.ts';
import type { Workplace } from './workplace.ts';

/** A workplace on a store that this process opened itself; closing it closes the store. */
export const createLocalWorkplace = (
  store: TimedStore,
  settings: Settings,
  iris: Iris,
): Workplace => ({
  query: (text, mediaType) => answerQuery({ store, settings, iris }, { text, mediaType }),
  importDelivery: (request, onProgress) =>
    importDelivery({ store, settings, iris }, request, { onProgress }),
  redact: (request, onProgress) => store.redact({ ...request, actor: 'operator', onProgress }),
  exportGraphs: async function* exportGraphs(graphs) {
    const names = graphs.length > 0 ? graphs : (await store.listGraphs()).map(({ graph }) => graph);
    for (const graph of names) {
      const content = await store.readGraph(graph);
      if (content === undefined) throw new IsnadError('not-found', `There is no graph ${graph}.`);
      yield* content.nquads;
    }
  },
  statistics: () => readStatistics(store, settings, iris),
  baseIri: () => Promise.resolve(iris.base),
  time: createLocalTime(store, settings, iris),
  close: () => store.close(),
});
