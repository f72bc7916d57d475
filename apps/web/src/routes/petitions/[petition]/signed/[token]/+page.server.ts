import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

const SHOWN = 3;

/** By the link that was pressed a moment ago: nobody is signed in, the link alone says whose signature it is. */
async function byLink(event: PageServerLoadEvent, petition: number) {
  const { token } = event.params;
  const said = await api(event).send('readSignatureOfLink', { params: { petition, token } });
  if (!said.ok) error(said.status === 422 ? 404 : said.status, said.trouble.code);
  if (said.answer.state === 'pending') redirect(303, localizeHref(`/confirm/${token}`));
  return said.answer;
}

/** Signed in: one click, and here one is. */
async function byAccount(event: PageServerLoadEvent, petition: number) {
  const params = { petition };
  const mine = await api(event).send('readMySignature', { params });
  if (!mine.ok || !mine.answer) redirect(303, localizeHref(`/petitions/${petition}`));
  const { searchParams } = event.url;
  const key = searchParams.get('key') ?? undefined;
  const it = await api(event).get('readPetition', { params, query: { key } });
  const number = Number(searchParams.get('n'));
  return {
    title: it.title,
    lang: it.lang,
    state: mine.answer.state,
    petitionState: it.state,
    path:
      key && it.supporters
        ? `/petitions/${petition}?key=${encodeURIComponent(key)}`
        : `/petitions/${petition}`,
    number: Number.isInteger(number) && number > 0 ? number : null,
    // what everybody reads is shared for a second: the one who has just signed is in it already
    total: Math.max(it.signatures, number || 0),
    at: mine.answer.at,
    receipt: mine.answer.receipt,
    follows: mine.answer.follows,
    supporters: it.supporters,
    thresholds: it.thresholds,
    seq: it.seq,
  };
}

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const petition = Number(event.params.petition);
  const signature = await (event.params.token === 'me' ? byAccount : byLink)(event, petition);
  const nearly = await api(event).get('listPetitions', { query: { facet: 'nearly' } });
  return {
    id: petition,
    signature,
    nearly: nearly.items
      .filter(({ id }) => id !== petition)
      .slice(0, SHOWN)
      .map(({ id, title, lang, signatures, thresholds }) => ({ id, title, lang, signatures, thresholds })),
  };
};
