/** Following and alerts: at once for who is signed in, by the button in a mail for everybody else. */
import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Lang } from '@folkmoot/core/kit/plain';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { alerts, follows } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import { petitions } from '@folkmoot/db/schema/petitions';
import { reports } from '@folkmoot/db/schema/reports';
import { Invalid, notFound, Refused } from '../kit/errors.ts';
import { limit } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { contactFor, joinAccount, makeToken, type Token } from '../people/index.ts';
import { type Alert, mapOf, whereOf } from './alerts.ts';
import { CONFIRM_MINUTES, type Confirms, confirmMail } from './confirming.ts';
import type { Parts } from './mount.ts';
import { pathOfTopic, titleOfTopic } from './topics.ts';

const PER_PAGE = 50;
const MOST_ALERTS = 20;

type NewAlert = Pick<Alert, 'kind' | 'areaId' | 'lon' | 'lat' | 'radiusM' | 'categoryGroup'>;
/** What waits in a token for its button. */
type Waiting = { lang: Lang } & ({ follow: string } | { alert: NewAlert });

const startFollow = (tx: Queryable, personId: string, topic: string, byMail: boolean, now: Date) =>
  tx
    .insert(follows)
    .values({ personId, topic, byMail, createdAt: now })
    .onConflictDoUpdate({ target: [follows.personId, follows.topic], set: { byMail } });

/** The same alert twice is one, also where both are asked for at once. @throws Refused too_many_alerts */
async function startAlert(tx: Tx, person: string, it: NewAlert, now: Date): Promise<string> {
  await tx.select({ id: people.id }).from(people).where(eq(people.id, person)).for('no key update');
  const open = and(eq(alerts.personId, person), isNull(alerts.endedAt));
  const mine = await tx.select().from(alerts).where(open);
  const same = mine.find((one) =>
    (['kind', 'areaId', 'lon', 'lat', 'radiusM', 'categoryGroup'] as const).every(
      (key) => one[key] === it[key],
    ),
  );
  if (same) return same.id;
  if (mine.length >= MOST_ALERTS) throw new Refused('too_many_alerts');
  const [made] = await tx
    .insert(alerts)
    .values({ ...it, personId: person, createdAt: now })
    .returning({ id: alerts.id });
  return made!.id;
}

/** What every route here needs: to ask by mail, and to say what an alert is. */
function asking(app: FastifyInstance, { places }: Parts) {
  const { house } = app;
  const confirms = async (db: Queryable, waiting: Waiting): Promise<Confirms> => {
    if ('follow' in waiting) return { follow: (await titleOfTopic(db, waiting.follow)) ?? '' };
    const alert = { ...waiting.alert } as Alert;
    return {
      where: { en: await whereOf(db, places, alert, 'en'), cy: await whereOf(db, places, alert, 'cy') },
    };
  };
  const askByMail = async (email: string | undefined, waiting: Waiting): Promise<string> => {
    if (!email) throw new Invalid({ email: 'required' });
    await limit(house, 'mail', canonicalEmail(email));
    await house.db.transaction(async (tx) => {
      const contact = await contactFor(tx, email);
      const token = await makeToken(
        tx,
        { kind: 'confirm_alert', contactId: contact.id, data: waiting, minutes: CONFIRM_MINUTES },
        house.clock(),
      );
      const who = { to: contact.value, contactId: contact.id, lang: waiting.lang };
      await confirmMail(tx, house, who, await confirms(tx, waiting), token);
    });
    return email;
  };
  return { confirms, askByMail };
}

/** The button of these mails: proves the address, makes or joins the account, and begins. */
function buttons(app: FastifyInstance, parts: Parts): void {
  const { house } = app;
  const { confirms } = asking(app, parts);
  const begin = async (tx: Tx, token: Token): Promise<string> => {
    const waiting = token.data as unknown as Waiting;
    const who = { name: null, lang: waiting.lang };
    const person = await joinAccount(tx, token.contactId!, who, house.clock());
    if ('follow' in waiting) {
      await startFollow(tx, person, waiting.follow, true, house.clock());
      return pathOfTopic(waiting.follow);
    }
    await startAlert(tx, person, waiting.alert, house.clock());
    return '/alerts?done=1';
  };
  parts.uses.on('confirm_alert', {
    about: async (token) => {
      const waiting = token.data as unknown as Waiting;
      const said = await confirms(house.db, waiting);
      return {
        about: 'follow' in said ? said.follow : said.where[waiting.lang],
        to: 'follow' in waiting ? pathOfTopic(waiting.follow) : '/alerts',
      };
    },
    use: async (tx, token) => {
      if (!token.contactId) throw notFound();
      return { to: await begin(tx, token) };
    },
  });
}

