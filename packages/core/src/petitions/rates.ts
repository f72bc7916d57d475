/**
 * How many mails a network may ask for, and when a signature becomes doubtful. Families, schools and libraries share
 * a network: what comes too fast waits its turn or for a moderator, and is never thrown away.
 */
import { z } from 'zod';

const most = z.coerce.number().int().min(0).max(10_000);
const rate = z.object({ minute: most, five: most });
/** An address, or the first half of one of the newer kind: `203.0.113.7`, `2001:db8:1:2::/64`. */
const network = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3}::\/64)$/);
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
const lists = z.object({
  networks: z.array(network).max(500).default([]),
  domains: z.array(domain).max(500).default([]),
});

export const ratesShape = z.object({
  /** mails for one network on one petition, in a minute and in five */
  network: rate.default({ minute: 1, five: 5 }),
  /** the same before it is published: supporters sit around one table */
  supporters: rate.default({ minute: 5, five: 25 }),
  /** petitions that one person may send off in an hour */
  organisers: most.default(2),
  /** signatures an hour from one network on one petition; what comes after waits for a moderator */
  suspect: most.min(1).default(30),
  /** signatures an hour from one network or one mail domain on one petition, from which moderators are told */
  burst: most.min(1).default(100),
  /** never held back and never doubtful */
  allow: lists.default({ networks: [], domains: [] }),
  /** never sent a mail; what is there already becomes doubtful */
  block: lists.default({ networks: [], domains: [] }),
});
export type Rates = z.output<typeof ratesShape>;
