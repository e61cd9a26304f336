import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../observe-requests.ts';
import type { Metric } from './metric.ts';
import { processMetrics } from './process-metrics.ts';
import { queryMetrics } from './query-metrics.ts';
import type { Readings } from './sources.ts';
import { storeMetrics } from './store-metrics.ts';

/** What `/metrics` answers, and what counts towards it. */
export interface Metrics {
  readonly count: (request: AnsweredRequest) => void;
  /** All metrics in Prometheus' text format, and the media type of that. */
  readonly text: () => Promise<{ readonly mediaType: string; readonly body: string }>;
}

/** Every metric that is read when it is asked for; requests are counted as they end. */
export const readMetrics: readonly Metric[] = [...storeMetrics, ...queryMetrics, ...processMetrics];

/** From a millisecond to the longest deadline. */
const bucketSeconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** Methods of the route table; a client may send any other, and must not make a label of it. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const register = (registry: Registry, metric: Metric, readings: () => Readings): void => {
  const { name, help, labels, kind, read } = metric;
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  if (kind === 'counter') {
    const counter = new Counter({
      ...options,
      collect: () => {
        counter.reset();
        const samples = read(readings());
        for (const [sampleLabels, value] of samples) counter.inc(sampleLabels, value);
        // A metric without labels is 0 after a reset, which is not the same as unknown.
        if (samples.length + labels.length === 0) counter.remove();
      },
    });
    return;
  }
  const gauge = new Gauge({
    ...options,
    collect: () => {
      gauge.reset();
      const samples = read(readings());
      for (const [sampleLabels, value] of samples) gauge.set(sampleLabels, value);
      if (samples.length + labels.length === 0) gauge.remove();
    },
  });
};

const registerRequests = (registry: Registry): Metrics['count'] => {
  const requests = new Counter({
    name: 'isnad_http_requests_total',
    help: 'Requests by pattern of the route, method and status; left is a client that did not wait.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'isnad_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: bucketSeconds,
    registers: [registry],
  });
  return ({ route, method, status, milliseconds }) => {
    requests.inc({ route, method: methods.has(method) ? method : 'other', status });
    durations.observe({ route }, milliseconds / 1000);
  };
};

/** The metrics of one service, in a registry of its own. */
export const createMetrics = (read: () => Readings): Metrics => {
  const registry = new Registry();
  let readings: Readings | undefined;
  const current = (): Readings => (readings ??= read());
  const count = registerRequests(registry);
  for (const metric of readMetrics) register(registry, metric, current);
  return {
    count,
    text: async () => {
      readings = undefined;
      return { mediaType: registry.contentType, body: await registry.metrics() };
    },
  };
};
