/** The endpoints of the rules behind petitions: reject codes, rules of mail domains, rates and lists. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { canonicalBy } from '@folkmoot/core/petitions/addresses';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Queryable } from '@folkmoot/db/client';
import { settings } from '@folkmoot/db/schema/places';
import { petitionRejectionCodes } from '@folkmoot/db/schema/petitions';
import { emailRules } from '@folkmoot/db/schema/signatures';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import type { Job } from '../kit/jobs.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import { compareAnew, effectOf, readEmailRules, type Rules, withAliases } from './comparing.ts';
import type { Rooms } from './counting.ts';
import { RATES_KEY, readRates } from './mailing.ts';
import { rejectionCodes } from './store.ts';
import { watchSignatures } from './watching.ts';

type Jobs = { compare: Job<{ domains: string[] }>; watch: Job<{ all?: boolean }> };

/** Rules are the place's own: whoever administers its council edits them. */
async function mayEdit(db: Queryable, actor: Actor): Promise<void> {
  const organisation = await placeOwner(db);
  if (!organisation || !petitionPolicy.editPetitionRules(actor, { organisation }))
    throw new Refused('not_allowed', 403);
}

async function codesOf(db: Queryable) {
  const used = await db.execute<{ code: string; n: number }>(
    sql`select rejection_code as code, count(*)::int as n from petitions where rejection_code is not null group by 1`,
  );
  const times = new Map(used.rows.map((row) => [row.code, row.n]));
  return (await rejectionCodes(db)).map((it) => ({ ...it, used: times.get(it.code) ?? 0 }));
}

function mountCodes(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.savePetitionRejectionCode, async ({ params, body, actor }) => {
    await house.db.transaction(async (tx) => {
      await mayEdit(tx, actor);
      const { fresh, ...set } = body;
      const insert = tx.insert(petitionRejectionCodes).values({
        code: params.code,
        ...set,
        sort: sql`(select coalesce(max(sort), 0) + 1 from petition_rejection_codes)`,
      });
      const target = petitionRejectionCodes.code;
      const { rowCount } = await (fresh
        ? insert.onConflictDoNothing({ target })
        : insert.onConflictDoUpdate({ target, set }));
      if (rowCount === 0) throw new Refused('code_taken');
    });
    return { ok: true as const };
  });

  serve(app, contracts.retirePetitionRejectionCode, async ({ params, body, actor }) => {
    await house.db.transaction(async (tx) => {
      await mayEdit(tx, actor);
      const retires = body.retired === 'yes';
      // two who retire the last two at once do so one after the other
      if (retires)
        await tx.select().from(petitionRejectionCodes).orderBy(petitionRejectionCodes.code).for('update');
      const others = and(
        isNull(petitionRejectionCodes.retiredAt),
        ne(petitionRejectionCodes.code, params.code),
      );
      if (retires && (await tx.$count(petitionRejectionCodes, others)) === 0) throw new Refused('last_code');
      const { rowCount } = await tx
        .update(petitionRejectionCodes)
        .set({ retiredAt: retires ? house.clock() : null })
        .where(eq(petitionRejectionCodes.code, params.code));
      if (!rowCount) throw notFound();
    });
    return { ok: true as const };
  });
}

type Rule = { aliasOf?: string | undefined; stripsDots: boolean; stripsTag: boolean };
const withRule = (rules: Rules, domain: string, { aliasOf, ...rule }: Rule): Rules =>
  new Map([...rules, [domain, { domain, aliasOf: aliasOf ?? null, ...rule }]]);

/** One step only: an alias of an alias would leave people guessing which rule holds. */
function checkAlias(rules: Rules, domain: string, aliasOf: string | undefined): void {
  if (!aliasOf) return;
  if (aliasOf === domain) throw new Refused('alias_of_itself');
  if (rules.get(aliasOf)?.aliasOf || [...rules.values()].some((rule) => rule.aliasOf === domain))
    throw new Refused('alias_of_alias');
}

