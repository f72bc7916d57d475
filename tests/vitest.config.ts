import { defineConfig } from 'vitest/config';

/**
 * How long something may take before it is taken for never: a machine that is busy with other things is no fault of
 * what is tested, so these end a run that hangs and judge nothing.
 */
const patience = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 30_000 } },
};

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
          ...patience,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          ...patience,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.e2e.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          ...patience,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
