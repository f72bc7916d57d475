/** Everything a process is told from outside, checked once at start; every mistake is named in one message. */
import { z } from 'zod';

const flag = z
  .enum(['true', 'false', '1', '0', 'on', 'off'])
  .transform((v) => v === 'true' || v === '1' || v === 'on');
const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((v) =>
  v
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const schema = z.object({
  PORT: port.optional(),
  HOST: z.string().optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((v) => v.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MIGRATE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  FILES_URL: z
    .url({ protocol: /^https?$/ })
    .transform((v) => v.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  MAIL_RATE: z.coerce.number().int().min(1).max(100_000).default(20),
  SECRET_KEYS: list
    .pipe(z.array(z.string().min(32, 'each key has at least 32 characters')).min(1))
    .optional(),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  DEMO: flag.optional(),
  TRUSTED_PROXIES: list.default([]),
  ADMIN_PORT: port.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Settings = {
  /** null: the next free one from 3000 on */
  port: number | null;
  host: string;
  publicUrl: string | null;
  databaseUrl: string | null;
  migrateUrl: string | null;
  dataDir: string;
  /** where a copy of the folder `files` is served, such as a CDN: pictures are fetched from there */
  filesUrl: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  /** mails a second of one process: a council's own server takes more than a provider's */
  mailRate: number;
  /** the first signs, all verify; null: made in the data directory (demo only) */
  secretKeys: string[] | null;
  role: 'all' | 'web' | 'worker';
  demo: boolean;
  trustedProxies: string[];
  adminPort: number | null;
  logLevel: string;
};

export class BadSettings extends Error {}

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

function conflicts(read: z.output<typeof schema>, demo: boolean): string[] {
  const found: string[] = [];
  if (read.DEMO && read.DATABASE_URL)
    found.push('DEMO: the demo town runs only on the embedded database; leave DATABASE_URL out.');
  if (demo && read.PUBLIC_URL && !isLoopback(read.PUBLIC_URL))
    found.push('PUBLIC_URL: the demo lets anyone be an officer, so it answers on this machine only.');
  if (demo && read.TRUSTED_PROXIES.length)
    found.push('TRUSTED_PROXIES: the demo believes no forwarded address.');
  if (!demo && !read.SECRET_KEYS)
    found.push('SECRET_KEYS: needed to sign links (32 characters or more; several separated by commas).');
  if (!demo && !read.PUBLIC_URL)
    found.push('PUBLIC_URL: the address residents see, such as https://moot.example.org.');
  return found;
}

/**
 * Reads the environment.
 * @throws BadSettings naming every mistake at once, in words for the person who starts the server.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (!read.success) {
    throw new BadSettings(
      read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const it = read.data;
  const demo = it.DEMO ?? !it.DATABASE_URL;
  const wrong = conflicts(it, demo);
  if (wrong.length) throw new BadSettings(wrong.join('\n'));
  return {
    port: it.PORT ?? (demo ? null : 3000),
    host: it.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: it.PUBLIC_URL ?? null,
    databaseUrl: it.DATABASE_URL ?? null,
    migrateUrl: it.MIGRATE_DATABASE_URL ?? null,
    dataDir: it.DATA_DIR,
    filesUrl: it.FILES_URL ?? null,
    smtpUrl: it.SMTP_URL ?? null,
    mailFrom: it.MAIL_FROM ?? 'Folkmoot <moot@localhost>',
    mailRate: it.MAIL_RATE,
    secretKeys: it.SECRET_KEYS ?? null,
    role: it.ROLE,
    demo,
    trustedProxies: it.TRUSTED_PROXIES,
    adminPort: it.ADMIN_PORT ?? null,
    logLevel: it.LOG_LEVEL,
  };
}
