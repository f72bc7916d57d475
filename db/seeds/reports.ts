/**
 * Two years of reports that read like real ones: more holes after frost, more litter in summer, mornings and
 * evenings, wards by their people; most dealt with, some late, some never. The same every time for one `now`.
 */
import { addWorkingDays } from '@folkmoot/core/places/days';
import { LOOK_OF } from '@folkmoot/core/reports/plain';
import type { Db } from '../client.ts';
import { events } from '../schema/live.ts';
import { follows } from '../schema/notifications.ts';
import {
  reportCounts,
  reportPhotos,
  reports,
  reportSupports,
  reportUpdates,
  reportVerdicts,
} from '../schema/reports.ts';
import { seedCategoryList, type SeedCategory } from './categories.ts';
import type { Bodies } from './organisations.ts';
import type { Neighbour } from './people.ts';
import { dice, type Dice, weighted } from './dice.ts';
import type { SeededPhoto } from './photos.ts';
import type { SeededAreas } from './places.ts';
import { inSeason, momentOf, storyOf } from './stories.ts';
import { COMMENTS, REPLIES, TALES } from './tales.ts';
import { pointOnStreet, type Street, type Town } from './town/index.ts';

export type ReportSeed = {
  town: Town;
  areas: SeededAreas;
  bodies: Bodies;
  categories: Map<string, string>;
  people: Neighbour[];
  photos: SeededPhoto[];
  holidays: ReadonlySet<string>;
  count: number;
  now: Date;
};

const DAY = 86_400_000;
const HOUR = 3_600_000;

type Row = typeof reports.$inferInsert & { id: number };
type Update = typeof reportUpdates.$inferInsert;
type Made = {
  report: Row;
  updates: Update[];
  supports: Array<typeof reportSupports.$inferInsert>;
  verdicts: Array<typeof reportVerdicts.$inferInsert>;
  photos: Array<typeof reportPhotos.$inferInsert>;
};

class Anybridge {
  readonly #seed: ReportSeed;
  readonly #d: Dice;
  readonly #streets: Map<string, Street[]>;
  readonly #open = seedCategoryList.filter((category) => category.weight > 0);
  readonly #residents: Neighbour[];
  #updateId = 0;

