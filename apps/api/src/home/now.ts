/** Puts "right now" together: what is counted is shared for a quarter of a minute, what just happened for a second. */
import type { z } from 'zod';
import type { homeContracts } from '@folkmoot/core/home/contract';
import type { Happening } from '@folkmoot/core/home/plain';
import { closeToYou, happeningOf, newsOf } from '@folkmoot/core/home/rules';
import { LOOK_OF } from '@folkmoot/core/reports/plain';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { petitionsNow } from '../petitions/index.ts';
import { readBriefs } from '../reports/index.ts';
import { readSnapshot } from './snapshot.ts';
import {
  countPeople,
  countTold,
  daysBefore,
  type NewsRow,
  newestEvent,
  openByWard,
  type OpenRow,
  outcomes,
  recentEvents,
  recentReports,
  verdictsSince,
} from './store.ts';

type Now = z.input<(typeof homeContracts)['readTown']['answer']>;
type Figures = Pick<Now, 'wait' | 'putRight' | 'fixed' | 'told'>;

/** fewer repairs than this have no usual wait */
const LEAST_REPAIRS = 5;
/** fewer answers than this are no share */
const LEAST_ANSWERS = 30;
/** as high as the four reports beside it */
const MOST_NEWS = 6;
const COUNTED_MS = 15_000;

async function readFigures({ db, clock }: House, ward: string | null): Promise<Figures> {
  const now = clock();
  const since = daysBefore(now, 30);
  const lately = await outcomes(db, since, now, ward);
  const before = await outcomes(db, daysBefore(now, 395), daysBefore(now, 365), ward);
  const verdicts = await verdictsSince(db, daysBefore(now, 365), ward);
  const inDays = ({ days, fixed }: typeof lately) =>
    days === null || fixed < LEAST_REPAIRS ? null : Math.max(1, Math.round(days));
  return {
    wait: { days: inDays(lately), yearAgo: inDays(before) },
    putRight: verdicts.asked < LEAST_ANSWERS ? null : verdicts,
    fixed: lately.fixed,
    told: await countTold(db, since, ward),
  };
}

export function openIn(rows: readonly OpenRow[], ward: string | null): Now['open'] {
  const open = { all: 0, mending: 0, dated: 0, checking: 0, fresh: 0, overdue: 0 };
  for (const row of rows) {
    if (ward !== null && row.ward !== ward) continue;
    const look = LOOK_OF[row.state];
    open.all += row.reports;
    open.overdue += row.overdue;
    if (look === 'fix') open.mending += row.places;
    else if (look === 'dated') open.dated += row.reports;
    else if (look === 'check') open.checking += row.reports;
    else open.fresh += row.reports;
  }
  return open;
}

async function readNews({ db, clock }: House, ward: string | null): Promise<Now['news']> {
  const told = (await recentEvents(db, daysBefore(clock(), 7), ward)).flatMap((event) => {
    const kind: Happening | null = happeningOf(event);
    return kind ? [{ ...event, kind }] : [];
  });
  const titled = (id: number | null, { title, lang }: Pick<NewsRow, 'title' | 'lang'>) =>
    id === null ? null : { id, title, lang };
  return newsOf(told, MOST_NEWS).map(({ id, at, kind, data, ...row }) => ({
    id,
    at: at.toISOString(),
    kind,
    report: titled(row.report, row),
    petition: titled(row.petition, row),
    supports: kind === 'supported' && typeof data['supports'] === 'number' ? data['supports'] : null,
  }));
}

/** @returns `read(ward)`: the front page of a ward, or of the town where it is null */
export function nowOf(house: House) {
  const petitions = petitionsNow(house);
  const { db, clock } = house;
  const people = sharedFor<number>(COUNTED_MS);
  const open = sharedFor<OpenRow[]>(COUNTED_MS);
  const figures = sharedFor<Figures>(COUNTED_MS);
  const snapshot = sharedFor<Awaited<ReturnType<typeof readSnapshot>>>(COUNTED_MS);
  const moment = sharedFor<Pick<Now, 'close' | 'news' | 'seq'>>(1_000);

  async function readMoment(ward: string | null) {
    // before the rest, so that nothing falls between the page and its live line
    const seq = await newestEvent(db);
    const news = await readNews(house, ward);
    const close = closeToYou(await recentReports(db, ward));
    return { seq, news, close: await readBriefs(db, close, clock()) };
  }

  const readOpen = () => open('', () => openByWard(db, clock().toISOString().slice(0, 10)));
  return {
    open: readOpen,
    snapshot: () => snapshot('', () => readSnapshot(house)),
    async read(ward: string | null): Promise<Now> {
      const key = ward ?? '';
      const [took, rows, counted, morning, just, asked] = await Promise.all([
        people('', () => countPeople(db, daysBefore(clock(), 30))),
        readOpen(),
        figures(key, () => readFigures(house, ward)),
        snapshot('', () => readSnapshot(house)),
        moment(key, () => readMoment(ward)),
        petitions.read(ward),
      ]);
      const here = ward ? (morning?.wards.find((one) => one.ward === ward)?.tookPart ?? null) : null;
      return {
        tookPart: { people: took, here, asOf: morning?.asOf ?? null },
        ...counted,
        open: openIn(rows, ward),
        ...just,
        petitions: asked,
      };
    },
  };
}
