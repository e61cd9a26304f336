import { perProcess, type Metric } from './metric.ts';

const gauge = (name: string, help: string, read: Metric['read']): Metric => ({
  name,
  kind: 'gauge',
  labels: [],
  help,
  read,
});

/** What is read from the process, under the names that dashboards for Prometheus expect. */
export const processMetrics: readonly Metric[] = [
  gauge(
    'process_resident_memory_bytes',
    'Memory of the whole process, engines included.',
    perProcess('residentBytes'),
  ),
  gauge(
    'nodejs_heap_used_bytes',
    'JavaScript heap of the main thread in use.',
    perProcess('heapUsedBytes'),
  ),
  gauge(
    'process_open_fds',
    'Files, sockets and pipes held open; 0 where the system does not say.',
    perProcess('openFiles'),
  ),
  {
    name: 'isnad_http_connections_dropped_total',
    kind: 'counter',
    labels: [],
    help: 'Connections closed at once because there were as many as may be (ISNAD_CONNECTIONS_MAX).',
    read: ({ connectionsDropped }) => [[{}, connectionsDropped]],
  },
  {
    name: 'process_cpu_seconds_total',
    kind: 'counter',
    labels: [],
    help: 'Processor time of the process, all threads together.',
    read: perProcess('cpuSeconds'),
  },
  gauge('process_uptime_seconds', 'Time since the process started.', perProcess('uptimeSeconds')),
  gauge(
    'isnad_event_loop_delay_mean_seconds',
    'Mean delay of the event loop since the last reading.',
    perProcess('loopDelayMeanSeconds'),
  ),
  gauge(
    'isnad_event_loop_delay_p99_seconds',
    'Delay of the event loop that one in a hundred samples exceeded.',
    perProcess('loopDelayP99Seconds'),
  ),
  gauge(
    'isnad_event_loop_delay_max_seconds',
    'Longest delay of the event loop since the last reading.',
    perProcess('loopDelayMaxSeconds'),
  ),
];
