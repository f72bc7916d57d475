/** Column helpers that every domain's tables share. */
import { sql, type SQL, type AnyColumn } from 'drizzle-orm';
import { customType, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { CHANNELS } from '@folkmoot/core/kit/plain';

export type Words = { en: string; cy?: string | undefined };

export const id = () =>
  uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);
export const at = (name = 'at') => timestamp(name, { withTimezone: true, mode: 'date' });
export const now = (name = 'at') => at(name).notNull().defaultNow();
export const words = (name: string) => jsonb(name).$type<Words>();
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * A word list as a CHECK. Interpolated values come out as `$1, $2`, which DDL cannot run, so they are quoted here
 * and nowhere else.
 */
export const inWords = (column: AnyColumn, list: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(list.map((word) => `'${word.replaceAll("'", "''")}'`).join(', '))})`;

/**
 * The columns of every act: who did it, who typed it in, by which channel, and the key that makes sending it
 * twice do it once. The key is unique together with the person or contact, never alone.
 */
export const act = () => ({
  personId: uuid('person_id'),
  enteredBy: uuid('entered_by'),
  channel: text('channel').$type<(typeof CHANNELS)[number]>().notNull().default('web'),
  idempotencyKey: text('idempotency_key'),
});
export const channelCheck = (column: AnyColumn) => inWords(column, CHANNELS);