/** Two who save at once do so one after the other, each knowing what the other said. */
const lockRules = (tx: Queryable) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('email_rules'))`);

function mountEmailRules(app: FastifyInstance, { compare }: Jobs): void {
  const { house } = app;
  serve(app, contracts.saveEmailRule, async ({ params, body, actor }) => {
    await mayEdit(house.db, actor);
    const seen = await readEmailRules(house.db);
    checkAlias(seen, params.domain, body.aliasOf);
    // read before the lock is taken: it may be a million addresses, and others would wait for it
    const effect = await effectOf(
      house.db,
      withRule(seen, params.domain, body),
      withAliases(seen, params.domain),
    );
    return house.db.transaction(async (tx) => {
      await lockRules(tx);
      const rules = await readEmailRules(tx);
      checkAlias(rules, params.domain, body.aliasOf);
      const domains = withAliases(rules, params.domain);
      const { aliasOf = null, ...rest } = body;
      const set = { aliasOf, ...rest };
      await tx
        .insert(emailRules)
        .values({ domain: params.domain, ...set })
        .onConflictDoUpdate({ target: emailRules.domain, set });
      await compare.send({ domains }, { tx });
      return effect;
    });
  });

  const checkDrop = (rules: Rules, domain: string): void => {
    if (!rules.has(domain)) throw notFound();
    if (withAliases(rules, domain).length > 1) throw new Refused('has_aliases');
  };
  serve(app, contracts.dropEmailRule, async ({ params, actor }) => {
    await mayEdit(house.db, actor);
    const seen = await readEmailRules(house.db);
    checkDrop(seen, params.domain);
    const after = new Map([...seen].filter(([domain]) => domain !== params.domain));
    const effect = await effectOf(house.db, after, [params.domain]);
    return house.db.transaction(async (tx) => {
      await lockRules(tx);
      checkDrop(await readEmailRules(tx), params.domain);
      await tx.delete(emailRules).where(eq(emailRules.domain, params.domain));
      await compare.send({ domains: [params.domain] }, { tx });
      return effect;
    });
  });

  serve(app, contracts.tryEmailRule, async ({ body, actor }) => {
    await mayEdit(house.db, actor);
    const rules = await readEmailRules(house.db);
    const { email, domain, ...rule } = body;
    const after = domain ? withRule(rules, domain, rule) : rules;
    const effect = domain
      ? await effectOf(house.db, after, withAliases(rules, domain))
      : { signatures: 0, same: 0 };
    return {
      now: email ? canonicalBy(rules, email) : null,
      then: email && domain ? canonicalBy(after, email) : null,
      ...effect,
    };
  });
}

async function rulesOf(house: House) {
  const { rows } = await house.db.execute<{ domain: string; n: number }>(sql`
    select r.domain, count(s.id)::int as n from email_rules r
    left join (signatures s join petitions p on p.id = s.petition_id
        and p.state in ('gathering_supporters', 'in_moderation', 'returned', 'open'))
      on lower(split_part(s.email, '@', 2)) = r.domain and s.canonical is not null
    group by 1`);
  const signatures = new Map(rows.map((row) => [row.domain, row.n]));
  const list = [...(await readEmailRules(house.db)).values()];
  return list
    .sort((a, b) => (a.domain < b.domain ? -1 : 1))
    .slice(0, 500)
    .map((rule) => ({ ...rule, signatures: signatures.get(rule.domain) ?? 0 }));
}

export function mountPetitionRules(app: FastifyInstance, rooms: Rooms): void {
  const { house } = app;
  const jobs: Jobs = {
    compare: house.jobs.add<{ domains: string[] }>({
      name: 'compare_addresses',
      seconds: 3_600,
      work: ({ domains }) => compareAnew(house, domains),
    }),
    watch: house.jobs.add<{ all?: boolean }>({
      name: 'watch_signatures',
      every: '* * * * *',
      work: ({ all = false }) => watchSignatures(rooms, all),
    }),
  };
  mountCodes(app);
  mountEmailRules(app, jobs);

  serve(app, contracts.readPetitionRules, async ({ actor }) => {
    await mayEdit(house.db, actor);
    return {
      codes: await codesOf(house.db),
      emailRules: await rulesOf(house),
      rates: await readRates(house.db),
    };
  });

  serve(app, contracts.savePetitionRates, async ({ body, actor }) => {
    await house.db.transaction(async (tx) => {
      await mayEdit(tx, actor);
      const written = { value: body, updatedAt: house.clock(), updatedBy: personOf(actor) };
      await tx
        .insert(settings)
        .values({ key: RATES_KEY, ...written })
        .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: written });
      // what is shut out now may have signed before
      await jobs.watch.send({ all: true }, { tx });
    });
    return { ok: true as const };
  });
}
