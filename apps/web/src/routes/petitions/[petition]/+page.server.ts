import { error, fail, redirect } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { daysOf, wardsOf } from '#lib/petitions/figures.ts';
import { bylineOf, latchOf, pausesOf, rungsOf, stepsOf } from '#lib/petitions/page.ts';
import { wardsDrawn } from '#lib/places/server/wards.ts';
import { api } from '#lib/server/api.ts';
import { cacheable, neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

type Params = { petition: number };

async function petitionOf(event: PageServerLoadEvent, params: Params) {
  const key = event.url.searchParams.get('key') ?? undefined;
  const said = await api(event).send('readPetition', { params, query: { key } });
  if (said.ok) return { petition: said.answer, key: said.answer.openedAt ? null : (key ?? null) };
  const { code, reason } = said.trouble;
  if (said.status !== 410) error(said.status === 422 ? 404 : said.status, code);
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
    signed: mine?.state === 'confirmed',
    rating: mine?.rating ?? null,
    organiser: own.ok,
    mayAppeal: own.ok && own.answer.decisions.some((decision) => decision.mayAppeal),
  };
}

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const { petition, key } = await petitionOf(event, params);
  const open = petition.state === 'open';
  const published = petition.openedAt !== null;
  if (published || petition.state === 'rejected') cacheable(event, { topics: [`petition:${petition.id}`] });
  else neverShared(event);
  const [found, drawn, mine, layout] = await Promise.all([
    published ? api(event).get('readPetitionIntegrity', { params }) : null,
    wardsDrawn(event),
    mineOf(event, params),
    event.parent(),
  ]);
  const until = (open ? new Date() : new Date(petition.closedAt ?? petition.closesAt ?? Date.now()))
    .toISOString()
    .slice(0, 10);
  // said below, in one language: sent once
  const { steps: _, paused: __, organisation: ___, topics: ____, wards: _____, ...it } = petition;
  return {
    petition: it,
    key,
    mine,
    byline: bylineOf(petition),
    latch: latchOf(petition),
    pauses: pausesOf(petition),
    signable: !petition.paused.some(({ what }) => what === 'collecting'),
    rungs: rungsOf(petition),
    steps: stepsOf(petition),
    days: found && daysOf(found.days, until, open),
    where: found && wardsOf(found.wards, drawn, layout.me?.ward?.slug),
    rating: petition.response === 'responded' && found ? found.rating : null,
    mayAskScrutiny:
      mine?.organiser === true &&
      petition.response === 'responded' &&
      !petition.steps.some(({ kind }) => kind === 'scrutiny'),
  };
};

type Sign = CallInput<Contracts['signPetition']>['body'];
type Rate = CallInput<Contracts['ratePetitionAnswer']>['body'];

export const actions: Actions = {
  sign: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('signPetition', { params, body: values as unknown as Sign });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'sign' as const, values });
    if (!said.answer.counted)
      return { asked: { email: said.answer.email, minutes: said.answer.minutes }, values };
    const { number } = said.answer;
    redirect(303, localizeHref(`/petitions/${params.petition}/signed/me${number ? `?n=${number}` : ''}`));
  },
  rate: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('ratePetitionAnswer', { params, body: values as unknown as Rate });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'rate' as const, values });
    redirect(303, localizeHref(`/petitions/${params.petition}#rate`));
  },
};