function following(app: FastifyInstance, parts: Parts): void {
  const { house } = app;
  const { askByMail } = asking(app, parts);
  const mayFollow = async (actor: Actor, topic: string) => {
    if (!(await parts.topics.may(actor, topic))) throw notFound();
  };

  serve(app, contracts.readFollow, async ({ query, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    await mayFollow(actor, query.topic);
    const [row] = actor.person
      ? await house.db
          .select()
          .from(follows)
          .where(and(eq(follows.personId, actor.person), eq(follows.topic, query.topic)))
      : [];
    return { following: row !== undefined, byMail: row?.byMail ?? false };
  });

  serve(app, contracts.follow, async ({ body, actor }) => {
    await mayFollow(actor, body.topic);
    if (!actor.person) {
      const email = await askByMail(body.email, { lang: body.lang, follow: body.topic });
      return { following: false, waits: true, email };
    }
    await startFollow(house.db, actor.person, body.topic, body.byMail, house.clock());
    return { following: true, waits: false, email: null };
  });

  serve(app, contracts.unfollow, async ({ body, actor }) => {
    await house.db
      .delete(follows)
      .where(and(eq(follows.personId, personOf(actor)), eq(follows.topic, body.topic)));
    return { ok: true as const };
  });
}

function listing(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listFollows, async ({ query, actor }) => {
    const person = personOf(actor);
    const ofReport = sql`${follows.topic} = 'report:' || ${reports.id}`;
    const ofPetition = sql`${follows.topic} = 'petition:' || ${petitions.id}`;
    const where = and(
      eq(follows.personId, person),
      sql`((${reports.hiddenAt} is null and not ${reports.private}) or ${reports.personId} = ${person}
        or (${petitions.hiddenAt} is null and ${petitions.removedAt} is null and ${petitions.state} <> 'draft'))`,
    );
    const [all] = await house.db
      .select({ n: count() })
      .from(follows)
      .leftJoin(reports, ofReport)
      .leftJoin(petitions, ofPetition)
      .where(where);
    const rows = await house.db
      .select({ follow: follows, report: reports, petition: petitions })
      .from(follows)
      .leftJoin(reports, ofReport)
      .leftJoin(petitions, ofPetition)
      .where(where)
      .orderBy(desc(follows.createdAt))
      .limit(PER_PAGE)
      .offset((query.page - 1) * PER_PAGE);
    const total = all?.n ?? 0;
    const items = rows.flatMap(({ follow, report, petition }) => {
      const it = report ?? petition;
      if (!it) return [];
      return {
        topic: follow.topic,
        to: pathOfTopic(follow.topic),
        title: it.title,
        lang: it.lang,
        place: report?.place ?? null,
        state: report?.state ?? null,
        petition: petition && standingOf(petition),
        byMail: follow.byMail,
        at: follow.createdAt.toISOString(),
      };
    });
    return { items, page: query.page, pages: Math.max(1, Math.ceil(total / PER_PAGE)), total };
  });
}

const standingOf = ({ state, response, debate }: typeof petitions.$inferSelect) => ({
  state,
  response,
  debate,
});

function alerting(app: FastifyInstance, parts: Parts): void {
  const { house } = app;
  const { places } = parts;
  const { askByMail } = asking(app, parts);
  const wards = () => places.atlas().wards();

  serve(app, contracts.makeAlert, async ({ body, actor }) => {
    const group = body.group ?? null;
    let it: NewAlert;
    if (body.kind === 'ward') {
      const ward = wards().find((one) => one.slug === body.ward);
      if (!ward) throw new Invalid({ ward: body.ward ? 'not_an_option' : 'required' });
      it = { kind: 'ward', areaId: ward.id, lon: null, lat: null, radiusM: null, categoryGroup: group };
    } else {
      const { lon, lat } = body;
      if (lon === undefined || lat === undefined) throw new Invalid({ place: 'required' });
      if (!places.at(lon, lat).inside) throw new Refused('outside');
      it = { kind: 'radius', areaId: null, lon, lat, radiusM: body.radius, categoryGroup: group };
    }
    if (!actor.person)
      return { alert: null, waits: true, email: await askByMail(body.email, { lang: body.lang, alert: it }) };
    const { person } = actor;
    const alert = await house.db.transaction((tx) => startAlert(tx, person, it, house.clock()));
    return { alert, waits: false, email: null };
  });

  serve(app, contracts.listAlerts, async ({ actor }) => {
    const rows = await house.db
      .select()
      .from(alerts)
      .where(and(eq(alerts.personId, personOf(actor)), isNull(alerts.endedAt)))
      .orderBy(desc(alerts.createdAt), desc(alerts.id))
      .limit(MOST_ALERTS);
    const items = [];
    for (const row of rows)
      items.push({
        id: row.id,
        kind: row.kind,
        ward: wards().find((one) => one.id === row.areaId)?.name ?? null,
        near: row.kind === 'radius' ? await places.nearestStreet(row.lon!, row.lat!) : null,
        radius: row.radiusM,
        group: row.categoryGroup,
        map: mapOf(places, row),
        at: row.createdAt.toISOString(),
      });
    return { items };
  });

  serve(app, contracts.endAlert, async ({ params, actor }) => {
    const [ended] = await house.db
      .update(alerts)
      .set({ endedAt: house.clock() })
      .where(and(eq(alerts.id, params.alert), eq(alerts.personId, personOf(actor)), isNull(alerts.endedAt)))
      .returning({ id: alerts.id });
    if (!ended) throw notFound();
    return { ok: true as const };
  });
}

export function mountFollowing(app: FastifyInstance, parts: Parts): void {
  buttons(app, parts);
  following(app, parts);
  listing(app);
  alerting(app, parts);
}
