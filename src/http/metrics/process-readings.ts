import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessReadings } from './sources.ts';

const nanosecondsPerSecond = 1e9;
const loopResolutionMs = 20;

/** Files, sockets and pipes this process holds open; 0 where the system does not say (Linux does). */
const countOpenFiles = (): number => {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
};

/** A sample is the whole time between two timers, so what is due is taken off. */
const delaySeconds = (nanoseconds: number): number =>
  Number.isFinite(nanoseconds)
    ? Math.max(0, nanoseconds / nanosecondsPerSecond - loopResolutionMs / 1000)
    : 0;

/** Begins to watch the event loop; each reading covers the time since the one before. */
export const watchProcess = (): (() => ProcessReadings) => {
  const delay = monitorEventLoopDelay({ resolution: loopResolutionMs });
  delay.enable();
  return () => {
    const { user, system } = process.cpuUsage();
    const memory = process.memoryUsage();
    const readings = {
      residentBytes: memory.rss,
      heapUsedBytes: memory.heapUsed,
      cpuSeconds: (user + system) / 1e6,
      openFiles: countOpenFiles(),
      uptimeSeconds: process.uptime(),
      loopDelayMeanSeconds: delaySeconds(delay.mean),
      loopDelayP99Seconds: delaySeconds(delay.percentile(99)),
      loopDelayMaxSeconds: delaySeconds(delay.max),
    };
    delay.reset();
    return readings;
  };
};
