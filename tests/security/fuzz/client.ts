/**
 * Sends inputs as bytes over raw connections, since no client library would send most of them, and judges the
 * answers: no 5xx, nothing of our inside told, a code that a page has words for, and never silence.
 */
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { inputsOf, type Input, type Who } from './inputs.ts';
import type { Known } from './values.ts';

export type Answer = { status: number; text: string; ms: number };
/** The cookies of somebody; `again` where the last ones are no good any more: inputs sign people out, too. */
export type Cookies = (who: Who, again?: boolean) => Promise<string>;

const PATIENCE_MS = 20_000;
const END = '\r\n\r\n';

/** One whole answer in `data`: [status, body, length], or null while it is not whole. */
function wholeAnswer(data: string): [number, string, number] | null {
  const head = data.indexOf(END);
  if (head < 0) return null;
  const top = data.slice(0, head).toLowerCase();
  const status = Number(top.slice(9, 12));
  if (status === 100) {
    const rest = wholeAnswer(data.slice(head + 4));
    return rest && [rest[0], rest[1], rest[2] + head + 4];
  }
  if (status === 204 || status === 304 || status === 101) return [status, '', head + 4];
  const length = /content-length: (\d+)/.exec(top);
  if (length) {
    const end = head + 4 + Number(length[1]);
    return data.length >= end ? [status, data.slice(head + 4, end), end] : null;
  }
  const last = data.indexOf(`0${END}`, head);
  return last < 0 ? null : [status, data.slice(head + 4, last), last + 5];
}

/** One lane: a connection that stays open while it may, each from the next of 250 addresses of its own. */
export function lane(port: number, index: number) {
  let socket: Socket | null = null;
  let opened = 0;
  const open = (): Socket => {
    const localAddress = `127.${20 + (index >> 8)}.${index & 255}.${1 + (opened++ % 250)}`;
    const fresh = connect({ port, host: '127.0.0.1', localAddress });
    fresh.setNoDelay(true);
    fresh.on('error', () => undefined);
    return fresh;
  };
  const once = (raw: Buffer, on: Socket): Promise<Answer> =>
    new Promise((done, failed) => {
      const began = performance.now();
      let data = '';
      const finish = (status: number, text: string) => {
        clearTimeout(timer);
        on.off('data', hear).off('close', closed);
        done({ status, text, ms: performance.now() - began });
      };
      const hear = (chunk: Buffer) => {
        data += chunk.toString('latin1');
        const whole = wholeAnswer(data);
        if (whole) finish(whole[0], whole[1]);
      };
      const closed = () => finish(Number(data.slice(9, 12)) || 0, '');
      const timer = setTimeout(() => failed(new Error(`no answer in ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS);
      on.on('data', hear).once('close', closed);
      on.write(raw);
    });
  const fresh = async (raw: Buffer): Promise<Answer> => {
    const own = open();
    try {
      return await once(raw, own);
    } finally {
      own.destroy();
    }
  };
  return {
    async send(input: Input, cookie: string): Promise<Answer> {
      const raw = wire(input, port, cookie);
      if (input.alone) return fresh(raw);
      if (!socket || socket.destroyed || !socket.writable) socket = open();
      const answer = await once(raw, socket);
      // closed between two requests, as servers may: it was not heard, so it is said again
      if (answer.status === 0) return fresh(raw);
      if (answer.status >= 400) {
        // what was refused early may end its connection
        socket.destroy();
        socket = null;
      }
      return answer;
    },
    close: () => socket?.destroy(),
  };
}

const inChunks = (body: string): string =>
  `${body ? `${body.length.toString(16)}\r\n${body}\r\n` : ''}0${END}`;

/** The bytes of a request. */
function wire({ method, target, headers, body, alone }: Input, port: number, cookie: string): Buffer {
  const own = new Set(headers.map(([name]) => name));
  const page = !target.startsWith('/api/');
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(own.has('host') ? [] : [`host: 127.0.0.1:${port}`]),
    ...(own.has('cookie') || !cookie ? [] : [`cookie: ${cookie}`]),
    ...(own.has('origin') || own.has('sec-fetch-site')
      ? []
      : [page ? `origin: http://127.0.0.1:${port}` : 'sec-fetch-site: same-origin']),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(alone && !own.has('connection') ? ['connection: close'] : []),
    ...(body === null || own.has('transfer-encoding') ? [] : [`content-length: ${body.length}`]),
  ];
  const sent = own.has('transfer-encoding') ? inChunks(body ?? '') : (body ?? '');
  return Buffer.from(`${lines.join('\r\n')}${END}${sent}`, 'latin1');
}

/** @returns what is wrong with an answer, or null */
export function wrongWith({ target, alone }: Input, { status, text }: Answer): string | null {
  if (status >= 500) return `${status} ${text.slice(0, 300)}`;
  if (/node_modules|\.ts:\d+|\bat \/|syntax error at|relation "/.test(text))
    return `tells of our inside: ${text.slice(0, 300)}`;
  if (alone) return null;
  if (status === 0) return 'the connection was closed without an answer';
  if (status < 400 || !target.startsWith('/api/v1/')) return null;
  const code = /^\{"code":"[a-z0-9_]+"/.test(text);
  return code || status === 431 ? null : `a refusal without a code: ${status} ${text.slice(0, 200)}`;
}

const BUSY_TRIES = 5;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

export type Fuzzing = {
  /** what is sent; every endpoint there is unless told */
  all?: fc.Arbitrary<Input>;
  port: number;
  known: Known;
  cookies: Cookies;
  inputs: number;
  lanes: number;
  seed: number;
  /** called after each answer */
  heard?: (input: Input, answer: Answer) => void;
};

/** Words for the one who has to find out, and how to send it again. */
const report = (input: Input, seed: number, trouble: string): string =>
  `${trouble}\n${input.who} → ${input.endpoint}: ${input.method} ${input.target.slice(0, 500)}\n${JSON.stringify(input.headers).slice(0, 500)}\n${JSON.stringify(input.body)?.slice(0, 2_000)}\n(seed ${seed})`;

/**
 * Fuzzes in several lanes at once; each shrinks what it finds to the smallest input that still breaks.
 * @throws an error whose message is the failing input
 */
export async function fuzz({
  port,
  known,
  cookies,
  inputs,
  lanes,
  seed,
  heard,
  ...more
}: Fuzzing): Promise<void> {
  const all = more.all ?? inputsOf(known);
  await Promise.all(
    Array.from({ length: lanes }, async (_, index) => {
      const one = lane(port, index);
      const property = fc.asyncProperty(all, async (input) => {
        const send = async (again = false) => {
          try {
            return await one.send(input, await cookies(input.who, again));
          } catch (error) {
            throw new Error(report(input, seed + index, String(error)), { cause: error });
          }
        };
        let answer = await send();
        if (answer.status === 401 && input.who !== 'nobody') answer = await send(true);
        // a machine that is busy may say so for a moment, but not for long
        for (let tries = 0; answer.status === 503 && tries < BUSY_TRIES; tries++) {
          await pause(500);
          answer = await send();
        }
        heard?.(input, answer);
        const trouble = wrongWith(input, answer);
        if (trouble) throw new Error(report(input, seed + index, trouble));
      });
      try {
        await fc.assert(property, {
          numRuns: Math.ceil(inputs / lanes),
          seed: seed + index,
          endOnFailure: false,
          includeErrorInReport: true,
          interruptAfterTimeLimit: 3_600_000,
        });
      } finally {
        one.close();
      }
    }),
  );
}
