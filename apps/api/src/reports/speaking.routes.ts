/** The endpoints of speaking up. Who is not signed in confirms with the button in a mail, as with everything. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { contracts } from '@folkmoot/core/contracts';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { reportSupports } from '@folkmoot/db/schema/reports';
import { and, eq } from 'drizzle-orm';
import { Invalid, notFound } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { storable } from '../kit/storable.ts';
import { contactFor, joinAccount, makeToken, type Token, type TokenUses } from '../people/index.ts';
import { CONFIRM_MINUTES, confirmUpdateMail } from './mails.ts';
import {
  addComment,
  addVerdict,
  changeWords,
  type Comment,
  isFresh,
  takeBack,
  type Verdict,
} from './speaking.ts';
import { findReport, lockReport, readFull, type Report, subjectOf } from './store.ts';

/** What waits in a token for its button. */
type Waiting = { report: number; name: string } & ({ comment: Comment } | { verdict: Verdict });
type Light = { name?: string | undefined; email?: string | undefined };

/** Without an account: nothing is written but what waits for the button. */
async function askSpeaker(
  house: House,
  report: Report,
  light: Light,
  what: { comment: Comment } | { verdict: Verdict },
): Promise<string> {
  const fields = {
    ...(!light.name && { name: 'required' }),
    ...(!light.email && { email: 'required' }),
  };
  if (Object.keys(fields).length) throw new Invalid(fields);
  const { name, email } = light as { name: string; email: string };
  await limit(house, 'mail', canonicalEmail(email));
  await house.db.transaction(async (tx) => {
    const contact = await contactFor(tx, email);
    const data: Waiting = { report: report.id, name, ...what };
    const token = await makeToken(
      tx,
      { kind: 'confirm_update', contactId: contact.id, data, minutes: CONFIRM_MINUTES },
      house.clock(),
    );
    const said = 'verdict' in what ? what.verdict : what.comment;
    await confirmUpdateMail(tx, house, {
      to: contact.value,
      contactId: contact.id,
      lang: said.lang,
      title: report.title,
      token,
      fixed: 'fixed' in said ? said.fixed : null,
    });
  });
  return email;
}

const about = (house: House) => async (token: Token) => {
  const report = await findReport(house.db, Number(token.data['report']));
  return { about: report?.title ?? null, to: report ? `/reports/${report.id}` : null };
};

/** The person a token proves: the one it names, else whoever owns the mailbox it was sent to. */
async function whoPressed(tx: Tx, house: House, token: Token, report: Report): Promise<string> {
  if (token.personId) return token.personId;
  if (!token.contactId) throw notFound();
  const name = typeof token.data['name'] === 'string' ? token.data['name'] : null;
  return joinAccount(tx, token.contactId, { name, lang: report.lang }, house.clock());
}

const asked = z.object({
  fixed: z.enum(['yes', 'no'], { error: 'required' }),
  served: z.enum(['yes', 'no']).optional(),
  text: z.string().trim().max(2000).optional(),
});

/** The two buttons of "was it fixed?", and the one of "was this you?". */
function buttons(app: FastifyInstance, uses: TokenUses): void {
  const { house } = app;
  uses.on('confirm_update', {
    about: about(house),
    use: async (tx, token) => {
      const waiting = token.data as unknown as Waiting;
      const report = await lockReport(tx, waiting.report);
      if (!report) throw notFound();
      const person = await whoPressed(tx, house, token, report);
      if ('verdict' in waiting) await addVerdict(tx, house, report, person, waiting.verdict);
      else await addComment(tx, house, report, person, waiting.comment);
      return { to: report.private ? null : `/reports/${report.id}` };
    },
  });
  uses.on('verdict', {
    about: about(house),
    use: async (tx, token, { request }) => {
      const said = asked.safeParse(storable(request.body ?? {}));
      if (!said.success) throw new Invalid({ fixed: 'required' });
      const report = await lockReport(tx, Number(token.data['report']));
      if (!report) throw notFound();
      const person = await whoPressed(tx, house, token, report);
      const { fixed, served, text } = said.data;
      await addVerdict(tx, house, report, person, {
        fixed: fixed === 'yes',
        served: served === undefined ? undefined : served === 'yes',
        text: text || undefined,
        lang: report.lang,
      });
      return { to: `/reports/${report.id}` };
    },
  });
}

