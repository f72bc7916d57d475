/**
 * The endpoints of making a petition. They are the organiser's alone: of who is signed in, or of the draft cookie
 * before that; to everybody else a draft is not there.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Tx } from '@folkmoot/db/client';
import { petitions } from '@folkmoot/db/schema/petitions';
import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { shareable } from '../kit/caching.ts';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { serve } from '../kit/serve.ts';
import { sharedFor } from '../kit/shared.ts';
import { visitorOf } from '../kit/who.ts';
import type { TokenUses } from '../people/index.ts';
import type { Rooms } from './counting.ts';
import { type Mine, moderationClock, readMine } from './drafts.ts';
import { findPetition, lockPetition, type Petition, schemeOf, subjectOf, supporterPath } from './facts.ts';
import {
  checkWhole,
  dropDraft,
  endPetition,
  resubmit,
  savePetition,
  sendOff,
  startPetition,
  type Whose,
} from './making.ts';
import { askOrganiser, confirmPetition, organiserOf, startedPath, whoOf } from './sending.ts';
import { readBriefs } from './store.ts';
import { followPages, somebodyWrites } from './together.ts';
import { checkHere, type Signers } from './who.ts';

const PER_PAGE = 20;
const CLOCK_MS = 60_000;

type Call = { actor: Actor; request: FastifyRequest; reply: FastifyReply };
type MakingParts = { rooms: Rooms; signers: Signers; uses: TokenUses };

/** Nothing of a draft may stay in a shared cache. */
function isMine({ actor, request, reply }: Call, petition: Petition): boolean {
  void reply.header('cache-control', 'no-store');
  return petitionPolicy.changePetition(actor, subjectOf(petition, false, request.visitor()));
}

/** Who signed in meanwhile takes the draft along. */
async function takeAlong(tx: Tx, petition: Petition, person: string | null): Promise<Petition> {
  if (!person || petition.personId) return petition;
  const [taken] = await tx
    .update(petitions)
    .set({ personId: person, visitor: null })
    .where(eq(petitions.id, petition.id))
    .returning();
  return taken!;
}

/** Loads with lock, authorises, does it in one transaction, and tells the hub. */
async function onMine<T>(
  house: House,
  call: Call,
  id: number,
  act: (tx: Tx, petition: Petition) => Promise<T>,
): Promise<T> {
  const done = await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, id);
    if (!petition || !isMine(call, petition)) throw notFound();
    return act(tx, await takeAlong(tx, petition, call.actor.person));
  });
  house.saved();
  return done;
}

async function withStreet({ places }: Rooms, mine: Mine): Promise<Mine> {
  const { place } = mine;
  return place ? { ...mine, street: await places.nearestStreet(Number(place.lon), Number(place.lat)) } : mine;
}

/** The drafts of the cookie are also theirs who signed in since. */
function listed({ actor, request }: Call, drafts: boolean): SQL {
  const visitor = request.visitor();
  const whose = or(
    actor.person ? eq(petitions.personId, actor.person) : undefined,
    visitor ? and(isNull(petitions.personId), eq(petitions.visitor, visitor)) : undefined,
  );
  if (!whose) return sql`false`;
  return drafts ? and(whose, eq(petitions.state, 'draft'))! : whose;
}

function reading(app: FastifyInstance, rooms: Rooms): void {
  const { house } = app;
  const clocks = sharedFor<{ averageDays: number | null; waiting: number }>(CLOCK_MS);

  serve(app, contracts.listMyPetitions, async ({ query, ...call }) => {
    void call.reply.header('cache-control', 'no-store');
    const mine = listed(call, query.drafts);
    const total = await house.db.$count(petitions, mine);
    const rows = await house.db
      .select({ id: petitions.id })
      .from(petitions)
      .where(mine)
      .orderBy(desc(petitions.id))
      .limit(PER_PAGE)
      .offset((query.page - 1) * PER_PAGE);
    const items = await readBriefs(
      house.db,
      rows.map((row) => row.id),
      true,
    );
    const pages = Math.min(1_000, Math.max(1, Math.ceil(total / PER_PAGE)));
    return { items, page: query.page, pages, total };
  });

  serve(app, contracts.readMyPetition, async ({ params, ...call }) => {
    const petition = await findPetition(house.db, params.petition);
    if (!petition || !isMine(call, petition)) throw notFound();
    return withStreet(rooms, await readMine(house, house.db, petition));
  });

  serve(app, contracts.readModerationClock, async ({ params, request, reply }) => {
    shareable(request, reply);
    return clocks(params.organisation, () => moderationClock(house.db, params.organisation, house.clock()));
  });
}

