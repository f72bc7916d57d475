import { defineConfig } from 'vitest/config';
import InTurn from '../packages/testkit/src/order.ts';

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
 * One run, three projects: `rules` (pure, beside what they test), `journeys` (the real app on a real database) and
 * `browser` (Chromium, few and whole). Three files at a time on a machine with two cores: much of a test is waiting.
 */
const together = { ...patience, maxWorkers: 3 };

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    reporters: ['default', new URL('../packages/testkit/src/closing-line.ts', import.meta.url).pathname],
    sequence: { sequencer: InTurn },
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'rules',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'db/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          isolate: false,
          ...together,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          ...together,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.e2e.ts'],
          globalSetup: ['packages/testkit/src/global.ts'],
          // pages of one browser, where a test says that it may be beside others
          maxConcurrency: 3,
          ...together,
        },
      },
    ],
  },
});
