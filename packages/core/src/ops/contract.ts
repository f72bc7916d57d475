import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { when } from '../kit/shapes.ts';
import { opsEndpoints as at } from './endpoints.ts';

/** How the service is, as the page of the administrators says it in words and `/metrics` in numbers. */
export const health = z.object({
  at: when,
  startedAt: when,
  mail: z.object({
    queued: z.number(),
    /** seconds that the oldest mail which could go has waited; null when none does */
    oldestSeconds: z.number().nullable(),
    sending: z.number(),
    /** handed over when a process died: a person decides whether they go again */
    doubt: z.number(),
    failed: z.number(),
  }),
  /** readers of events: how many they have not read, and what they stumble over */
  consumers: z.array(z.object({ name: z.string(), waiting: z.number(), failing: z.string().nullable() })),
  jobs: z.array(z.object({ name: z.string(), waiting: z.number(), active: z.number(), failed: z.number() })),
  /** what many did at once since the start: how many in one transaction, how long each waited */
  batches: z.array(
    z.object({ name: z.string(), batches: z.number(), meanSize: z.number(), meanWaitMs: z.number() }),
  ),
  /** of this process */
  loopLateMs: z.number(),
  pool: z.object({ open: z.number(), idle: z.number(), waiting: z.number() }),
  requestsUnderWay: z.number(),
  watching: z.number(),
  cache: z.object({ fromMemory: z.number(), made: z.number(), kept: z.number() }),
  /** statements that take longer than a tenth of a second on average; null where the database does not tell */
  slow: z.array(z.object({ statement: z.string(), calls: z.number(), meanMs: z.number() })).nullable(),
});
export type Health = z.infer<typeof health>;

export const opsContracts = {
  readHealth: contract({
    endpoint: at.readHealth,
    access: 'staff',
    summary:
      'How the service is: mails that wait, readers that lag, jobs that failed, statements that are slow',
    answer: health,
    refusals: ['not_allowed'],
  }),
} as const;
