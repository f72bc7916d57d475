import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LotteryOptions, Progress, Stage } from './contract.ts';

/**
 * The running of one lottery: its clock, its limit, its stop button and its progress. The solver's calls are
 * synchronous and short; between them the job breathes, so that messages and the stop button are heard.
 */
export class Job {
  readonly #started = performance.now();
  readonly #options: LotteryOptions;
  readonly seconds: Record<string, number> = {};
  #lastBreath = 0;
  #lastReport = -Infinity;
  #stage: Stage = 'feasibility';

  constructor(options: LotteryOptions) {
    this.#options = options;
  }

  elapsed(): number {
    return (performance.now() - this.#started) / 1000;
  }

  stoppedBy(): 'time limit' | 'stop' | undefined {
    if (this.#options.signal?.aborted) return 'stop';
    return this.elapsed() >= (this.#options.timeLimit ?? Infinity) ? 'time limit' : undefined;
  }

  /** A limit for one call of the solver: what is left, where there is a limit. */
  get left(): { timeLimit?: number } {
    const limit = this.#options.timeLimit;
    return limit === undefined ? {} : { timeLimit: Math.max(0.1, limit - this.elapsed()) };
  }

  /** Lets the process hear its messages, at most twenty times a second. */
  async breathe(): Promise<void> {
    const now = performance.now();
    if (now - this.#lastBreath < 50) return;
    this.#lastBreath = now;
    await nextTurn();
  }

  /** Reports a new stage at once, and progress within a stage at most twice a second. */
  report(stage: Stage, text: string, more: Partial<Progress> = {}): void {
    const seconds = this.elapsed();
    if (stage === this.#stage && seconds - this.#lastReport < 0.5 && stage !== 'done') return;
    this.#stage = stage;
    this.#lastReport = seconds;
    this.#options.onProgress?.({ stage, text, panels: 0, seconds, ...more });
  }

  /** Adds the time of a stretch of work to the report. */
  async time<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const start = this.elapsed();
    try {
      return await work();
    } finally {
      this.seconds[name] = (this.seconds[name] ?? 0) + this.elapsed() - start;
    }
  }
}