function speaking(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.commentOnReport, async ({ params, body, actor, request }) => {
    const seen = await findReport(house.db, params.report);
    if (!seen || !reportPolicy.commentOnReport(actor, subjectOf(seen))) throw notFound();
    const { person } = actor;
    await limit(house, 'comment', person ?? networkOf(request.ip));
    const { text, lang, showName, idempotencyKey } = body;
    const comment = { text, lang, showName, idempotencyKey };
    if (!person)
      return { update: null, waits: true, email: await askSpeaker(house, seen, body, { comment }) };
    const update = await house.db.transaction(async (tx) => {
      const report = await lockReport(tx, seen.id);
      if (!report) throw notFound();
      return addComment(tx, house, report, person, comment);
    });
    house.saved();
    return { update, waits: false, email: null };
  });

  serve(app, contracts.sayWhetherFixed, async ({ params, body, actor, request }) => {
    const seen = await findReport(house.db, params.report);
    if (!seen || !reportPolicy.sayWhetherFixed(actor, subjectOf(seen))) throw notFound();
    const { person } = actor;
    await limit(house, 'comment', person ?? networkOf(request.ip));
    const { fixed, served, text, lang, idempotencyKey } = body;
    const verdict: Verdict = {
      fixed: fixed === 'yes',
      served: served === undefined ? undefined : served === 'yes',
      text,
      lang,
      idempotencyKey,
    };
    if (!person) {
      const email = await askSpeaker(house, seen, body, { verdict });
      const { saidFixed, saidNotFixed } = await readFull(house.db, seen, house.clock());
      return { state: seen.state, saidFixed, saidNotFixed, waits: true, email };
    }
    const told = await house.db.transaction(async (tx) => {
      const report = await lockReport(tx, seen.id);
      if (!report) throw notFound();
      return addVerdict(tx, house, report, person, verdict);
    });
    house.saved();
    return { ...told, waits: false, email: null };
  });
}

/** What a report is to somebody who is signed in. */
export async function mineOf(house: House, db: Queryable, report: Report, person: string) {
  const [supported] = await db
    .select({ id: reportSupports.id })
    .from(reportSupports)
    .where(and(eq(reportSupports.reportId, report.id), eq(reportSupports.personId, person)));
  const maker = report.personId === person;
  return {
    maker,
    mayEdit: maker && isFresh(house, report),
    supported: supported !== undefined,
    showName: maker && report.showName,
  };
}

function secondThoughts(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.editReport, async ({ params, body, actor }) => {
    const changed = await house.db.transaction(async (tx) => {
      const report = await lockReport(tx, params.report);
      if (!report || !reportPolicy.editReport(actor, subjectOf(report))) throw notFound();
      const after = await changeWords(tx, house, report, body);
      const full = await readFull(tx, after, house.clock());
      return { ...full, mine: await mineOf(house, tx, after, personOf(actor)) };
    });
    house.saved();
    return changed;
  });

  serve(app, contracts.withdrawReport, async ({ params, actor }) => {
    const person = personOf(actor);
    await house.db.transaction(async (tx) => {
      const report = await lockReport(tx, params.report);
      if (!report || !reportPolicy.withdrawReport(actor, subjectOf(report))) throw notFound();
      await takeBack(tx, house, report, person);
    });
    house.saved();
    return { ok: true as const };
  });
}

export function mountSpeaking(app: FastifyInstance, uses: TokenUses): void {
  buttons(app, uses);
  speaking(app);
  secondThoughts(app);
}
