/** Filling the arrays from the database at the start, and keeping them current from what happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportState } from '@folkmoot/core/reports/plain';
import type { House } from '../../kit/house.ts';
import type { EventRow } from '../../live/hub.ts';
import { ReportArrays } from './arrays.ts';
import { Rows } from './rows.ts';

const BATCH = 20_000;
const LOOK_EVERY_MS = 60_000;
const RETRY_MS = 2_000;

/** Only what everybody may see: not private, not hidden, confirmed by its maker. */
const FACTS = `select r.id, r.lon, r.lat, r.state, r.category_id::text, r.ward_id::text,
    extract(epoch from r.created_at)::bigint, extract(epoch from r.updated_at)::bigint, coalesce(n.supports, 0)
  from reports r
  left join report_counts n on n.report_id = r.id
  where not r.private and r.hidden_at is null and r.confirmed_at is not null and r.state <> 'unconfirmed'`;

type Cells = [number, number, number, ReportState, string, string | null, number, number, number];
const factOf = (
  [id, lon, lat, state, category, ward, created, updated, supports]: Cells,
  groups: ReadonlyMap<string, string>,
) => ({
  id,
  lon,
  lat,
  state,
  group: groups.get(category) ?? '',
  ward,
  created,
  updated,
  supports,
});

const reportOf = ({ topic }: EventRow): number =>
  topic.startsWith('report:') ? Number(topic.slice(7)) : NaN;

/** The arrays of this process, and the reading that keeps them current. */
export class Keeping {
  readonly arrays = new ReportArrays();
  readonly #house: House;
  readonly #changed = new Set<number>();
  readonly #watchers: Array<(ids: readonly number[]) => void> = [];
  #loading: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(house: House) {
    this.#house = house;
    house.hub.watch((events) => this.#hear(events));
  }

  /** Told which reports changed, after the arrays know. */
  onChange(watcher: (ids: readonly number[]) => void): void {
    this.#watchers.push(watcher);
  }

  #seconds(): number {
    return Math.floor(this.#house.clock().getTime() / 1000);
  }

  /**
   * Begins to read every report. Call it when the hub has started, so that what happens meanwhile is not lost. The
   * server answers other things before it is done (a million take some seconds); questions about reports wait.
   */
  start(): void {
    this.#loading = this.#load();
  }

  /** The group of each category: few rows, so they are not joined a million times. */
  async #groups(): Promise<Map<string, string>> {
    const { rows } = await this.#house.db.$client.query<{ id: string; group: string }>(
      'select id::text, "group" from report_categories',
    );
    return new Map(rows.map(({ id, group }) => [id, group]));
  }

  async #load(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#readAll();
        return;
      } catch (error) {
        this.#house.log.error({ err: error }, 'report marks');
        await sleep(RETRY_MS);
      }
    }
  }

  /** Reads every report by keyset. */
  async #readAll(): Promise<void> {
    const began = performance.now();
    const groups = await this.#groups();
    const rows = new Rows();
    let last = -1;
    for (;;) {
      const batch = await this.#house.db.$client.query<Cells>({
        text: `${FACTS} and r.id > $1 order by r.id limit ${BATCH}`,
        values: [last],
        rowMode: 'array',
      });
      for (const cells of batch.rows) this.arrays.gather(rows, factOf(cells, groups));
      if (batch.rows.length < BATCH) break;
      last = batch.rows.at(-1)![0];
    }
    this.arrays.build(rows, this.#seconds());
    await this.#readChanged();
    this.#house.log.info(
      { reports: rows.length, ms: Math.round(performance.now() - began) },
      'report marks are ready',
    );
    this.#timer = setInterval(() => {
      if (this.arrays.isTired(this.#seconds())) this.arrays.rebuild(this.#seconds());
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#loading;
    await this.#reading;
  }

  #hear(events: EventRow[]): void {
    for (const event of events) {
      const id = reportOf(event);
      if (Number.isSafeInteger(id)) this.#changed.add(id);
      const { regrouped } = event.data;
      if (event.type === 'places.changed' && typeof regrouped === 'string') void this.#regroup(regrouped);
    }
    void this.settled();
  }

  /** A kind of report went to another group: its reports are found under that from now on. */
  async #regroup(category: string): Promise<void> {
    try {
      const { rows } = await this.#house.db.$client.query<{ id: string }>(
        'select id from reports where category_id = $1',
        [category],
      );
      for (const { id } of rows) this.#changed.add(Number(id));
      await this.settled();
    } catch (error) {
      this.#house.log.error({ err: error }, 'report marks');
    }
  }

  /** Resolves when everything heard of so far is in the arrays. */
  async settled(): Promise<void> {
    await this.#loading;
    if (this.#changed.size === 0 && !this.#reading) return;
    this.#reading ??= this.#readChanged().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #readChanged(): Promise<void> {
    while (this.#changed.size > 0) {
      const ids = [...this.#changed].slice(0, BATCH);
      for (const id of ids) this.#changed.delete(id);
      try {
        const { rows } = await this.#house.db.$client.query<Cells>({
          text: `${FACTS} and r.id = any($1)`,
          values: [ids],
          rowMode: 'array',
        });
        const groups = rows.length ? await this.#groups() : new Map<string, string>();
        const facts = new Map(rows.map((cells) => [cells[0], factOf(cells, groups)]));
        for (const id of ids) this.arrays.put(id, facts.get(id) ?? null);
        for (const watcher of this.#watchers) watcher(ids);
      } catch (error) {
        // the database was away: these are read again with the next event or the next question
        this.#house.log.error({ err: error }, 'report marks');
        for (const id of ids) this.#changed.add(id);
        return;
      }
    }
  }
}
