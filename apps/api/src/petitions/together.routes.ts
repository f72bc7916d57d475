/** The endpoints of drafting together. To who was not let in, the draft is not there. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { MOST_PARAGRAPHS, maySave, problemOf, takeLock } from '@folkmoot/core/petitions/drafting';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Tx } from '@folkmoot/db/client';
import {
  petitionDrafters,
  petitionParagraphs,
  petitionParagraphVersions,
} from '@folkmoot/db/schema/drafting';
import { petitions } from '@folkmoot/db/schema/petitions';
import { and, desc, eq } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Invalid, notFound, Refused } from '../kit/errors.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { randomToken } from '../kit/secrets.ts';
import { serve } from '../kit/serve.ts';
import { visitorOf } from '../kit/who.ts';
import type { Rooms } from './counting.ts';
import { findPetition, lockPetition, type Petition, recordPetition, subjectOf } from './facts.ts';
import { savePetition } from './making.ts';
import {
  type Asker,
  type Drafter,
  drafterOf,
  freeOthers,
  isInvited,
  letIn,
  nameOf,
  openParagraphs,
  type Paragraph,
  presentTogether,
  readParagraphs,
  rewrite,
  type Together,
  wholeOf,
  writeParagraph,
} from './together.ts';

type Call = { actor: Actor; request: FastifyRequest; reply: FastifyReply };
const WORDINGS = 500;

const askerOf = ({ actor, request, reply }: Call): Asker => {
  void reply.header('cache-control', 'no-store');
  return { person: actor.person, visitor: request.visitor() };
};
const owns = (call: Call, petition: Petition): boolean =>
  petitionPolicy.changePetition(call.actor, subjectOf(petition, false, call.request.visitor()));

type Scene = { tx: Tx; petition: Petition; me: Drafter; owner: boolean };

/** Loads with lock, authorises, does it in one transaction, tells the others, and shows how it stands. */
async function onDraft(
  { house }: Rooms,
  call: Call,
  id: number,
  act: (scene: Scene) => Promise<unknown>,
): Promise<Together> {
  const done = await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, id);
    const me = petition && (await drafterOf(tx, id, askerOf(call)));
    if (!petition || !me) throw notFound();
    if (petition.state !== 'draft') throw new Refused('sent_off');
    if (!petitionPolicy.writeTogether(call.actor, { ...subjectOf(petition), drafter: true }))
      throw notFound();
    const owner = owns(call, petition);
    await act({ tx, petition, me, owner });
    await recordPetition(tx, house, petition, 'petition.draft_changed', {}, 'staff');
    return presentTogether(tx, house, (await lockPetition(tx, id))!, me, owner);
  });
  house.saved();
  return done;
}

async function paragraphIn(tx: Tx, petition: Petition, id: string): Promise<Paragraph> {
  const [row] = await tx
    .select()
    .from(petitionParagraphs)
    .where(and(eq(petitionParagraphs.id, id), eq(petitionParagraphs.petitionId, petition.id)));
  if (!row) throw notFound();
  return row;
}

function letting(app: FastifyInstance, rooms: Rooms): void {
  const { house } = rooms;

  serve(app, contracts.inviteDrafters, async ({ params, body, ...call }) => {
    const done = await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, params.petition);
      if (!petition || !owns(call, petition)) throw notFound();
      if (petition.state !== 'draft') throw new Refused('sent_off');
      const asker = askerOf(call);
      const known = await drafterOf(tx, petition.id, asker);
      const name = known?.name ?? body.name ?? petition.draft?.name ?? (await nameOf(tx, asker.person));
      if (!name) throw new Invalid({ name: 'required' });
      const me = await letIn(tx, house, petition.id, asker, name);
      await openParagraphs(tx, petition, me.id, house.clock());
      const invite = body.anew ? randomToken() : (petition.draft?.invite ?? randomToken());
      const [saved] = await tx
        .update(petitions)
        .set({ draft: { ...petition.draft, invite } })
        .where(eq(petitions.id, petition.id))
        .returning();
      return presentTogether(tx, house, saved!, me, true);
    });
    house.saved();
    return done;
  });

  serve(app, contracts.readDraftInvitation, async ({ params, query, ...call }) => {
    const petition = await findPetition(house.db, params.petition);
    if (!petition || !isInvited(house, petition, query.key)) throw notFound();
    if (petition.state !== 'draft') throw new Refused('sent_off');
    const joined = (await drafterOf(house.db, petition.id, askerOf(call))) !== null;
    const [first] = await house.db
      .select({ name: petitionDrafters.name })
      .from(petitionDrafters)
      .where(eq(petitionDrafters.petitionId, petition.id))
      .orderBy(petitionDrafters.joinedAt)
      .limit(1);
    return { title: petition.title, lang: petition.lang, by: first?.name ?? null, joined };
  });
}