/** The button of the mailed link. It opens no session: the phone may be shared. */
function button(rooms: Rooms, uses: TokenUses): void {
  const { house } = rooms;
  uses.on('confirm_petition', {
    about: async (token) => {
      const petition = await findPetition(house.db, Number(token.data['petition']));
      const sent = petition && petition.state !== 'draft';
      return { about: petition?.title ?? null, to: sent ? startedPath(house, petition.id) : null };
    },
    use: async (tx, token) => ({ to: startedPath(house, await confirmPetition(tx, rooms, token)) }),
  });
}

function sending(app: FastifyInstance, { rooms, signers }: MakingParts): void {
  const { house } = app;

  serve(app, contracts.submitPetition, async ({ params, body, ...call }) => {
    const { actor, request } = call;
    const network = networkOf(request.ip);
    if (!actor.person) {
      await limit(house, 'petition', network);
      const seen = await findPetition(house.db, params.petition);
      if (!seen || !isMine(call, seen)) throw notFound();
      checkWhole(seen);
      await limit(house, 'mail', canonicalEmail(whoOf(seen, body).email));
    }
    return onMine(house, call, params.petition, async (tx, petition) => {
      const { supporters: supportersNeeded } = await schemeOf(tx, petition);
      const done = { supporterPath: supporterPath(house, petition.id), supportersNeeded, waits: null };
      if (petition.state !== 'draft') return { ...done, state: await resubmit(tx, rooms, petition) };
      const asker = { person: actor.person, visitor: request.visitor() };
      if (await somebodyWrites(tx, petition.id, house.clock(), asker)) throw new Refused('locked');
      if (!actor.person) {
        const waits = await askOrganiser(tx, house, signers, petition, { ...body, network });
        return { state: 'draft' as const, supporterPath: null, supportersNeeded, waits };
      }
      checkWhole(petition);
      const own = await organiserOf(tx, signers, petition, actor.person, { ...body, network });
      return { ...done, state: await sendOff(tx, rooms, petition, own) };
    });
  });

  serve(app, contracts.withdrawPetition, async ({ params, body, ...call }) => ({
    state: await onMine(house, call, params.petition, (tx, petition) =>
      endPetition(tx, house, petition, 'withdraw', body.reason),
    ),
  }));
}

export function mountMaking(app: FastifyInstance, parts: MakingParts): void {
  const { house } = app;
  const { rooms, signers, uses } = parts;
  reading(app, rooms);
  button(rooms, uses);
  sending(app, parts);

  serve(app, contracts.startPetition, async ({ body, actor, request, reply }) => {
    void reply.header('cache-control', 'no-store');
    await limit(house, 'petition', networkOf(request.ip));
    const secure = house.publicUrl().startsWith('https:');
    const whose: Whose = actor.person
      ? { person: actor.person }
      : { person: null, visitor: visitorOf(request, reply, secure) };
    return { petition: await house.db.transaction((tx) => startPetition(tx, house, whose, body)) };
  });

  serve(app, contracts.savePetition, async ({ params, body, ...call }) => {
    if (body.postcode) await checkHere(signers, body.postcode, body.basis ?? 'live');
    const mine = await onMine(house, call, params.petition, async (tx, petition) => {
      const saved = await savePetition(tx, rooms, petition, body);
      const { actor, request } = call;
      await followPages(tx, house, petition, saved, { person: actor.person, visitor: request.visitor() });
      return readMine(house, tx, saved);
    });
    return withStreet(rooms, mine);
  });

  serve(app, contracts.dropPetitionDraft, async ({ params, ...call }) => {
    await onMine(house, call, params.petition, (tx, petition) => dropDraft(tx, petition));
    return { ok: true as const };
  });
}
