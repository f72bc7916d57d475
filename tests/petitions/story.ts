/** What journeys of petitions have in common: Grace's night bus, and a scheme whose thresholds are cheap to cross. */
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';

export const NIGHT_BUS = 'Keep the 14 night bus running after ten';

/** A postcode of Anybridge, and its ward. */
export async function somePostcode(town: Town): Promise<{ code: string; ward: string }> {
  const { rows } = await town.sql.query(
    'select code, ward_id as ward from postcodes where ward_id is not null order by code limit 1',
  );
  return rows[0];
}

/** From now on new petitions are made under a scheme with small numbers. */
export async function smallScheme(town: Town, given: object = {}): Promise<void> {
  const admin = await town.as('Tomasz Nowak');
  const [now] = await admin.call('listPetitionSchemes', {});
  await admin.call('createPetitionScheme', {
    body: {
      organisation: now!.organisation.id,
      scheme: { ...now!.scheme, supporters: 5, response: 10, evidence: 20, debate: 30, ...given },
    },
  });
}

/** Every network may send as much as it likes: a test has one address. */
export async function noRates(town: Town): Promise<void> {
  await town.sql.query(`insert into settings (key, value) values ('petitions.rates', $1)`, [
    JSON.stringify({ allow: { networks: ['127.0.0.1'] } }),
  ]);
}

/** What is kept of its signatures. */
export async function countsOf(town: Town, petition: number) {
  const { rows } = await town.sql.query<{ online: number; paper: number; invalidated: number }>(
    'select online, paper, invalidated from petition_counts where petition_id = $1',
    [petition],
  );
  return rows[0];
}

export const mailsGoOut = (town: Town): Promise<void> => town.app.house.jobs.run('mail_signers');

export type SignBody = CallInput<Contracts['signPetition']>['body'];

/** Signs by form and presses the button of the mail. */
export async function signByMail(town: Town, petition: number, given: SignBody, caller = town.visitor()) {
  await caller.call('signPetition', { params: { petition }, body: given });
  await mailsGoOut(town);
  const token = await town.tokenTo(given.email!);
  return caller.call('confirmSignature', { params: { petition }, body: { token } });
}

/** Grace starts her petition and sends it off. @returns its number and the supporters' key */
export async function nightBus(town: Town, grace: Caller, title = NIGHT_BUS) {
  const { code } = await somePostcode(town);
  const { petition } = await grace.call('startPetition', { body: { title, lang: 'en' } });
  await grace.call('savePetition', {
    params: { petition },
    body: { why: 'Nurses of the late shift walk home over the bridge.' },
  });
  const sent = await grace.call('submitPetition', { params: { petition }, body: { postcode: code } });
  const key = new URL(sent.supporterPath!, 'http://x').searchParams.get('key')!;
  return { petition, key, code, sent };
}

/**
 * Five supporters stand behind it, so that it lies before the moderators. Another street's five have had no other
 * mail, which might come between them and their button.
 */
export async function fiveSupporters(town: Town, petition: number, key: string, code: string, street = '') {
  for (const name of ['Ann One', 'Ben Two', 'Cat Three', 'Dan Four', 'Eve Five'])
    await signByMail(town, petition, { ...signer(`${name} ${street}`.trim(), code), key });
}

export const signer = (name: string, postcode: string): SignBody => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
  postcode,
  basis: 'live',
  lang: 'en',
});

/** A town of its own with one open petition. @param networks what they may send: as much as they like unless told */
export async function townThatSigns(scheme: object, networks: (town: Town) => Promise<unknown> = noRates) {
  const town = await openTown();
  await smallScheme(town, scheme);
  await networks(town);
  return { town, ...(await openPetition(town)) };
}

/** Opens a petition without the moderators' journey: for tests of what comes after. */
export async function openPetition(
  town: Town,
  title = NIGHT_BUS,
): Promise<{ petition: number; code: string }> {
  const grace = await town.as('Grace Okafor');
  const { petition, code } = await nightBus(town, grace, title);
  const now = town.clock.now;
  await town.sql.query(
    `update petitions set state = 'open', state_at = $2, opened_at = $2, closes_at = $3 where id = $1`,
    [petition, now, new Date(now.getTime() + 180 * 86_400_000)],
  );
  await town.sql.query('update petition_counts set online = 1 where petition_id = $1', [petition]);
  return { petition, code };
}
