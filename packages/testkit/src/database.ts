/** Throw-away databases, cloned from the town that global.ts built (0.1 s each). */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export type TestDatabase = { appUrl: string; ownerUrl: string; name: string; drop: () => Promise<void> };

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of one's own: Anybridge as seeded, or empty (no schema) with `empty`. */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { ownerUrl, appUrl } = inject('server');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(
    ownerUrl,
    empty ? `create database ${name}` : `create database ${name} template folkmoot strategy file_copy`,
  );
  return {
    name,
    ownerUrl: withDatabase(ownerUrl, name),
    appUrl: withDatabase(appUrl, name),
    drop: () => onServer(ownerUrl, `drop database if exists ${name} with (force)`),
  };
}
