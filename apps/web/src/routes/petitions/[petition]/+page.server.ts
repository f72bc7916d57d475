import { error, fail, redirect } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { inWords } from '@folkmoot/ui/post';
import { localizeHref, m } from '@folkmoot/words';
import { askedWords } from '#lib/petitions/asked.ts';
import { daysOf, wardsOf } from '#lib/petitions/figures.ts';
import { signForm } from '#lib/petitions/form.ts';
import { headOf } from '#lib/petitions/head.ts';
import * as said from '#lib/petitions/page.ts';
import { signedHref } from '#lib/petitions/signed.ts';
import { stepsOf } from '#lib/petitions/steps.ts';
import { invalid, refused } from '#lib/petitions/trouble.ts';
import { wardsDrawn } from '#lib/places/server/wards.ts';
import { api, type Trouble } from '#lib/server/api.ts';
import { cacheable, neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

type Params = { petition: number };

async function petitionOf(event: PageServerLoadEvent, params: Params) {
  const key = event.url.searchParams.get('key') ?? undefined;
  const found = await api(event).send('readPetition', { params, query: { key } });
  if (found.ok) return { petition: found.answer, key: found.answer.openedAt ? null : (key ?? null) };
  const { code, reason } = found.trouble;
  if (found.status !== 410) error(found.status === 422 ? 404 : found.status, code);
  error(410, { message: code, code, ...(reason && { reason }) });
}

/** What is mine of it: asked only where there is a session, since the page is the same for all others. */
async function mineOf(event: PageServerLoadEvent, params: Params) {
  const signedIn = event.cookies.get('folkmoot') ?? event.cookies.get('__Host-folkmoot');
  if (!signedIn) return null;
  const [signature, own] = await Promise.all([
    api(event).send('readMySignature', { params }),
    api(event).send('readMyPetition', { params }),
  ]);
  const mine = signature.ok ? signature.answer : null;
  return {
    // a doubtful one waits for a moderator; its owner has done all they can
    signed: mine?.state === 'confirmed' || mine?.state === 'suspect',
    rating: mine?.rating ?? null,
    organiser: own.ok,
    mayAppeal: own.ok && own.answer.decisions.some((decision) => decision.mayAppeal),
  };
}

/** What the page itself needs of it; the rest is said in words beside. */
const shown = (it: said.Petition) => ({
  id: it.id,
  seq: it.seq,
  title: it.title,
  lang: it.lang,
  why: it.why,
  details: it.details,
  state: it.state,
  response: it.response,
  debate: it.debate,
  signatures: it.signatures,
  online: it.online,
  paper: it.paper,
  thresholds: it.thresholds,
  supporters: it.supporters,
  openedAt: it.openedAt,
});

/** The figures of a published petition: by day, by ward, and what signers say of the answer. */
async function figuresOf(event: PageServerLoadEvent, petition: said.Petition) {
  if (!petition.openedAt) return { days: null, where: null, rating: null };
  const [found, drawn, { me }] = await Promise.all([
    api(event).get('readPetitionIntegrity', { params: { petition: petition.id } }),
    wardsDrawn(event),
    event.parent(),
  ]);
  const open = petition.state === 'open';
  const ended = petition.closedAt ?? petition.closesAt;
  const until = (open || !ended ? new Date() : new Date(ended)).toISOString().slice(0, 10);
  return {
    days: daysOf(found.days, until, open),
    where: wardsOf(found.wards, drawn, me?.ward?.slug),
    rating: petition.response === 'responded' ? said.ratingOf(found.rating) : null,
  };
}

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const { petition, key } = await petitionOf(event, params);
  if (petition.openedAt || petition.state === 'rejected')
    cacheable(event, { topics: [`petition:${petition.id}`], rush: petition.state === 'open' });
  else neverShared(event);
  const [figures, mine, { me, rush }] = await Promise.all([
    figuresOf(event, petition),
    mineOf(event, params),
    event.parent(),
  ]);
  const { steps, response, paused } = petition;
  const heading = said.headingOf(petition);
  return {
    petition: shown(petition),
    heading,
    head: headOf(petition, heading.text, event.url.origin),
    key,
    mine,
    byline: said.bylineOf(petition),
    latch: said.latchOf(petition),
    notices: said.noticesOf(petition),
    counts: said.countsOf(petition),
    does: said.doesOf(petition),
    steps: stepsOf(petition),
    collecting: !paused.some(({ what }) => what === 'collecting'),
    sign: signForm(petition, me, event.locals.place.phone),
    touch: said.touchOf(petition),
    pin: petition.place && { ...petition.place, label: m.petition_pin({ title: heading.text }) },
    already:
      mine?.signed || rush
        ? {
            text: petition.supporters ? m.petition_you_support() : m.petition_signed_already(),
            link: m.petition_signed_receipt(),
          }
        : null,
    mayAskScrutiny:
      mine?.organiser === true && response === 'responded' && !steps.some(({ kind }) => kind === 'scrutiny'),
    ...figures,
  };
};

type Sign = CallInput<Contracts['signPetition']>['body'];
type Rate = CallInput<Contracts['ratePetitionAnswer']>['body'];
type Values = ReturnType<typeof formObject>;

/** In words at once: the page need not fetch the words of everything that may go wrong. */
const failed = (about: 'sign' | 'rate', status: number, trouble: Trouble, values: Values) =>
  fail(status, { about, ...inWords({ refused, invalid }, trouble, status), values, asked: undefined });

export const actions: Actions = {
  sign: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    const key = event.url.searchParams.get('key');
    const outcome = await api(event).send('signPetition', { params, body: values as unknown as Sign });
    if (!outcome.ok) return failed('sign', outcome.status, outcome.trouble, values);
    if (!outcome.answer.counted) {
      // who came by the supporters' link stays on their page, which nobody else may see
      if (!key)
        redirect(
          303,
          localizeHref(`/petitions/${params.petition}/signed/asked?wait=${outcome.answer.minutes}`),
        );
      return { about: 'sign', errors: null, message: null, values, asked: askedWords(outcome.answer) };
    }
    redirect(303, signedHref(params.petition, { number: outcome.answer.number, key }));
  },
  rate: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    const outcome = await api(event).send('ratePetitionAnswer', {
      params,
      body: values as unknown as Rate,
    });
    if (!outcome.ok) return failed('rate', outcome.status, outcome.trouble, values);
    redirect(303, localizeHref(`/petitions/${params.petition}#rate`));
  },
};
