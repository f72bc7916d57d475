/** The moderators' desk. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { RULE_OF } from '@folkmoot/core/moderation/plain';
import { moderationPolicy } from '@folkmoot/core/moderation/policy';
import { undo } from '@folkmoot/core/moderation/rules';
import { events } from '@folkmoot/db/schema/live';
import { desc } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import type { Places } from '../places/index.ts';
import { decideAppealIn, decideIn, type Room, subjectOf, undoIn } from './deciding.ts';
import {
  authorOf,
  type DecisionRow,
  earlierDecisions,
  factsOf,
  inPublic,
  listWaiting,
  mailboxOf,
  openFlags,
  type Waiting,
} from './store.ts';
import type { Thing, Things } from './things.ts';

const PER_PAGE = 25;
/** seconds that one takes: to read it, choose the rule, and look over the words */
const SECONDS_EACH = 45;

export const roomOf = async (house: House, things: Things): Promise<Room> => ({
  house,
  things,
  place: await placeOwner(house.db),
});

const organisationsOf = (actor: Actor): string[] => [
  ...new Set(
    actor.grants
      .map((grant) => grant.organisation)
      .filter((organisation) => moderationPolicy.watchFlagged(actor, { organisation })),
  ),
];

function brief(it: Waiting, thing: Thing, late: boolean) {
  const counted = new Map<(typeof it.reasons)[number], number>();
  for (const reason of it.reasons) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  return {
    topic: it.topic,
    part: it.part,
    kind: thing.kind,
    title: thing.title,
    text: thing.text?.slice(0, 200) ?? '',
    lang: thing.lang,
    reasons: [...counted].map(([reason, count]) => ({ reason, count })),
    flags: it.reasons.length,
    since: it.since.toISOString(),
    late,
    appeal: it.appeal,
  };
}

function listing(app: FastifyInstance, house: House, places: Places, things: Things): void {
  serve(app, contracts.listFlagged, async ({ query, actor }) => {
    const organisations = organisationsOf(actor);
    if (organisations.length === 0) throw new Refused('not_allowed', 403);
    const [newest] = await house.db.select({ id: events.id }).from(events).orderBy(desc(events.id)).limit(1);
    const { place } = await roomOf(house, things);
    const today = house.clock().toISOString().slice(0, 10);
    const wholePlace = place !== null && organisations.includes(place);
    const near = (await listWaiting(house.db)).filter(
      (it) =>
        it.appeal !== null ||
        wholePlace ||
        (it.organisation !== null && organisations.includes(it.organisation)),
    );
    const read = await Promise.all(
      near.map(async (it) => ({ it, thing: await things.read(house.db, it.topic, it.part) })),
    );
    const mine = read.flatMap(({ it, thing }) =>
      thing && moderationPolicy.seeFlagged(actor, subjectOf(thing, place))
        ? [brief(it, thing, places.workingDayAfter(it.since, 1) < today)]
        : [],
    );
    return {
      items: mine.slice((query.page - 1) * PER_PAGE, query.page * PER_PAGE),
      page: query.page,
      pages: Math.max(1, Math.ceil(mine.length / PER_PAGE)),
      total: mine.length,
      late: mine.filter((it) => it.late).length,
      minutes: Math.ceil((mine.length * SECONDS_EACH) / 60),
      topics: organisations.map((organisation) => `flagged:${organisation}`),
      seq: newest?.id ?? 0,
    };
  });
}

/** The moderator's own newest decision, while it may be taken back. */
async function undoable(house: House, rows: DecisionRow[], person: string): Promise<string | null> {
  const last = rows[0];
  return last && undo(await factsOf(house.db, last), person, house.clock()).ok ? last.id : null;
}

function reading(app: FastifyInstance, house: House, things: Things): void {
  serve(app, contracts.readFlagged, async ({ query: { topic, part }, actor }) => {
    const me = personOf(actor);
    const { place } = await roomOf(house, things);
    const thing = await things.read(house.db, topic, part);
    if (!thing || !moderationPolicy.seeFlagged(actor, subjectOf(thing, place))) throw notFound();
    const [open, rows, author, box] = await Promise.all([
      openFlags(house.db, topic, part),
      earlierDecisions(house.db, topic, part),
      authorOf(house.db, thing),
      thing.author ? mailboxOf(house.db, thing.author) : null,
    ]);
    const asked = rows.find((row) => row.appealedAt && !row.appealDecidedAt);
    const { kind, title, text, photo, lang, to, at, hidden } = thing;
    return {
      ...{ topic, part, kind, title, text, photo, lang, to, hidden },
      at: at.toISOString(),
      flags: open.map((flag) => ({ reason: flag.reason, detail: flag.detail, at: flag.at.toISOString() })),
      author: { ...author, reachable: box !== null, me: thing.author === me },
      rule: open[0] ? RULE_OF[open[0].reason] : (rows[0]?.rule ?? null),
      private: thing.private,
      earlier: await inPublic(house.db, rows, async () => null),
      appeal: asked
        ? { decision: asked.id, text: asked.appeal ?? '', reason: asked.reason, mine: asked.decidedBy === me }
        : null,
      undo: await undoable(house, rows, me),
    };
  });
}

function deciding(app: FastifyInstance, house: House, things: Things): void {
  serve(app, contracts.decideFlagged, async ({ body, actor }) => {
    const room = await roomOf(house, things);
    const done = await house.db.transaction((tx) => decideIn(tx, room, actor, body));
    house.saved();
    return done;
  });

  serve(app, contracts.undoDecision, async ({ params, actor }) => {
    const room = await roomOf(house, things);
    const done = await house.db.transaction((tx) => undoIn(tx, room, actor, params.decision));
    house.saved();
    return done;
  });

  serve(app, contracts.decideAppeal, async ({ params, body, actor }) => {
    const room = await roomOf(house, things);
    const it = { upheld: body.upheld === 'yes', reason: body.reason };
    const done = await house.db.transaction((tx) => decideAppealIn(tx, room, actor, params.decision, it));
    house.saved();
    return done;
  });
}

export function mountModerationDesk(app: FastifyInstance, places: Places, things: Things): void {
  const { house } = app;
  listing(app, house, places, things);
  reading(app, house, things);
  deciding(app, house, things);
}
