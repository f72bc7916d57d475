/** The endpoints of signing. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Basis } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { networkOf } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { startAssisted, type TokenUses } from '../people/index.ts';
import { type Asking, writeAskings } from './asking.ts';
import type { Pauses } from './clocks.ts';
import type { Rooms } from './counting.ts';
import { findPetition, isSupporterKey, subjectOf } from './facts.ts';
import { type OwnSignature, type SignAct, type Signed, writeSignatures } from './signing.ts';
import { ownSignatures } from './own.routes.ts';
import { mailWaits } from './waiting.ts';
import { accountOf, checkHere, required, type Signers } from './who.ts';

type Light = {
  name?: string | undefined;
  email?: string | undefined;
  postcode?: string | undefined;
  basis: Basis;
  age?: number | undefined;
  follow: boolean;
  showName: boolean;
  lang: Lang;
};

async function asking(signers: Signers, it: Light, network: string, withKey: boolean): Promise<Asking> {
  required({ name: it.name, email: it.email, postcode: it.postcode });
  const { name, email, postcode } = it as { name: string; email: string; postcode: string };
  return {
    name,
    email,
    canonical: await signers.canonical(email),
    ...(await checkHere(signers, postcode, it.basis)),
    basis: it.basis,
    age: it.age ?? null,
    follows: it.follow,
    showsName: it.showName,
    lang: it.lang,
    network,
    withKey,
  };
}

/** One click: what the form does not say, the account knows. */
async function own(house: House, signers: Signers, person: string, it: Light): Promise<OwnSignature | null> {
  const account = await accountOf(house.db, person);
  // nobody signs with somebody else's address because they are signed in themselves
  if (!account.email || (it.email && it.email.trim().toLowerCase() !== account.email.toLowerCase()))
    return null;
  const name = it.name ?? account.name;
  const typed = it.postcode ?? account.postcode;
  required({ name, postcode: typed ?? account.wardId });
  const place = typed ? await checkHere(signers, typed, it.basis) : { postcode: '', wardId: account.wardId };
  return {
    person,
    name: name!,
    email: account.email,
    canonical: await signers.canonical(account.email),
    ...place,
    basis: it.basis,
    age: it.age ?? null,
    follows: it.follow,
    showsName: it.showName,
    lang: it.lang,
    channel: 'web',
    enteredBy: null,
    network: null,
    withKey: false,
  };
}

type Write = (petition: string, act: SignAct) => Promise<Signed>;
const asCounted = ({ total, number, receipt, state }: Signed) => ({
  counted: true as const,
  total,
  number,
  receipt,
  petitionState: state,
});

/** The page behind the mailed link, which every mail of ours leads to. */
function button(app: FastifyInstance, uses: TokenUses, write: Write): void {
  const { house } = app;
  uses.on('confirm_signature', {
    about: async (token) => {
      const petition = await findPetition(house.db, Number(token.data['petition']));
      return { about: petition?.title ?? null, to: petition ? `/petitions/${petition.id}` : null };
    },
    // everybody presses at once: the button is used up in the batch that counts what it confirms
    together: async (token, { request }) => {
      const petition = String(token.data['petition']);
      const { token: raw } = request.params as { token: string };
      await write(petition, { token: raw });
      return { to: `/petitions/${petition}/signed/${raw}` };
    },
  });
}

function byStaff(app: FastifyInstance, signers: Signers, write: Write): void {
  const { house } = app;
  serve(app, contracts.signForSomeone, async ({ params, body, actor }) => {
    const petition = await findPetition(house.db, params.petition);
    if (!petition || petition.state === 'draft') throw notFound();
    if (!petitionPolicy.signForSomeone(actor, subjectOf(petition))) throw new Refused('not_allowed', 403);
    const enteredBy = personOf(actor);
    const { name, email, phone, channel, basis, follow, showName, lang, age = null, wording } = body;
    const place = await checkHere(signers, body.postcode, basis);
    const { person } = await house.db.transaction((tx) =>
      startAssisted(
        tx,
        { name, email, phone, postcode: body.postcode, lang, channel, wording, enteredBy },
        house.clock(),
      ),
    );
    const signature: OwnSignature = {
      person,
      name,
      email: email ?? null,
      canonical: email ? await signers.canonical(email) : null,
      ...place,
      basis,
      age,
      follows: follow,
      showsName: showName,
      lang,
      channel,
      enteredBy,
      network: null,
      withKey: true,
    };
    const { already, total } = await write(String(params.petition), { own: signature });
    return { counted: !already, already, total, person };
  });
}

export type SigningParts = { rooms: Rooms; uses: TokenUses; signers: Signers; paused: Pauses };

export function mountSigning(app: FastifyInstance, { rooms, uses, signers, paused }: SigningParts): void {
  const { house } = app;
  const ask = house.batches.writer<Asking, { waits: true }>({
    name: 'ask_signature',
    write: (tx, petition, acts) => writeAskings(tx, { house, paused }, Number(petition), acts),
  });
  const write = house.batches.writer<SignAct, Signed>({
    name: 'sign_petition',
    write: (tx, petition, acts) => writeSignatures(tx, { ...rooms, paused }, Number(petition), acts),
  });
  const waits = mailWaits(house);
  button(app, uses, write);
  byStaff(app, signers, write);
  ownSignatures(app);

  serve(app, contracts.signPetition, async ({ params, body, actor, request }) => {
    const { key, ...light } = body;
    const petition = String(params.petition);
    const withKey = isSupporterKey(house, params.petition, key);
    const mine = actor.person ? await own(house, signers, actor.person, light) : null;
    if (mine) return asCounted(await write(petition, { own: { ...mine, withKey } }));
    const act = await asking(signers, light, networkOf(request.ip), withKey);
    await ask(petition, act);
    return { counted: false as const, waits: true as const, email: act.email, minutes: await waits() };
  });

  serve(app, contracts.confirmSignature, async ({ params, body }) =>
    asCounted(await write(String(params.petition), { token: body.token })),
  );
}