function coming(app: FastifyInstance, rooms: Rooms): void {
  const { house } = rooms;

  serve(app, contracts.joinDraft, async ({ params, body, ...call }) => {
    const { request, reply, actor } = call;
    await limit(house, 'petition', networkOf(request.ip));
    const found = await findPetition(house.db, params.petition);
    if (!found || !isInvited(house, found, body.key)) throw notFound();
    const { person } = actor;
    const visitor = person ? null : visitorOf(request, reply, house.publicUrl().startsWith('https:'));
    const done = await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, params.petition);
      if (!petition || !isInvited(house, petition, body.key)) throw notFound();
      if (petition.state !== 'draft') throw new Refused('sent_off');
      const me = await letIn(tx, house, petition.id, { person, visitor }, body.name);
      await recordPetition(tx, house, petition, 'petition.draft_changed', {}, 'staff');
      return presentTogether(tx, house, petition, me, owns(call, petition));
    });
    house.saved();
    return done;
  });

  serve(app, contracts.removeDrafter, async ({ params, ...call }) => {
    await onDraft(rooms, call, params.petition, async ({ tx, petition, me, owner }) => {
      if (!owner || params.drafter === me.id) throw notFound();
      await freeOthers(tx, petition.id, params.drafter, null);
      await tx
        .delete(petitionDrafters)
        .where(and(eq(petitionDrafters.id, params.drafter), eq(petitionDrafters.petitionId, petition.id)));
    });
    return { ok: true as const };
  });
}

/** The words as they are now, all paragraphs of a field together, become the petition's own. */
async function toPetition(rooms: Rooms, { tx, petition }: Scene, field: Paragraph['field']): Promise<void> {
  const whole = wholeOf(await readParagraphs(tx, petition.id), field);
  const problem = problemOf(field, whole);
  if (problem) throw new Invalid({ text: problem });
  if (whole !== (petition[field] ?? '')) await savePetition(tx, rooms, petition, { [field]: whole });
}

function writing(app: FastifyInstance, rooms: Rooms): void {
  const { house } = rooms;

  serve(app, contracts.lockParagraph, async ({ params, body, ...call }) =>
    onDraft(rooms, call, params.petition, async ({ tx, petition, me }) => {
      const paragraph = await paragraphIn(tx, petition, params.paragraph);
      const taken = takeLock(paragraph, me.id, house.clock());
      if (!taken.ok) throw new Refused(taken.refused);
      await freeOthers(tx, petition.id, me.id, paragraph.id);
      await tx
        .update(petitionParagraphs)
        .set(
          body.free ? { lockedBy: null, lockedUntil: null } : { lockedBy: me.id, lockedUntil: taken.until },
        )
        .where(eq(petitionParagraphs.id, paragraph.id));
    }),
  );

  serve(app, contracts.addParagraph, async ({ params, ...call }) =>
    onDraft(rooms, call, params.petition, async ({ tx, petition, me }) => {
      const all = await readParagraphs(tx, petition.id);
      if (all.length >= MOST_PARAGRAPHS) throw new Refused('too_many', 409);
      const now = house.clock();
      const sort = Math.max(...all.map((one) => one.sort)) + 1;
      const taken = takeLock({ lockedBy: null, lockedUntil: null }, me.id, now);
      await freeOthers(tx, petition.id, me.id, null);
      const lock = taken.ok ? { lockedBy: me.id, lockedUntil: taken.until } : {};
      await writeParagraph(
        tx,
        { petitionId: petition.id, field: 'details', sort, text: '', ...lock },
        me.id,
        now,
      );
    }),
  );

  serve(app, contracts.saveParagraph, async ({ params, body, ...call }) =>
    onDraft(rooms, call, params.petition, async (scene) => {
      const { tx, petition, me } = scene;
      const paragraph = await paragraphIn(tx, petition, params.paragraph);
      const now = house.clock();
      const may = maySave(paragraph, { drafter: me.id, seen: body.version, now });
      if (!may.ok) throw new Refused(may.refused);
      await rewrite(tx, paragraph, body.text, me.id, now);
      // a paragraph of the details without words is taken out; its wordings stay
      if (paragraph.field === 'details' && !body.text)
        await tx.delete(petitionParagraphs).where(eq(petitionParagraphs.id, paragraph.id));
      await toPetition(rooms, scene, paragraph.field);
    }),
  );
}

function reading(app: FastifyInstance, rooms: Rooms): void {
  const { house } = rooms;

  const found = async (call: Call, id: number) => {
    const petition = await findPetition(house.db, id);
    const me = petition && (await drafterOf(house.db, id, askerOf(call)));
    if (!petition || !me) throw notFound();
    if (petition.state !== 'draft') throw new Refused('sent_off');
    return { petition, me };
  };

  serve(app, contracts.readDraftTogether, async ({ params, ...call }) => {
    const { petition, me } = await found(call, params.petition);
    return presentTogether(house.db, house, petition, me, owns(call, petition));
  });

  serve(app, contracts.listParagraphVersions, async ({ params, ...call }) => {
    const { petition } = await found(call, params.petition);
    const rows = await house.db
      .select({ wording: petitionParagraphVersions, by: petitionDrafters.name })
      .from(petitionParagraphVersions)
      .leftJoin(petitionDrafters, eq(petitionDrafters.id, petitionParagraphVersions.drafterId))
      .where(eq(petitionParagraphVersions.petitionId, petition.id))
      .orderBy(desc(petitionParagraphVersions.at), desc(petitionParagraphVersions.version))
      .limit(WORDINGS);
    return rows.map(({ wording: { id, paragraphId, field, version, text, at }, by }) => ({
      id,
      paragraph: paragraphId,
      field,
      version,
      text,
      by,
      at: at.toISOString(),
    }));
  });
}

export function mountTogether(app: FastifyInstance, rooms: Rooms): void {
  letting(app, rooms);
  coming(app, rooms);
  writing(app, rooms);
  reading(app, rooms);
}
