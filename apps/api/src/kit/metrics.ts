/** What the process measures of itself. A registry of its own a house, so that tests build as many as they like. */
import { Counter, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof metricsOf>;

export function metricsOf() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    batchSize: new Histogram({
      name: 'folkmoot_batch_size',
      help: 'Acts written in one transaction',
      labelNames: ['writer'],
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    batchWait: new Histogram({
      name: 'folkmoot_batch_wait_seconds',
      help: 'From the request until its own commit',
      labelNames: ['writer'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    requests: new Histogram({
      name: 'folkmoot_request_seconds',
      help: 'Requests that the page cache did not answer, by what answered and how',
      labelNames: ['what', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    cache: new Counter({
      name: 'folkmoot_page_cache_total',
      help: 'Pages asked of the cache, by what it had',
      labelNames: ['had'],
      registers,
    }),
    shed: new Counter({
      name: 'folkmoot_shed_total',
      help: 'Requests answered 503 because the process had no room',
      labelNames: ['why'],
      registers,
    }),
  };
}
