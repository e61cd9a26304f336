import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'threads',
    // By default one core is left to vitest itself, which needs little of it.
    maxWorkers: '100%',
  },
});
