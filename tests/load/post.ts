/**
 * A crowd in a thread of its own: keep-alive connections from many loopback addresses that each send their next POST
 * when the last was answered. Bodies are made by number, so that every request is somebody else.
 */
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { count, firstAnswer, type Times, timesOf } from './answers.ts';
import { thread } from './thread.ts';

export type Crowd = {
  port: number;
  path: string;
  connections: number;
  /** requests in all, or as many as fit into `seconds` */
  most: number;
  seconds: number;
  /** what is sent, with `{n}` where the number stands; in `path`, too */
  body: string;
  /** a form of a page instead of JSON, from our own origin */
  form?: boolean;
};
export type CrowdDid = Times & { answered: number; perSecond: number; statuses: Record<string, number> };

function run(it: Crowd): Promise<CrowdDid> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const until = began + it.seconds * 1_000;
  let next = 0;
  let open = it.connections;
  const ours = `host: 127.0.0.1:${it.port}\r\n`;
  const head = it.form
    ? `${ours}origin: http://127.0.0.1:${it.port}\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n`
    : `${ours}content-type: application/json\r\n`;
  return new Promise((done) => {
    const end = (socket: Socket) => {
      socket.destroy();
      open -= 1;
      if (open > 0) return;
      const seconds = (performance.now() - began) / 1_000;
      done({ ...timesOf(times), answered: times.length, perSecond: times.length / seconds, statuses });
    };
    for (let index = 0; index < it.connections; index++) {
      const localAddress = `127.0.${1 + (index >> 7)}.${1 + (index & 127)}`;
      const socket = connect({ port: it.port, host: '127.0.0.1', localAddress });
      socket.setNoDelay(true);
      let sent = 0;
      let data: Buffer = Buffer.alloc(0);
      const send = () => {
        if (next >= it.most || performance.now() >= until) return end(socket);
        const number = String(next++);
        const body = it.body.replaceAll('{n}', number);
        const path = it.path.replaceAll('{n}', number);
        sent = performance.now();
        socket.write(
          `POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.on('connect', send);
      socket.on('data', (chunk: Buffer) => {
        data = data.length ? Buffer.concat([data, chunk]) : chunk;
        const answer = firstAnswer(data);
        if (!answer) return;
        data = data.subarray(answer.end);
        times.push(performance.now() - sent);
        count(statuses, answer.status);
        send();
      });
      socket.on('error', () => {
        count(statuses, 'broken');
        end(socket);
      });
    }
  });
}

/** Sends until `most` were answered or the seconds are over. */
export const crowd = async (it: Crowd): Promise<CrowdDid> =>
  (await thread<CrowdDid>(import.meta.url, it)).word;

if (!isMainThread && parentPort) parentPort.postMessage(await run(workerData as Crowd));