  constructor(seed: ReportSeed) {
    this.#seed = seed;
    this.#d = dice(20251016);
    this.#residents = seed.people.filter((one) => one.role === null);
    this.#streets = new Map(
      seed.town.wards.map((ward) => [
        ward.code,
        seed.town.streets.filter((street) => street.wards[0] === ward.code && street.length > 80),
      ]),
    );
  }

  #place() {
    const { town } = this.#seed;
    const ward = weighted(this.#d, town.wards, (one) => one.population * (one.code === 'AB02' ? 1.6 : 1));
    const street = weighted(this.#d, this.#streets.get(ward.code)!, (one) =>
      one.class === 'main' ? 3 : one.class === 'path' ? 0.4 : 1,
    );
    const [lon, lat] = pointOnStreet(street, this.#d.share());
    const far = (place: { lon: number; lat: number }) =>
      Math.hypot((place.lon - lon) * 0.62, place.lat - lat);
    const near = town.places.reduce((best, place) => (far(place) < far(best) ? place : best));
    return {
      ward,
      street,
      lon: lon + (this.#d.share() - 0.5) * 0.0001,
      lat: lat + (this.#d.share() - 0.5) * 0.00006,
      // half a kilometre is "by the library", more is not
      near: far(near) < 0.0045 ? near : null,
    };
  }

  #words(category: SeedCategory, lang: 'en' | 'cy', street: string, near: { en: string; cy: string } | null) {
    const [title, detail] = this.#d.pick(TALES[category.code]![lang]);
    const place = near?.[lang] ?? street;
    const fill = (text: string) =>
      text.replaceAll('{street}', street).replaceAll('{near}', place.replace(/^The /, 'the '));
    return { title: fill(title).slice(0, 120), detail: fill(detail) };
  }

  #answers(category: SeedCategory): Record<string, string | string[]> {
    const answers: Record<string, string | string[]> = {};
    for (const { code, kind, options = [] } of category.questions ?? []) {
      const good = options.filter((option) => !option.stopper);
      if (kind === 'one_of' && good.length) answers[code] = this.#d.pick(good).code;
      if (kind === 'several_of' && good.length) answers[code] = [this.#d.pick(good).code];
    }
    return answers;
  }

  #officer(category: SeedCategory): Neighbour | null {
    const there = this.#seed.people.filter((one) => one.role === 'officer' && one.body === category.body);
    return there.length ? this.#d.pick(there) : null;
  }

  #update(
    report: Row,
    at: Date,
    it: Omit<Update, 'reportId' | 'at' | 'lang'> & { lang?: 'en' | 'cy' },
  ): Update {
    this.#updateId += 1;
    return { id: this.#updateId, reportId: report.id, at, lang: report.lang, ...it };
  }

  /** The states one after another, with what the officer said of each. */
  #deal({ report, updates }: Made, category: SeedCategory, reporter: Neighbour): void {
    const d = this.#d;
    const told = report.confirmedAt!.getTime();
    const officer = this.#officer(category);
    for (const { state, days } of storyOf(
      d,
      (this.#seed.now.getTime() - told) / DAY,
      category.expectedDays,
    )) {
      const at = new Date(told + days * DAY);
      const byResident = state === 'fixed_by_resident';
      const text = byResident ? null : d.pick(REPLIES[state]![report.lang]);
      const who = byResident
        ? { personId: reporter.id, kind: 'verdict' as const }
        : { personId: officer?.id ?? null, organisationId: report.organisationId, kind: 'state' as const };
      updates.push(
        this.#update(report, at, {
          ...who,
          stateFrom: report.state,
          stateTo: state,
          text,
          showName: !byResident,
        }),
      );
      Object.assign(report, { state, stateAt: at, updatedAt: at, assignedTo: officer?.id ?? null });
      if (LOOK_OF[state] === 'done') report.fixedAt = at;
    }
  }

  /** What neighbours added, and whether those who told us say that it is really fixed. */
  #answer({ report, updates, verdicts }: Made, reporter: Neighbour): void {
    const d = this.#d;
    const now = this.#seed.now.getTime();
    const told = report.confirmedAt!.getTime();
    for (let n = d.chance(0.25) ? d.int(1, 2) : 0; n > 0; n--) {
      const at = new Date(told + d.share() * Math.min(now - told, 20 * DAY));
      const words = { text: d.pick(COMMENTS[report.lang]), showName: d.chance(0.3) };
      updates.push(
        this.#update(report, at, { personId: d.pick(this.#residents).id, kind: 'comment', ...words }),
      );
      if (at > report.updatedAt!) report.updatedAt = at;
    }
    if (!report.fixedAt || !d.chance(0.45)) return;
    const at = new Date(Math.min(now - HOUR, report.fixedAt.getTime() + d.share() * 9 * DAY));
    const said = { fixed: d.chance(0.82), served: d.chance(0.8), lang: report.lang, at };
    verdicts.push({ reportId: report.id, personId: reporter.id, ...said });
  }

  #tell(made: Made, category: SeedCategory, reporter: Neighbour): void {
    const { report, updates } = made;
    const said = {
      personId: reporter.id,
      kind: 'state' as const,
      stateTo: 'new' as const,
      showName: report.showName,
    };
    updates.push(this.#update(report, report.confirmedAt!, said));
    this.#deal(made, category, reporter);
    if (!report.private) this.#answer(made, reporter);
  }

  #support({ report, supports }: Made): void {
    if (report.private) return;
    const d = this.#d;
    const many = d.chance(0.08) ? d.int(12, 40) : d.chance(0.55) ? d.int(1, 7) : 0;
    const span = this.#seed.now.getTime() - report.confirmedAt!.getTime();
    for (let n = 0; n < many; n++) {
      supports.push({
        reportId: report.id,
        visitor: `seed ${report.id} ${n}`,
        at: new Date(report.confirmedAt!.getTime() + d.share() * Math.min(span, 14 * DAY)),
      });
    }
  }

  #photo({ report, photos }: Made, category: SeedCategory): void {
    const fitting = this.#seed.photos.filter((photo) =>
      photo.kinds.some((kind) => category.photos.includes(kind)),
    );
    if (report.private || fitting.length === 0 || !this.#d.chance(0.55)) return;
    const photo = this.#d.pick(fitting);
    photos.push({
      reportId: report.id,
      hash: photo.hash,
      alt: photo.alt,
      sort: 0,
      createdAt: report.createdAt,
    });
  }

  make(id: number): Made {
    const { now, count, categories, bodies, areas, holidays } = this.#seed;
    const d = this.#d;
    const at = momentOf(d, now, id - 1, count);
    const category = weighted(d, this.#open, (one) => one.weight * inSeason(one, at.getUTCMonth()));
    const { ward, street, lon, lat, near } = this.#place();
    const reporter = d.pick(this.#residents);
    const lang = reporter.lang === 'cy' && d.chance(0.75) ? 'cy' : 'en';
    const { title, detail } = this.#words(category, lang, street.name, near?.name ?? null);
    const expectedOn = category.expectedDays
      ? addWorkingDays(at.toISOString().slice(0, 10), category.expectedDays, holidays)
      : null;
    const report: Row = {
      id,
      personId: reporter.id,
      channel: d.chance(0.1) ? d.pick(['phone', 'counter'] as const) : 'web',
      categoryId: categories.get(category.code)!,
      organisationId: bodies[category.body],
      wardId: areas.wards.get(ward.code) ?? null,
      title,
      detail,
      lang,
      answers: this.#answers(category),
      lon: Number(lon.toFixed(6)),
      lat: Number(lat.toFixed(6)),
      place: street.name,
      state: 'new',
      stateAt: at,
      private: category.private ?? false,
      showName: d.chance(0.2),
      expectedOn,
      createdAt: at,
      confirmedAt: at,
      updatedAt: at,
    };
    const made: Made = { report, updates: [], supports: [], verdicts: [], photos: [] };
    this.#tell(made, category, reporter);
    this.#support(made);
    this.#photo(made, category);
    return made;
  }
}

const BATCH = 500;
async function inBatches<T>(rows: T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) await write(rows.slice(at, at + BATCH));
}

