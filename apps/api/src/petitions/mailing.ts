/**
 * The mails that ask "is this from you?". They are written by a job and not by the request: there the rates are
 * checked, silently, so that the answer on the page tells nobody anything. What comes too fast waits its turn; only
 * what is on a block list never goes out.
 */
import { settings } from '@folkmoot/db/schema/places';
import type { Lang } from '@folkmoot/core/kit/plain';
import { type Rates, ratesShape } from '@folkmoot/core/petitions/rates';
import type { Tx } from '@folkmoot/db/client';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { makeTokens } from '../people/index.ts';
import { CONFIRM_MINUTES, postAll, signedBeforeMail, signMail, startMail } from './mails.ts';

const BATCH = 200;
const RETRY_MS = 60_000;

export type { Rates } from '@folkmoot/core/petitions/rates';
export const RATES_KEY = 'petitions.rates';

export async function readRates(db: Pick<House, 'db'>['db'] | Tx): Promise<Rates> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.key, RATES_KEY), isNull(settings.organisationId)));
  return ratesShape.parse(row?.value ?? {});
}

type Due = {
  id: string;
  petition: number;
  title: string;
  state: string;
  supporter: boolean;
  /** whether the petition is public */
  open: boolean;
  /** of the organiser, and the random word of the draft that waits for the button */
  asked: string | null;
  name: string;
  email: string;
  lang: Lang;
  network: string | null;
  mailedAt: Date | null;
};

async function dueNow(tx: Tx, now: Date): Promise<Due[]> {
  const { rows } = await tx.execute<Due>(sql`
    select s.id, s.petition_id as petition, p.title, s.state, s.supporter, p.opened_at is not null as open,
      p.draft->>'asked' as asked, s.name, s.email, s.lang, s.network,
      s.mailed_at as "mailedAt"
    from signatures s join petitions p on p.id = s.petition_id
    where s.mail_due_at <= ${now.toISOString()}::timestamptz and s.email is not null
    order by s.mail_due_at limit ${BATCH} for update of s skip locked`);
  return rows;
}

type Used = { minute: number; five: number };

/** How many mails each (petition, network) had in the last minute and in the last five. */
async function usedBy(tx: Tx, due: Due[], now: Date): Promise<Map<string, Used>> {
  const at = now.toISOString();
  const { rows } = await tx.execute<Used & { petition: number; network: string }>(sql`
    select petition_id as petition, network, count(*)::int as five,
      count(*) filter (where mailed_at > ${at}::timestamptz - interval '1 minute')::int as minute
    from signatures
    where mailed_at > ${at}::timestamptz - interval '5 minutes' and network is not null
      and (petition_id, network) in (
        select v.petition, v.network from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as v(petition bigint, network text))
    group by 1, 2`);
  return new Map(rows.map((row) => [`${row.petition} ${row.network}`, row]));
}

type Verdict = 'send' | 'later' | 'never';

/** Decides of each whether it goes out now. Equal networks in one batch count together. */
export function decideMails(
  due: readonly Pick<Due, 'petition' | 'network' | 'email' | 'supporter' | 'asked' | 'mailedAt'>[],
  used: ReadonlyMap<string, Used>,
  rates: Rates,
  now: Date,
): Verdict[] {
  const counts = new Map([...used].map(([key, { minute, five }]) => [key, { minute, five }]));
  return due.map(({ petition, network, email, supporter, asked, mailedAt }) => {
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    if (rates.block.domains.includes(domain) || (network && rates.block.networks.includes(network)))
      return 'never';
    // an address gets one a minute, whoever asks
    if (mailedAt && now.getTime() - new Date(mailedAt).getTime() < RETRY_MS) return 'later';
    if (!network || rates.allow.networks.includes(network) || rates.allow.domains.includes(domain))
      return 'send';
    const most = supporter || asked ? rates.supporters : rates.network;
    const key = `${petition} ${network}`;
    const had = counts.get(key) ?? { minute: 0, five: 0 };
    if (had.minute >= most.minute || had.five >= most.five) return 'later';
    counts.set(key, { minute: had.minute + 1, five: had.five + 1 });
    return 'send';
  });
}

/** Writes a batch of mails and their buttons: two statements, however many. */
async function send(tx: Tx, house: House, all: readonly Due[]): Promise<void> {
  const pending = all.filter(({ state }) => state === 'pending');
  const buttons = pending.map(({ petition, id: signature, asked }) => ({
    kind: asked ? ('confirm_petition' as const) : ('confirm_signature' as const),
    data: { petition, signature, ...(asked && { asked }) },
    minutes: CONFIRM_MINUTES,
  }));
  const raw = await makeTokens(tx, buttons, house.clock());
  const tokenOf = new Map(pending.map(({ id }, index) => [id, raw[index]!]));
  const letters = all.map(({ id, email: to, lang, name, petition, title, open, asked }) => {
    const who = { to, lang, name, petition, title };
    const token = tokenOf.get(id);
    if (!token) return signedBeforeMail(house, { ...who, open });
    return (asked ? startMail : signMail)(house, { ...who, token });
  });
  await postAll(tx, house, letters);
}

/** One batch. @returns how many rows were looked at */
async function step(house: House): Promise<number> {
  return house.db.transaction(async (tx) => {
    const now = house.clock();
    const due = await dueNow(tx, now);
    if (due.length === 0) return 0;
    const verdicts = decideMails(due, await usedBy(tx, due, now), await readRates(tx), now);
    await send(
      tx,
      house,
      due.filter((_, index) => verdicts[index] === 'send'),
    );
    const set = due.map(({ id }, index) => ({ id, verdict: verdicts[index] }));
    await tx.execute(sql`
      update signatures s set
        mail_due_at = case when v.verdict = 'later' then ${new Date(now.getTime() + RETRY_MS).toISOString()}::timestamptz end,
        mailed_at = case when v.verdict = 'send' then ${now.toISOString()}::timestamptz else s.mailed_at end,
        mails_sent = s.mails_sent + case when v.verdict = 'send' then 1 else 0 end
      from jsonb_to_recordset(${JSON.stringify(set)}::jsonb) as v(id uuid, verdict text) where s.id = v.id`);
    return due.length;
  });
}

/** Writes every mail that is due into the outbox; safe to run in several processes at once. */
export function signersMailer(house: House) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const all = async (): Promise<void> => {
    try {
      do {
        again = false;
        while (!stopped && (await step(house)) > 0);
      } while (again && !stopped);
      house.saved();
    } finally {
      // in the same breath as the last look at `again`, or somebody's call could be lost
      running = null;
    }
  };
  return {
    run(): Promise<void> {
      again = true;
      running ??= all();
      return running;
    },
    /** Waits for the batch under way. */
    async stop(): Promise<void> {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}
