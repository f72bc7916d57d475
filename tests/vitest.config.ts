import { defineConfig } from 'vitest/config';

/**
 * One run, three projects: `rules` (pure, beside what they test), `journeys` (the real app on a real
 * database) and `browser` (Chromium, few and whole; one file at a time, since the machine has two cores).
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    reporters: ['default', new URL('../packages/testkit/src/closing-line.ts', import.meta.url).pathname],
    projects: [
      {
        test: {
          name: 'rules',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'db/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.e2e.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
