/** What the front page of the town, and of each ward, says of petitions. */
import { discloseCount } from '@folkmoot/core/kit/disclose';
import type { StepKind } from '@folkmoot/core/petitions/plain';
import type { Queryable } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { type Listed, listsOf } from './lists.ts';

const MOST = 3;
/** rows of this morning's figures that are looked at: the small ones are held back anyway */
const LOOKED_AT = 50;
const MOMENT_MS = 1_000;
const COUNTED_MS = 15_000;

type Answer = {
  kind: StepKind;
  summary: string;
  lang: 'en' | 'cy';
  by: string;
  at: string;
  petition: { id: number; title: string; lang: 'en' | 'cy' };
};

/** What the council answered last: in writing, or by debating it. */
async function lastAnswers(db: Queryable, ward: string | null): Promise<Answer[]> {
  const { rows } = await db.execute<
    Answer & { id: number; title: string; written: 'en' | 'cy'; told: Date }
  >(sql`
    select s.kind, s.summary, s.lang, s.by_name as by, s.at as told, p.id, p.title, p.lang as written
    from petition_steps s join petitions p on p.id = s.petition_id
    where s.kind in ('response', 'debated') and p.opened_at is not null and p.hidden_at is null
      and p.removed_at is null
      and (${ward}::uuid is null or p.ward_ids = '{}' or ${ward}::uuid = any(p.ward_ids))
    order by s.at desc, s.id limit ${MOST}`);
  return rows.map(({ kind, summary, lang, by, told, id, title, written }) => ({
    kind,
    summary,
    lang,
    by,
    at: new Date(told).toISOString(),
    petition: { id: Number(id), title, lang: written },
  }));
}

/** What most people of a ward have signed, from this morning's figures; a number that could point at somebody stays away. */
async function signedHere(db: Queryable, ward: string): Promise<Map<number, number>> {
  const { rows } = await db.execute<{ id: number; count: number }>(sql`
    select w.petition_id as id, w.count from petition_wards w join petitions p on p.id = w.petition_id
    where w.ward_id = ${ward}::uuid and p.state = 'open' and p.hidden_at is null
    order by w.count desc, w.petition_id limit ${LOOKED_AT}`);
  const shown = rows.flatMap(({ id, count }): Array<[number, number]> => {
    const here = discloseCount(count);
    return here === 'c' || here === 0 ? [] : [[Number(id), here]];
  });
  // what is rounded alike stands in the order of the numbers, or the order would tell what rounding hides
  return new Map(shown.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST));
}

export function petitionsNow(house: Pick<House, 'db' | 'clock'>) {
  const { db } = house;
  const lists = listsOf(house);
  const moment = sharedFor<Listed[]>(MOMENT_MS);
  const answers = sharedFor<Answer[]>(COUNTED_MS);
  const here = sharedFor<Map<number, number>>(COUNTED_MS);

  async function readHere(ward: string): Promise<Array<Listed & { here: number }>> {
    const shown = await here(ward, () => signedHere(db, ward));
    const listed = await lists.these([...shown.keys()]);
    return listed.map((one) => ({ ...one, here: shown.get(one.id) ?? 0 }));
  }

  return {
    /** @param ward null for the whole place */
    async read(ward: string | null) {
      const key = ward ?? '';
      const asked = { facet: 'nearly', ward: ward ?? undefined, page: 1 } as const;
      const [counts, signedLately, nearly, answered, signed] = await Promise.all([
        lists.counts(asked),
        lists.signedLately(),
        moment(key, async () => (await lists.read(asked, MOST)).items),
        answers(key, () => lastAnswers(db, ward)),
        ward ? readHere(ward) : [],
      ]);
      return { open: counts.open, signedLately, nearly, answers: answered, here: signed };
    },
  };
}
