/** Organisations: their public page, and their names and addresses as administrators change them. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import { grants, invitations, organisationAreas, organisations } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';
import { shownOf } from './groups/flagging.ts';
import { memberCount } from './groups/store.ts';
import type { Post } from './mails.ts';
import {
  brief,
  findOrganisation,
  invitedTo,
  listOrganisations,
  placeOwner,
  publicFaces,
} from './organisations.ts';
import { administered, mayWith, recordRole } from './administering.ts';

const written = (it: { en?: string | undefined; cy?: string | undefined } | undefined) =>
  it?.en ? { en: it.en, ...(it.cy && { cy: it.cy }) } : null;

function mountPublic(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.listOrganisations, async () => ({
    items: (await listOrganisations(house.db)).map(brief),
  }));

  serve(app, contracts.readOrganisation, async ({ params, actor }) => {
    const it = await findOrganisation(house.db, params.slug);
    if (!it) throw notFound();
    const { hue, chroma } = it;
    return {
      ...brief(it),
      ...shownOf(it),
      members: it.kind === 'group' ? await memberCount(house.db, it.id) : null,
      hue,
      chroma,
      ...(await publicFaces(house.db, it.id)),
      mayAdminister: actor.strong && (await mayWith(house, actor, 'editOrganisation', it.id)),
    };
  });
}

function mountAdmin(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.readAdmin, async ({ actor }) => {
    const place = await placeOwner(house.db);
    const mine = (await listOrganisations(house.db)).filter((it) =>
      peoplePolicy.editOrganisation(actor, { organisation: it.id, place }),
    );
    if (!mine.length) throw new Refused('not_allowed', 403);
    const now = house.clock();
    const counted = await Promise.all(
      mine.map(async (it) => ({
        ...brief(it),
        people: await house.db.$count(grants, and(eq(grants.organisationId, it.id), isNull(grants.endedAt))),
        invited: await house.db.$count(invitations, invitedTo(it.id, now)),
      })),
    );
    return { organisations: counted, wholePlace: peoplePolicy.createOrganisation(actor, { place }) };
  });
}

function mountChanging(app: FastifyInstance, { places }: Post): void {
  const { house } = app;

  serve(app, contracts.createOrganisation, async ({ actor, body }) => {
    const place = await placeOwner(house.db);
    if (!peoplePolicy.createOrganisation(actor, { place })) throw new Refused('not_allowed', 403);
    const now = house.clock();
    const { slug, kind, name, about, email, phone } = body;
    await house.db.transaction(async (tx) => {
      const [made] = await tx
        .insert(organisations)
        .values({ slug, kind, name, about: written(about), email, phone, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: organisations.id });
      if (!made) throw new Refused('slug_taken');
      // it serves the whole place until its own area is drawn
      await tx.execute(sql`insert into ${organisationAreas} (organisation_id, area_id)
        select ${made.id}, id from ${areas} where kind = 'place' and valid_to is null`);
      await recordRole(tx, { type: 'organisation.made', organisation: made.id, by: personOf(actor) }, now);
    });
    house.saved();
    await places.refresh();
    return { slug };
  });

  serve(app, contracts.editOrganisation, async ({ actor, params, body }) => {
    const it = await administered(house, actor, 'editOrganisation', params.slug);
    const { name, about, email, phone } = body;
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      await tx
        .update(organisations)
        .set({ name, about: written(about), email: email ?? null, phone: phone ?? null })
        .where(eq(organisations.id, it.id));
      await recordRole(tx, { type: 'organisation.edited', organisation: it.id, by: personOf(actor) }, now);
    });
    house.saved();
    await places.refresh();
    return { ok: true as const };
  });
}

export function mountOrganisations(app: FastifyInstance, post: Post): void {
  mountPublic(app);
  mountAdmin(app);
  mountChanging(app, post);
}
