/** The real server as a process of its own, killed and stopped in the middle of its work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Answer, leave, neighbour, type Running, settle, start } from './process.ts';

/** it is killed in the middle, so it is looked at often */
const SOON = { interval: 5, timeout: 120_000 };

/** A report that everybody sees. */
async function firstReport(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/reports?state=all&age=all`);
  return ((await response.json()) as { items: Array<{ id: number }> }).items[0]!.id;
}
const supportsOf = async (url: string, report: number) =>
  ((await (await fetch(`${url}/api/v1/reports/${report}`)).json()) as { supports: number }).supports;

describe('A server in the middle of its work', () => {
  let dir: string;
  let server: Running;
  beforeAll(async () => {
    dir = await settle();
    server = await start(dir);
  });
  afterAll(() => leave(server, dir));

  it('that is killed starts again and has lost nothing that it acknowledged', async () => {
    const report = await firstReport(server.url);
    const before = await supportsOf(server.url, report);
    let acknowledged = 0;
    let asked = 0;
    const streams = Array.from({ length: 40 }, async (_, n) => {
      const ask = neighbour(server.url, n);
      try {
        for (;;) {
          asked += 1;
          const { status } = await ask('POST', `/api/v1/reports/${report}/support`);
          if (status === 200) acknowledged += 1;
        }
      } catch {
        // the server is gone
      }
    });
    await expect.poll(() => acknowledged, SOON).toBeGreaterThanOrEqual(300);
    server.child.kill('SIGKILL');
    await Promise.all(streams);
    expect(await server.gone).toBe('SIGKILL');

    server = await start(dir);
    const kept = (await supportsOf(server.url, report)) - before;
    expect(kept).toBeGreaterThanOrEqual(acknowledged);
    expect(kept).toBeLessThanOrEqual(asked);
  });

  it('that is asked to stop answers what is under way, pages too, and tells sockets to come again', async () => {
    const report = await firstReport(server.url);
    const before = await supportsOf(server.url, report);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live`, { origin: server.url });
    await new Promise((open) => socket.once('open', open));
    const closed = new Promise<number>((done) => socket.once('close', done));
    let supported = 0;
    let pages = 0;
    const odd: Answer[] = [];
    const streams = Array.from({ length: 20 }, async (_, n) => {
      const ask = neighbour(server.url, 100 + n);
      try {
        for (;;) {
          const page = n % 2 === 0;
          const answer = page
            ? await ask('GET', `/reports/${report}`, { cookie: 'folkmoot-draft=somebody' })
            : await ask('POST', `/api/v1/reports/${report}/support`);
          if (answer.status !== 200) odd.push(answer);
          else if (!page) supported += 1;
          else if (answer.text.includes('</html>')) pages += 1;
          else odd.push(answer);
        }
      } catch {
        // the door is shut
      }
    });
    await expect.poll(() => Math.min(supported, 2 * pages), SOON).toBeGreaterThanOrEqual(40);
    server.child.kill('SIGTERM');
    await Promise.all(streams);
    expect(await server.gone).toBe(0);
    expect(await closed).toBe(1012);
    // who came after the end was told to come again later, nothing else
    expect(odd.filter(({ status }) => status !== 503)).toEqual([]);

    server = await start(dir);
    // whatever was done was answered, too
    expect((await supportsOf(server.url, report)) - before).toBe(supported);
  });
});
