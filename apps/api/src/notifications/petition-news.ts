/**
 * From what happened to a petition to who hears of it. Signers are told by the mailing of each milestone, spread over
 * hours (`petitions/milestones.ts`); here are told those who follow it without having signed, and whoever asked for
 * new petitions of a ward or round a place.
 */
import { inLang, type Lang, metresBetween } from '@folkmoot/core/kit/plain';
import { type NotificationKind, PETITIONS_GROUP } from '@folkmoot/core/notifications/plain';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { alerts } from '@folkmoot/db/schema/notifications';
import { organisations } from '@folkmoot/db/schema/people';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { m } from '@folkmoot/words';
import { and, asc, desc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { EventRow } from '../kit/events.ts';
import type { LetterItem } from './letter.ts';
import { type Addressee, otherLang, type Post, type Said, urlIn } from './post.ts';
import type { News } from './report-news.ts';

type Petition = typeof petitions.$inferSelect;
export type PetitionTold = {
  petition: Petition;
  organisation: { en: string; cy?: string };
  /** what the council said, where the event is that */
  step: typeof petitionSteps.$inferSelect | null;
};

/** @returns null for what nobody may see (any more) */
export async function readPetitionTold(db: Queryable, event: EventRow): Promise<PetitionTold | null> {
  const id = Number(event.data['petition']);
  const [row] = await db
    .select({ petition: petitions, organisation: organisations.name })
    .from(petitions)
    .innerJoin(organisations, eq(organisations.id, petitions.organisationId))
    .where(and(eq(petitions.id, id), isNull(petitions.hiddenAt), isNull(petitions.removedAt)));
  if (!row || row.petition.openedAt === null) return null;
  const kind = event.data['kind'];
  const [step] =
    event.type === 'petition.answered' && typeof kind === 'string'
      ? await db
          .select()
          .from(petitionSteps)
          .where(
            and(
              eq(petitionSteps.petitionId, id),
              sql`${petitionSteps.kind} = ${kind}`,
              lte(petitionSteps.at, event.at),
            ),
          )
          .orderBy(desc(petitionSteps.at), desc(petitionSteps.id))
          .limit(1)
      : [];
  return { ...row, organisation: row.organisation as { en: string; cy?: string }, step: step ?? null };
}

const ENDS = new Set<unknown>(['closed', 'withdrawn', 'stopped']);

function kindOf({ type, data, audience }: EventRow): NotificationKind | null {
  if (audience !== 'public') return null;
  if (type === 'petition.threshold_reached') return 'petition_reached';
  if (type === 'petition.answered') return 'petition_answer';
  if (type !== 'petition.state_changed') return null;
  return data['to'] === 'open' ? 'petition_open' : ENDS.has(data['to']) ? 'petition_ended' : null;
}
/** Whether an event of a petition is anybody's news: most are signatures, and those are asked nothing of. */
export const isPetitionNews = (event: EventRow): boolean => kindOf(event) !== null;

/** Who followed when it happened and is not told as a signer. */
async function followersOf(db: Queryable, { petition }: PetitionTold, at: Date) {
  const { rows } = await db.execute<{ person: string; byMail: boolean }>(sql`
    select f.person_id as person, f.by_mail as "byMail" from follows f
    where f.topic = ${`petition:${petition.id}`} and f.created_at <= ${at.toISOString()}::timestamptz
      and not exists (select 1 from signatures s where s.petition_id = ${petition.id}
        and s.person_id = f.person_id and s.state = 'confirmed' and s.email is not null)`);
  return rows;
}

/** Whose alerts a new petition falls into. One that is about the whole place is told to who asked for petitions alone. */
async function alertedBy(db: Queryable, { petition }: PetitionTold, at: Date): Promise<News[]> {
  const { wardIds, lon, lat } = petition;
  const whole = wardIds.length === 0 && lon === null;
  const named = sql`${alerts.areaId} = any(${sql.param(wardIds)}::uuid[])`;
  const found = await db
    .select()
    .from(alerts)
    .where(
      and(
        isNull(alerts.endedAt),
        lte(alerts.createdAt, at),
        whole
          ? eq(alerts.categoryGroup, PETITIONS_GROUP)
          : and(
              or(isNull(alerts.categoryGroup), eq(alerts.categoryGroup, PETITIONS_GROUP)),
              or(and(eq(alerts.kind, 'ward'), named), eq(alerts.kind, 'radius')),
            ),
      ),
    )
    .orderBy(asc(alerts.createdAt));
  const first = new Map<string, string>();
  for (const { id, kind, personId, lon: east, lat: north, radiusM } of found) {
    const near =
      whole ||
      kind === 'ward' ||
      (lon !== null &&
        lat !== null &&
        metresBetween({ lon, lat }, { lon: east!, lat: north! }) <= (radiusM ?? 0));
    if (near && personId !== petition.personId && !first.has(personId)) first.set(personId, id);
  }
  return [...first].map(([person, alert]) => ({ person, kind: 'alert', byMail: true, alert }));
}

/** Who hears of one event on a petition; nobody twice. */
export async function petitionNewsOf(tx: Tx, event: EventRow, told: PetitionTold): Promise<News[]> {
  const kind = kindOf(event);
  if (!kind) return [];
  const followers = await followersOf(tx, told, event.at);
  const news = followers.map(({ person, byMail }): News => ({ person, kind, byMail }));
  const known = new Set(followers.map(({ person }) => person));
  const near = kind === 'petition_open' ? await alertedBy(tx, told, event.at) : [];
  return [...news, ...near.filter(({ person }) => !known.has(person))];
}

/** What happened, in one sentence. */
export const petitionLine = (kind: NotificationKind, told: PetitionTold, lang: Lang): string =>
  m.mail_petition_line(
    { kind, organisation: inLang(told.organisation, lang).text, state: told.petition.state },
    { locale: lang },
  );

/** A petition that moved, in the mail of the evening. */
export const petitionItem = (
  post: Post,
  lang: Lang,
  kind: NotificationKind,
  told: PetitionTold,
): LetterItem => ({
  title: told.petition.title,
  line: petitionLine(kind, told, lang),
  url: urlIn(post, lang, petitionPath(told.petition.id)),
  quote: told.step?.summary,
});

export function petitionMail(
  post: Post,
  { lang }: Pick<Addressee, 'lang'>,
  kind: NotificationKind,
  told: PetitionTold,
): Said {
  const { petition, step } = told;
  const other = otherLang(lang);
  const title = (to: Lang) => m.mail_petition_title({ kind }, { locale: to });
  const see = (to: Lang) => m.petitions_mail_see({}, { locale: to });
  const path = petitionPath(petition.id);
  return {
    subject: `${title(lang)}: ${petition.title}`,
    title: title(lang),
    intro: petitionLine(kind, told, lang),
    lines: [`**${petition.title}**`, petitionLine(kind, told, lang)],
    quote: step ? { words: step.summary, by: step.byName, lang: step.lang } : undefined,
    button: { words: see(lang), url: urlIn(post, lang, path) },
    other: {
      lang: other,
      title: title(other),
      lines: [petitionLine(kind, told, other)],
      link: { words: see(other), url: urlIn(post, other, path) },
    },
    why: m.mail_why_follow_petition({}, { locale: lang }),
  };
}
