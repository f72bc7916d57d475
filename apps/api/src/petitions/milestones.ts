/**
 * What signers are told: each milestone once per signer. A newer one takes the place of what is still waiting to go
 * out, and a big mailing is spread over hours, so that confirmations never wait behind it.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import { UNDO_MINUTES } from '@folkmoot/core/petitions/desk';
import { petitionPath, type Threshold, THRESHOLDS } from '@folkmoot/core/petitions/plain';
import { daysFor, thresholdsOf } from '@folkmoot/core/petitions/scheme';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { petitionMailings } from '@folkmoot/db/schema/signatures';
import { m, sayDate, sayNumber } from '@folkmoot/words';
import { and, eq, inArray, isNull, like, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { stopHeaders, stopLink } from '../notifications/index.ts';
import { owedBy } from './clocks.ts';
import { findPetition, type Petition, reachedAt, schemeOf } from './facts.ts';
import { postEach, type Sent, type Sentences, type To } from './mails.ts';
import { noteInInbox } from './noting.ts';
import { ratingPath, ratingWords } from './rating.ts';

/** a mailing takes four hours at most, and never fewer than so many a minute */
const MINUTES = 240;
const LEAST = 200;
const MOST = 2_000;

/** Before it is published a decision concerns those who stood behind it, whether they follow it or not. */
const toSupporters = (milestone: string): boolean => milestone === 'published' || milestone === 'rejected';

const REACHED = 'reached_';
/** The milestone of a number that was reached. */
export const reachedMilestone = (threshold: Threshold): string => `${REACHED}${threshold}`;
const thresholdIn = (milestone: string): Threshold | undefined =>
  THRESHOLDS.find((threshold) => reachedMilestone(threshold) === milestone);

/**
 * Plans a mailing to the signers, once for each milestone, in the transaction of what it tells. It takes the place of
 * what still waits; but that a number was reached takes no answer's place.
 */
export async function announce(
  tx: Tx,
  { clock }: Pick<House, 'clock'>,
  petition: number,
  milestone: string,
  step: string | null = null,
): Promise<void> {
  const now = clock();
  const [made] = await tx
    .insert(petitionMailings)
    .values({ petitionId: petition, milestone, stepId: step, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: petitionMailings.id });
  if (!made) return;
  await tx
    .update(petitionMailings)
    .set({ supersededAt: now })
    .where(
      and(
        eq(petitionMailings.petitionId, petition),
        ne(petitionMailings.id, made.id),
        isNull(petitionMailings.doneAt),
        isNull(petitionMailings.supersededAt),
        thresholdIn(milestone) ? like(petitionMailings.milestone, `${REACHED}%`) : undefined,
      ),
    );
}

/** Takes a mailing back that has not begun. @returns whether nobody has been told */
export async function unannounce(tx: Tx, petition: number, milestone: string): Promise<boolean> {
  const it = and(eq(petitionMailings.petitionId, petition), eq(petitionMailings.milestone, milestone));
  const [row] = await tx.select().from(petitionMailings).where(it).for('update');
  if (row && row.sent > 0) return false;
  await tx.delete(petitionMailings).where(it);
  return true;
}

type Mailing = typeof petitionMailings.$inferSelect;
type Reader = { id: string; to: string; lang: Lang; person: string | null; byMail: boolean };

const following = (petition: number): SQL =>
  sql`exists (select 1 from follows f where f.person_id = s.person_id and f.topic = ${`petition:${petition}`} and f.by_mail)`;

async function nextReaders(tx: Tx, it: Mailing, size: number): Promise<Reader[]> {
  // a supporter hears of the decision in any case; who follows without mail finds the news in the inbox
  const told = toSupporters(it.milestone);
  const who = told ? sql`s.supporter` : sql`f.person_id is not null`;
  // who has said already whether the answer answers them is not asked
  const silent =
    it.milestone === 'rating'
      ? sql`not exists (select 1 from petition_ratings r where r.signature_id = s.id)`
      : it.milestone === 'withdrawn'
        ? // who took it back needs no mail about it
          sql`s.person_id is distinct from (select person_id from petitions where id = ${it.petitionId})`
        : sql`true`;
  const { rows } = await tx.execute<Reader>(sql`
    select s.id, s.email as to, s.lang, s.person_id as person, ${told ? sql`true` : sql`f.by_mail`} as "byMail"
    from signatures s
    left join follows f on f.person_id = s.person_id and f.topic = ${`petition:${it.petitionId}`}
    where s.petition_id = ${it.petitionId} and s.state = 'confirmed' and s.email is not null
      and s.id > ${it.lastSignature ?? '00000000-0000-0000-0000-000000000000'}::uuid and ${who} and ${silent}
    order by s.id limit ${size}`);
  return rows;
}

type Told = {
  title: string;
  kind: string;
  more: (locale: Lang) => string[];
  /** the one that asks for the same, where it was merged into that */
  instead: { id: number; title: string } | null;
};

/** Whom a supporter is led to, if that one is there to be signed. */
async function insteadOf(tx: Tx, milestone: string, { mergedInto }: Petition): Promise<Told['instead']> {
  const other = milestone === 'rejected' && mergedInto ? await findPetition(tx, mergedInto) : null;
  return other && other.state === 'open' && !other.hiddenAt && !other.removedAt ? other : null;
}

/** Which number it was, and by when the council promised what it brings about. */
async function reachedLine(tx: Tx, petition: Petition, threshold: Threshold): Promise<Told['more']> {
  const scheme = await schemeOf(tx, petition);
  const at = thresholdsOf(scheme)[threshold];
  const reached = reachedAt(petition, threshold) ?? petition.updatedAt;
  const by = await owedBy(tx, petition.organisationId, reached, daysFor(scheme, threshold));
  return (locale) => [
    m.petitions_mail_reached_line(
      { threshold, at: sayNumber(at, { locale }), by: sayDate(by, 'long', { locale }) },
      { locale },
    ),
  ];
}