/** What happened in the last month, as events: the town's "just now" reads them. */
function eventsOf(all: Made[], now: Date): Array<typeof events.$inferInsert> {
  const since = now.getTime() - 30 * DAY;
  const found = all
    .filter(({ report }) => !report.private)
    .flatMap(({ report, updates }) =>
      updates
        .filter((update) => update.at!.getTime() > since)
        .map((update) => ({
          topic: `report:${report.id}`,
          type: update.stateFrom
            ? 'report.state_changed'
            : update.kind === 'state'
              ? 'report.confirmed'
              : 'report.commented',
          audience: 'public' as const,
          organisationId: report.organisationId,
          at: update.at!,
          data: {
            report: report.id,
            ward: report.wardId,
            ...(update.stateFrom ? { from: update.stateFrom, to: update.stateTo } : { update: update.id }),
          },
        })),
    );
  return found.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Writes the reports, numbered from 1 on, oldest first. */
export async function seedReports(db: Db, seed: ReportSeed): Promise<void> {
  const town = new Anybridge(seed);
  const all = Array.from({ length: seed.count }, (_, at) => town.make(at + 1));
  await inBatches(
    all.map((made) => made.report),
    (some) => db.insert(reports).values(some),
  );
  await inBatches(
    all.flatMap((made) => made.updates),
    (some) => db.insert(reportUpdates).values(some),
  );
  await inBatches(
    all.flatMap((made) => made.supports),
    (some) => db.insert(reportSupports).values(some),
  );
  await inBatches(
    all.flatMap((made) => made.verdicts),
    (some) => db.insert(reportVerdicts).values(some),
  );
  await inBatches(
    all.flatMap((made) => made.photos),
    (some) => db.insert(reportPhotos).values(some),
  );
  await inBatches(
    all.map(({ report, supports, verdicts }) => ({
      reportId: report.id,
      supports: supports.length,
      saidFixed: verdicts.filter((one) => one.fixed).length,
      saidNotFixed: verdicts.filter((one) => !one.fixed).length,
    })),
    (some) => db.insert(reportCounts).values(some),
  );
  await inBatches(
    all.map(({ report }) => ({
      personId: report.personId!,
      topic: `report:${report.id}`,
      createdAt: report.createdAt!,
    })),
    (some) => db.insert(follows).values(some).onConflictDoNothing(),
  );
  await inBatches(eventsOf(all, seed.now), (some) => db.insert(events).values(some));
  // numbers given out by hand: the next one comes behind them
  await db.$client.query(
    `select setval(pg_get_serial_sequence('reports', 'id'), (select max(id) from reports)), setval(pg_get_serial_sequence('report_updates', 'id'), (select max(id) from report_updates))`,
  );
}
