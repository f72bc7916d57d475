import type { Town } from '@folkmoot/testkit/town';

/**
 * Waits until everything that happened has been told. An event can be read once no older transaction runs, in any
 * database of the server: with other tests at work that takes a moment.
 */
export async function heardAll(town: Town): Promise<void> {
  const { consumers } = town.app.house;
  for (;;) {
    await consumers.caughtUp();
    const lag = await consumers.lag();
    if (lag.every((one) => Number(one.waiting) === 0)) return;
    await new Promise((soon) => setTimeout(soon, 5));
  }
}