/** What the mail of a milestone says, the same to all its readers. */
async function toldOf(tx: Tx, it: Mailing): Promise<Told> {
  const petition = (await findPetition(tx, it.petitionId))!;
  const [step] = it.stepId
    ? await tx.select().from(petitionSteps).where(eq(petitionSteps.id, it.stepId))
    : [];
  const reached = thresholdIn(it.milestone);
  const ended = it.milestone === 'withdrawn' || it.milestone === 'stopped' ? petition.endedReason : null;
  const own = step?.summary ?? ended;
  return {
    title: petition.title,
    kind: step?.kind ?? it.milestone,
    more: reached ? await reachedLine(tx, petition, reached) : () => (own ? [own] : []),
    instead: await insteadOf(tx, it.milestone, petition),
  };
}

function sayMilestone(it: Mailing, { title, kind, more, instead }: Told, locale: Lang): Sentences {
  const button = m.petitions_mail_see({}, { locale });
  if (it.milestone === 'rating') return ratingWords(title, locale);
  if (toSupporters(it.milestone))
    return {
      subject: m.petitions_mail_supporters_subject({ title }, { locale }),
      title: m.petitions_mail_supporters_title({ what: kind }, { locale }),
      lines: [
        m.petitions_mail_supporters_line({ title, what: kind }, { locale }),
        ...(instead ? [m.petitions_mail_supporters_instead({ title: instead.title }, { locale })] : []),
      ],
      button: instead ? m.petitions_mail_supporters_sign({}, { locale }) : button,
    };
  return {
    subject: m.petitions_mail_step_subject({ title }, { locale }),
    title: m.petitions_mail_step_title({ kind }, { locale }),
    lines: [m.petitions_mail_step_line({ title }, { locale }), ...more(locale)],
    button,
  };
}

function letterTo(house: House, it: Mailing, told: Told, reader: Reader): { who: To; it: Sent } {
  const link = reader.person
    ? stopLink(house, reader.person, { what: 'follow', topic: `petition:${it.petitionId}` })
    : null;
  return {
    who: { to: reader.to, lang: reader.lang, personId: reader.person },
    it: {
      kind: `petition_signers_${told.kind}`,
      priority: 'many',
      path:
        it.milestone === 'rating'
          ? ratingPath(it.petitionId)
          : petitionPath(told.instead?.id ?? it.petitionId),
      say: (locale) => sayMilestone(it, told, locale),
      ...(link && {
        headers: stopHeaders(house.publicUrl(), link),
        stop: {
          words: m.petitions_mail_step_stop({}, { locale: reader.lang }),
          url: `${house.publicUrl()}${reader.lang === 'cy' ? '/cy' : ''}/unsubscribe/${link}`,
        },
      }),
    },
  };
}

/** How many signers would be told of something new: they follow it by mail. */
export async function countReaders(db: Queryable, petition: number): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from signatures s
    where s.petition_id = ${petition} and s.state = 'confirmed' and s.email is not null and ${following(petition)}`);
  return rows[0]?.n ?? 0;
}

/** One portion of one mailing. */
async function portion(house: House, id: string): Promise<void> {
  await house.db.transaction(async (tx) => {
    const [it] = await tx.select().from(petitionMailings).where(eq(petitionMailings.id, id)).for('update');
    if (!it || it.doneAt || it.supersededAt) return;
    const told = await toldOf(tx, it);
    const { rows } = await tx.execute<{ n: number }>(
      sql`select online + supporters as n from petition_counts where petition_id = ${it.petitionId}`,
    );
    const size = Math.min(MOST, Math.max(LEAST, Math.ceil((rows[0]?.n ?? 0) / MINUTES)));
    const readers = await nextReaders(tx, it, size);
    const byMail = readers.filter((reader) => reader.byMail);
    await postEach(
      tx,
      house,
      byMail.map((reader) => letterTo(house, it, told, reader)),
    );
    await noteInInbox(tx, house, it, readers);
    await tx
      .update(petitionMailings)
      .set({
        sent: it.sent + readers.length,
        lastSignature: readers.at(-1)?.id ?? it.lastSignature,
        ...(readers.length < size && { doneAt: house.clock() }),
      })
      .where(eq(petitionMailings.id, it.id));
  });
}

/**
 * Puts the next portion of every mailing under way into the outbox; run every minute. What is hidden as a whole, or
 * taken away, is in no mail: its news wait until it is shown again.
 */
export async function mailMilestones(house: House): Promise<void> {
  const shown = house.db
    .select({ id: petitions.id })
    .from(petitions)
    .where(
      and(
        isNull(petitions.removedAt),
        or(isNull(petitions.hiddenAt), sql`cardinality(${petitions.hiddenParts}) > 0`),
      ),
    );
  const rows = await house.db
    .select({ id: petitionMailings.id })
    .from(petitionMailings)
    .where(
      and(
        inArray(petitionMailings.petitionId, shown),
        isNull(petitionMailings.doneAt),
        isNull(petitionMailings.supersededAt),
        // a rejection can still be taken back
        or(
          ne(petitionMailings.milestone, 'rejected'),
          lte(petitionMailings.createdAt, new Date(house.clock().getTime() - UNDO_MINUTES * 60_000)),
        ),
      ),
    )
    .limit(100);
  for (const { id } of rows) await portion(house, id);
  if (rows.length) house.saved();
}
