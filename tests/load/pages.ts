/**
 * Pages and the public API with a million reports, over real HTTP, by the server that `pnpm start` starts.
 *
 *   pnpm bench pages [seconds]        5 s a figure unless told
 *
 * Every figure stands beside its limit, measured in the same run: a bare Node server that answers as many bytes,
 * or, for a page that is made each time, an empty page of ours. Keep-alive, no pipelining, 64 connections from as
 * many addresses; the load generator is a thread of this process and shares the machine with the server.
 */
import { loadavg } from 'node:os';
import { benchTown } from './generate.ts';
import { hammer, type Hammered, type Hammering } from './hammer.ts';
import { bareServer } from './limit.ts';
import { startServer } from './server.ts';
import { grouped } from './town.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const REPORTS = Number(process.argv[3] ?? 1_000_000);
/** a draft's cookie: such a visitor's pages are made for them each time */
const DRAFT = { cookie: 'folkmoot-draft=bench' };

type Line = { what: string; aim: number | null; got: Hammered; limit: number; limitIs: string };
const lines: Line[] = [];
const cold = new Map<string, number>();

function show({ what, aim, got, limit, limitIs }: Line): void {
  const odd = Object.entries(got.statuses).filter(([status]) => status !== '200');
  console.log(
    [
      what.padEnd(46),
      `${grouped(got.perSecond).padStart(8)}/s`,
      `p50 ${got.p50.toFixed(1)} ms  p99 ${got.p99.toFixed(1)} ms`.padEnd(32),
      `load ${loadavg()[0]!.toFixed(1)}`.padEnd(9),
      `${Math.round((100 * got.perSecond) / limit)} % of ${grouped(limit)} (${limitIs})`,
      aim === null ? '' : `aim ${grouped(aim)} ${got.perSecond >= aim ? 'held' : 'MISSED'}`,
      odd.length ? `answers: ${JSON.stringify(got.statuses)}` : '',
    ].join('  '),
  );
}

async function main(): Promise<void> {
  const dir = await benchTown(REPORTS);
  const server = await startServer(dir);
  const { port, url } = server;
  const measure = (it: Omit<Hammering, 'port' | 'connections' | 'seconds'> & { connections?: number }) =>
    hammer({ port, connections: 64, seconds: SECONDS, ...it });
  /** a bare server that answers as many bytes as were just measured */
  const bare = async (like: Hammered): Promise<number> => {
    const bytes = Math.max(1, Math.round(like.bytesPerAnswer) - 300);
    const known = [...cold].find(([size]) => Math.abs(Number(size) - bytes) < bytes * 0.1);
    if (known) return known[1];
    const other = await bareServer(bytes);
    const got = await hammer({ port: other.port, connections: 64, seconds: 3, paths: ['/'] });
    await other.stop();
    cold.set(String(bytes), got.perSecond);
    return got.perSecond;
  };
  const note = (line: Line) => {
    lines.push(line);
    show(line);
  };

  try {
    // the first list waits until the map's arrays are read
    await fetch(`${url}/api/v1/reports`);
    console.log(
      `load of the machine before: ${loadavg()
        .map((n) => n.toFixed(1))
        .join(' ')}; ${SECONDS} s a figure`,
    );
    const spread = (count: number) =>
      Array.from({ length: count }, (_, n) => 1 + ((n * 7_919_987) % REPORTS)).filter((n) => n > 30);
    const isThere = async (path: string) => (await fetch(url + path)).status === 200;
    const reports: number[] = [];
    for (const id of spread(400)) {
      if (reports.length === 20) break;
      if (await isThere(`/api/v1/reports/${id}`)) reports.push(id);
    }
    const one = reports[0]!;
    const pages = [
      '/',
      '/reports',
      `/reports/${one}`,
      `/cy/reports/${one}`,
      '/reports?state=all&page=2',
      '/reports/list',
    ];

    console.log('\nFrom the micro-cache, any public page for a visitor without a session:');
    for (const path of pages) {
      if (!(await isThere(path))) continue;
      const got = await measure({ paths: [path] });
      note({ what: path, aim: 15_000, got, limit: await bare(got), limitIs: 'bare Node, same bytes' });
    }

    console.log('\nMade each time (a visitor with a draft):');
    const empty = await measure({ paths: ['/nothing-is-here'], headers: DRAFT, connections: 32 });
    note({ what: 'an empty page of ours', aim: null, got: empty, limit: empty.perSecond, limitIs: 'itself' });
    const many = spread(20_000).map((id) => `/reports/${id}`);
    for (const [what, paths] of [
      ['20,000 reports in turn', many],
      ['/', ['/']],
      ['/reports', ['/reports']],
    ] as const) {
      if (!(await isThere(paths[0]!))) continue;
      const got = await measure({ paths: [...paths], headers: DRAFT, connections: 32 });
      note({ what, aim: 300, got, limit: empty.perSecond, limitIs: 'an empty page; aim 25 %' });
    }

    console.log('\nThe public API:');
    const everywhere = spread(20_000).map((id) => `/api/v1/reports/${id}`);
    const lists = Array.from(
      { length: 400 },
      (_, n) => `/api/v1/reports?state=${['open', 'all', 'fixed'][n % 3]}&age=all&page=${1 + (n % 50)}`,
    );
    for (const [what, aim, paths] of [
      ['a JSON item, one that many read', 5_000, [`/api/v1/reports/${one}`]],
      ['a JSON item, 20,000 different ones in turn', null, everywhere],
      ['a list of 20, one that many read', 2_000, ['/api/v1/reports?state=open']],
      ['lists of 20, 400 that many read', null, lists],
    ] as const) {
      if (!(await isThere(paths[0]!))) continue;
      const got = await measure({ paths: [...paths] });
      note({ what, aim, got, limit: await bare(got), limitIs: 'bare Node, same bytes' });
    }
    console.log(
      `\nload of the machine after: ${loadavg()
        .map((n) => n.toFixed(1))
        .join(' ')}`,
    );
    const missed = lines.filter((line) => line.aim !== null && line.got.perSecond < line.aim);
    console.log(missed.length ? `Missed: ${missed.map((line) => line.what).join('; ')}` : 'Every aim held.');
  } finally {
    await server.stop();
  }
}

await main();
