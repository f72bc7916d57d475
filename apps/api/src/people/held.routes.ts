/** What is held about me, who looked, the export, and the end of an account. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import { personalData } from '@folkmoot/core/personal';
import type { Queryable } from '@folkmoot/db/client';
import type { Words } from '@folkmoot/core/kit/shapes';
import type { LookedAt, LookedFor } from '@folkmoot/core/people/plain';
import { accessLog, grants, organisations, people } from '@folkmoot/db/schema/people';
import { count, desc, eq, inArray, isNull } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import { limit } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Doors } from './doors.ts';
import { effectOf, erasePerson, exportOf, keptOf, readHeld } from './held.ts';
import { placeOwner } from './organisations.ts';

const SHOWN = 100;

/** Who looked, newest first: by the organisations they act for, since a resident asks the body and not the person. */
async function whoLooked(db: Queryable, person: string) {
  const rows = await db
    .select()
    .from(accessLog)
    .where(eq(accessLog.personId, person))
    .orderBy(desc(accessLog.at))
    .limit(SHOWN);
  const [all] = await db.select({ n: count() }).from(accessLog).where(eq(accessLog.personId, person));
  const who = [...new Set(rows.map((row) => row.who))];
  const held = who.length
    ? await db
        .selectDistinct({ person: grants.personId, name: organisations.name })
        .from(grants)
        .innerJoin(organisations, eq(organisations.id, grants.organisationId))
        .where(inArray(grants.personId, who))
    : [];
  const looked = rows.map((row) => ({
    at: row.at.toISOString(),
    by: held
      .filter((grant) => grant.person === row.who)
      .map((grant) => grant.name)
      .filter((name): name is Words => name !== null)
      .slice(0, 5),
    what: row.what as LookedAt,
    why: row.why as LookedFor,
    topic: row.topic,
  }));
  return { looked, lookedTotal: all?.n ?? 0 };
}

const FILE = 'attachment; filename="folkmoot-about-me.json"';

export function mountHeld(app: FastifyInstance, doors: Doors): void {
  const { house } = app;

  serve(app, contracts.readHeld, async ({ actor, request, reply }) => {
    const person = personOf(actor);
    void reply.header('cache-control', 'no-store');
    const [parts, seen, fresh] = await Promise.all([
      readHeld(house.db, person),
      whoLooked(house.db, person),
      doors.isFresh(request),
    ]);
    return { parts, ...seen, codeFirst: !fresh, holdsRole: actor.grants.length > 0 };
  });

  serve(app, contracts.exportHeld, async ({ actor, request, reply }) => {
    const person = personOf(actor);
    await doors.mustBeFresh(request);
    await limit(house, 'second_factor', `export ${person}`);
    reply.hijack();
    const headers = { ...reply.getHeaders(), 'content-disposition': FILE, 'cache-control': 'no-store' };
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.setHeader('content-type', 'application/json; charset=utf-8');
    await pipeline(Readable.from(exportOf(house.db, person, house.clock())), reply.raw);
    return {};
  });

  serve(app, contracts.eraseMe, async ({ actor, request, reply }) => {
    const person = personOf(actor);
    if (actor.grants.length) throw new Refused('holds_role');
    await doors.mustBeFresh(request);
    await house.db.transaction(async (tx) => {
      await tx.select({ id: people.id }).from(people).where(eq(people.id, person)).for('no key update');
      await erasePerson(tx, person, house.clock());
    });
    await doors.close({ request, reply });
    return { ok: true as const };
  });

  serve(app, contracts.readPrivacy, async ({ actor }) => {
    const place = await placeOwner(house.db);
    if (!actor.grants.some(({ organisation }) => peoplePolicy.seePrivacy(actor, { organisation, place })))
      throw new Refused('not_allowed', 403);
    const domains = personalData
      .filter(({ holds }) => holds.length)
      .map(({ domain, holds }) => ({
        domain,
        holds: holds.map((it) => ({
          column: it.column,
          why: it.why,
          basis: it.basis,
          kept: keptOf(it),
          export: it.export,
          erase: effectOf(it),
          special: it.special ?? false,
        })),
      }));
    return { domains, people: await house.db.$count(people, isNull(people.erasedAt)) };
  });
}
