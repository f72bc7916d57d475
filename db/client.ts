import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import pg from 'pg';
import { prepareRepeated } from './preparing.ts';

// bigint columns hold ids and counts far below 2^53; as strings they would poison every comparison
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Db = NodePgDatabase<Record<string, never>> & { $client: pg.Pool };
export type Tx = PgTransaction<
  NodePgQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>;
/** What a query function takes: the database or a transaction under way. */
export type Queryable = Db | Tx;

export type ConnectOptions = { max?: number; onError?: (error: Error) => void };

/** Opens a pool. No writing transaction may last over 5 s, so the server ends it by itself then. */
export function connect(url: string, { max = 20, onError = () => undefined }: ConnectOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    options: '-c idle_in_transaction_session_timeout=10000 -c statement_timeout=30000',
  });
  // without a listener the pool ends the process when the server closes an idle connection (57P01 on a restart)
  pool.on('error', onError);
  pool.on('connect', prepareRepeated);
  return drizzle(pool, { logger: false }) as unknown as Db;
}
