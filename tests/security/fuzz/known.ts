/** What the town answers to anybody who asks: ids, slugs and numbers for inputs that should get far. */
import type { Caller } from '@folkmoot/testkit/town';
import type { Cookies } from './client.ts';
import type { Who } from './inputs.ts';
import type { Known } from './values.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const ASKED = [
  'wards',
  'organisations',
  'petitions?facet=recent',
  'reports?state=all&age=all',
  'petition-schemes',
  'petition-rejection-codes',
  'petition-decisions',
  'report-categories',
  'decisions',
  'now',
  'place',
];

function collect(
  value: unknown,
  into: { uuids: Set<string>; words: Set<string>; numbers: Set<number> },
): void {
  if (typeof value === 'string') {
    if (UUID.test(value)) into.uuids.add(value);
    else if (value.length <= 60) into.words.add(value);
  } else if (typeof value === 'number') into.numbers.add(value);
  else if (Array.isArray(value)) for (const one of value) collect(one, into);
  else if (value && typeof value === 'object') for (const one of Object.values(value)) collect(one, into);
}

/** @param url of a running demo town */
export async function knownOf(url: string): Promise<Known> {
  const into = { uuids: new Set<string>(), words: new Set<string>(), numbers: new Set<number>() };
  for (const path of ASKED) {
    const response = await fetch(`${url}/api/v1/${path}`);
    if (response.ok) collect(await response.json(), into);
  }
  for (const topic of ['petition:1', 'report:1', 'privacy', 'AB1 1AA']) into.words.add(topic);
  for (let n = 1; n <= 30; n++) into.numbers.add(n);
  return {
    uuids: [...into.uuids],
    words: [...into.words].slice(0, 300),
    numbers: [...into.numbers].slice(0, 200),
  };
}

const ROLE: Record<Exclude<Who, 'nobody'>, string | null> = {
  resident: null,
  officer: 'officer',
  admin: 'admin',
};

/** Sessions of a resident, an officer and an administrator of the demo town, renewed when inputs ended them. */
export function cookiesAt(visitor: () => Caller): Cookies {
  const known = new Map<Who, Promise<string>>();
  const signIn = async (role: string | null): Promise<string> => {
    // a hundred thousand inputs end many sessions: the limits of our one address hold for us, too, and then we wait
    let said = await visitor().say('listDemoPeople', {});
    for (; said.status === 429; said = await visitor().say('listDemoPeople', {}))
      await new Promise((soon) => setTimeout(soon, 1_000));
    const people = said.body as unknown as Array<{ person: string; role: string | null }>;
    // whoever deleted their account is not there any more: the next one of their kind is
    for (const { person } of people.filter((one) => one.role === role)) {
      const caller = visitor();
      const { status } = await caller.say('beSomeone', { body: { person } });
      if (status < 300 && caller.cookie) return caller.cookie;
    }
    return '';
  };
  return (who, again = false) => {
    if (who === 'nobody') return Promise.resolve('');
    const kept = again ? undefined : known.get(who);
    const cookie = kept ?? signIn(ROLE[who]);
    known.set(who, cookie);
    return cookie;
  };
}
