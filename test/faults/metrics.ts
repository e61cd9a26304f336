import type { Server } from './server.ts';

/** What a server counts, at one moment. */
export interface Reading {
  /** The sum of a metric over its labels, or over those that hold this text. */
  readonly sum: (name: string, label?: string) => number;
}

/** Reads `/metrics`. */
export const readMetrics = async (server: Server): Promise<Reading> => {
  const { body } = await server.ask({ path: '/metrics' });
  const samples = [...body.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value = '']) => ({ name, labels, value: Number(value) }),
  );
  return {
    sum: (name, label = '') => {
      const found = samples.filter((each) => each.name === name && each.labels.includes(label));
      if (found.length === 0) throw new Error(`There is no metric ${name} with “${label}”.`);
      return found.reduce((sum, { value }) => sum + value, 0);
    },
  };
};
