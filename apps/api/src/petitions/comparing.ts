/**
 * When the rule of a mail domain changes, the addresses on petitions under way are compared anew, or somebody who
 * signed under the old rule could sign again under the new one. Nobody's signature is taken away by it: who turns
 * out to have signed twice keeps both until a moderator decides. Petitions that are over stay as they were counted.
 */
import { canonicalBy, type EmailRule } from '@folkmoot/core/petitions/addresses';
import type { Queryable } from '@folkmoot/db/client';
import { emailRules } from '@folkmoot/db/schema/signatures';
import { sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';

const AT_ONCE = 1_000;
const RUNNING = sql`('gathering_supporters', 'in_moderation', 'returned', 'open')`;
export type Rules = ReadonlyMap<string, EmailRule>;
type Row = { id: string; petition: number; email: string; canonical: string };
type Effect = { signatures: number; same: number };

export async function readEmailRules(db: Queryable): Promise<Rules> {
  const rows = await db.select().from(emailRules);
  return new Map(rows.map((row) => [row.domain, row]));
}

/** A domain and those that stand for it: what a change of its rule may touch. */
export const withAliases = (rules: Rules, domain: string): string[] => [
  domain,
  ...[...rules.values()].filter((rule) => rule.aliasOf === domain).map((rule) => rule.domain),
];

async function some(db: Queryable, domains: string[], after: string): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    select s.id, s.petition_id as petition, s.email, s.canonical from signatures s
    join petitions p on p.id = s.petition_id
    where p.state in ${RUNNING} and s.canonical is not null and s.id > ${after}::uuid
      and lower(split_part(s.email, '@', 2)) in (select jsonb_array_elements_text(${JSON.stringify(domains)}::jsonb))
    order by s.id limit ${AT_ONCE}`);
  return rows;
}

/** Rows whose address is compared in another form under these rules. */
async function* changing(db: Queryable, rules: Rules, domains: string[]) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await some(db, domains, after);
    yield rows.map((row) => ({ ...row, to: canonicalBy(rules, row.email) }));
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}

/** How many signatures the rules touch, and how many of them turn out to be of somebody who signed before. */
export async function effectOf(db: Queryable, rules: Rules, domains: string[]): Promise<Effect> {
  const seen = new Set<string>();
  let [signatures, same] = [0, 0];
  for await (const rows of changing(db, rules, domains)) {
    signatures += rows.length;
    for (const { petition, to } of rows) {
      const key = `${petition} ${to}`;
      if (seen.has(key)) same += 1;
      seen.add(key);
    }
  }
  return { signatures, same };
}

/**
 * Writes the new forms, a thousand at a time. Where another signature has that form already the old one stays; where
 * two would get it, the first does. Safe to repeat.
 */
export async function compareAnew({ db }: Pick<House, 'db'>, domains: string[]): Promise<void> {
  const rules = await readEmailRules(db);
  for await (const rows of changing(db, rules, domains)) {
    const others = rows.filter((row) => row.to !== row.canonical);
    if (others.length === 0) continue;
    await db.execute(sql`
      update signatures s set canonical = v."to" from (
        select distinct on (v.petition, v."to") v.*
        from jsonb_to_recordset(${JSON.stringify(others)}::jsonb) as v(id uuid, petition bigint, canonical text, "to" text)
        order by v.petition, v."to", v.id) v
      where s.id = v.id and s.canonical = v.canonical
        and not exists (select 1 from signatures o where o.petition_id = v.petition and o.canonical = v."to")`);
  }
}
