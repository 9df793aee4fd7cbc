import { defineConfig } from 'vitest/config';

/**
 * Four tiers: `unit` needs nothing, `integration` a real Redis, `torture` the same with the machine to itself, `browser` also
 * a built client and Chromium. Two files at once also on a machine of two cores: most of what they do is wait.
 * `gallery` looks at every screen, and takes longer than a test may: `npm run gallery`.
 */
export default defineConfig({
  resolve: { conditions: ['development', 'module', 'node', 'default'] },
  ssr: { resolve: { conditions: ['development', 'module', 'node', 'default'] } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '*/src/**/*.test.ts',
            'sandbox/host/src/**/*.test.ts',
            'tools/**/*.test.ts',
            'server/test/unit/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.redis.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [
            'server/src/**/*.redis.test.ts',
            'server/test/way/**/*.test.ts',
            'server/test/torture/*/**/*.test.ts',
            'server/test/audit/**/*.test.ts',
            'server/test/threats/**/*.test.ts',
            'sandbox/test/**/*.test.ts',
            'tools/**/*.redis.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'torture',
          include: ['server/test/torture/*.test.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['client/test/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'gallery',
          include: ['client/test/gallery/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
