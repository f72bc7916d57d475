/** Filling the arrays from the database at the start, and keeping them current from what happens. */
import type { ReportState } from '@folkmoot/core/reports/plain';
import type { House } from '../../kit/house.ts';
import type { EventRow } from '../../live/hub.ts';
import { ReportArrays } from './arrays.ts';
import { Rows } from './rows.ts';

const BATCH = 20_000;
const LOOK_EVERY_MS = 60_000;

/** Only what everybody may see: not private, not hidden, confirmed by its maker. */
const FACTS = `select r.id, r.lon, r.lat, r.state, c."group", r.ward_id::text,
    extract(epoch from r.created_at)::bigint, extract(epoch from r.updated_at)::bigint, coalesce(n.supports, 0)
  from reports r
  join report_categories c on c.id = r.category_id
  left join report_counts n on n.report_id = r.id
  where not r.private and r.hidden_at is null and r.confirmed_at is not null and r.state <> 'unconfirmed'`;

type Cells = [number, number, number, ReportState, string, string | null, number, number, number];
const factOf = ([id, lon, lat, state, group, ward, created, updated, supports]: Cells) => ({
  id,
  lon,
  lat,
  state,
  group,
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
  #reading: Promise<void> | null = null;
  #loaded = false;
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

  /** Reads every report by keyset. Call it when the hub has started, so that what happens meanwhile is not lost. */
  async load(): Promise<{ reports: number; ms: number }> {
    const began = performance.now();
    const rows = new Rows();
    let last = -1;
    for (;;) {
      const batch = await this.#house.db.$client.query<Cells>({
        text: `${FACTS} and r.id > $1 order by r.id limit ${BATCH}`,
        values: [last],
        rowMode: 'array',
      });
      for (const cells of batch.rows) this.arrays.gather(rows, factOf(cells));
      if (batch.rows.length < BATCH) break;
      last = batch.rows.at(-1)![0];
    }
    this.arrays.build(rows, this.#seconds());
    this.#loaded = true;
    await this.settled();
    this.#timer = setInterval(() => {
      if (this.arrays.isTired(this.#seconds())) this.arrays.rebuild(this.#seconds());
    }, LOOK_EVERY_MS);
    this.#timer.unref();
    return { reports: rows.length, ms: performance.now() - began };
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
  }

  #hear(events: EventRow[]): void {
    for (const event of events) {
      const id = reportOf(event);
      if (Number.isSafeInteger(id)) this.#changed.add(id);
    }
    void this.settled();
  }

  /** Resolves when everything heard of so far is in the arrays. */
  async settled(): Promise<void> {
    if (!this.#loaded || (this.#changed.size === 0 && !this.#reading)) return;
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
        const facts = new Map(rows.map((cells) => [cells[0], factOf(cells)]));
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
