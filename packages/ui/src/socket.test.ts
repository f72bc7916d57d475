import { describe, expect, test } from 'vitest';
import { LiveSocket } from './socket.ts';
import type { LiveEvent, LiveStatus } from './socket.ts';

/** A line that the test holds the other end of. */
class FakeLine {
  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.drop();
  }
  answer() {
    this.readyState = 1;
    this.onopen?.();
  }
  drop() {
    this.readyState = 3;
    this.onclose?.();
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function page(random: () => number = () => 0.5) {
  const lines: FakeLine[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  const heard: LiveEvent[] = [];
  const stale: string[] = [];
  const statuses: LiveStatus[] = [];
  const socket = new LiveSocket({
    open: () => {
      const line = new FakeLine();
      lines.push(line);
      return line as unknown as WebSocket;
    },
    random,
    after: (ms, run) => {
      const wait = { ms, run };
      waits.push(wait);
      return () => void waits.splice(waits.indexOf(wait), 1);
    },
    status: (status) => statuses.push(status),
  });
  const listener = { event: (e: LiveEvent) => void heard.push(e), resync: (t: string) => void stale.push(t) };
  return { socket, lines, waits, heard, stale, statuses, listener };
}
const signed = (seq: number, topic = 'petition:7') => ({ topic, seq, type: 'petition.signed', data: seq });

describe('a page that is live', () => {
  test('opens one line for everything on it, and asks from the number it has seen', () => {
    const { socket, lines, listener } = page();
    socket.subscribe({ 'petition:7': 40 }, listener);
    socket.subscribe({ me: null }, listener);
    lines[0]!.answer();
    socket.subscribe({ 'report:3': 12 }, listener);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.sent).toEqual([
      { subscribe: { 'petition:7': 40, me: null } },
      { subscribe: { 'report:3': 12 } },
    ]);
  });

  test('hears events of its own topics, and nothing else', () => {
    const { socket, lines, heard, listener } = page();
    socket.subscribe({ 'petition:7': null }, listener);
    lines[0]!.answer();
    lines[0]!.say(signed(41));
    lines[0]!.say(signed(42, 'petition:8'));
    lines[0]!.onmessage?.({ data: 'not json' });
    expect(heard.map((event) => event.seq)).toEqual([41]);
  });

  test('asks again from the last number it heard when the line comes back', () => {
    const { socket, lines, waits, listener } = page();
    socket.subscribe({ 'petition:7': 40 }, listener);
    lines[0]!.answer();
    lines[0]!.say(signed(45));
    lines[0]!.drop();
    waits[0]!.run();
    lines[1]!.answer();
    expect(lines[1]!.sent).toEqual([{ subscribe: { 'petition:7': 45 } }]);
  });

  test('waits longer each time, never in step with its neighbours, and not over half a minute', () => {
    const { socket, lines, waits, listener } = page();
    socket.subscribe({ me: null }, listener);
    const delays: number[] = [];
    for (let i = 0; i < 8; i++) {
      lines[i]!.drop();
      const wait = waits.at(-1)!;
      delays.push(wait.ms);
      wait.run();
    }
    expect(delays).toEqual([1000, 1500, 2500, 4500, 8500, 15500, 15500, 15500]);
    const other = page(() => 0.1);
    other.socket.subscribe({ me: null }, other.listener);
    other.lines[0]!.drop();
    expect(other.waits[0]!.ms).toBe(600);
  });

  test('fetches again when the server says it has missed too much', () => {
    const { socket, lines, stale, listener } = page();
    socket.subscribe({ 'petition:7': 3 }, listener);
    lines[0]!.answer();
    lines[0]!.say({ topic: 'petition:7', resync: true });
    expect(stale).toEqual(['petition:7']);
  });

  test('lets a latecomer fetch what went by while only others listened', async () => {
    const { socket, lines, listener } = page();
    socket.subscribe({ 'petition:7': 40 }, listener);
    lines[0]!.answer();
    lines[0]!.say(signed(44));
    const late: string[] = [];
    socket.subscribe({ 'petition:7': 41 }, { event: () => undefined, resync: (t) => void late.push(t) });
    await Promise.resolve();
    expect(late).toEqual(['petition:7']);
  });

  test('hangs up with the last of its listeners, and does not call again', () => {
    const { socket, lines, waits, statuses, listener } = page();
    const stop = socket.subscribe({ a: null, b: null }, listener);
    const stopOther = socket.subscribe({ b: null }, listener);
    lines[0]!.answer();
    stopOther();
    stop();
    expect(lines[0]!.readyState).toBe(1);
    waits.pop()!.run();
    expect(lines[0]!.readyState).toBe(3);
    expect(waits).toHaveLength(0);
    expect(statuses.at(-1)).toBe('off');
  });

  test('keeps the line for the page that comes next', () => {
    const { socket, lines, waits, listener } = page();
    const stop = socket.subscribe({ 'petition:7': null }, listener);
    lines[0]!.answer();
    stop();
    socket.subscribe({ 'petition:8': 2 }, listener);
    expect(waits).toHaveLength(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.sent.slice(1)).toEqual([
      { unsubscribe: ['petition:7'] },
      { subscribe: { 'petition:8': 2 } },
    ]);
  });

  test('tells the server which topics nobody reads any more', () => {
    const { socket, lines, listener } = page();
    const other = { ...listener };
    const stop = socket.subscribe({ a: null, b: null }, listener);
    socket.subscribe({ b: null }, other);
    lines[0]!.answer();
    stop();
    expect(lines[0]!.sent.at(-1)).toEqual({ unsubscribe: ['a'] });
  });
});

describe('a person who pressed Pause', () => {
  test('sees nothing move, and all of it in order afterwards', () => {
    const { socket, lines, heard, statuses, listener } = page();
    socket.subscribe({ 'petition:7': null }, listener);
    lines[0]!.answer();
    socket.pause();
    lines[0]!.say(signed(1));
    lines[0]!.say(signed(2));
    expect(heard).toHaveLength(0);
    expect(statuses.at(-1)).toBe('paused');
    socket.resume();
    expect(heard.map((event) => event.seq)).toEqual([1, 2]);
    expect(statuses.at(-1)).toBe('live');
  });

  test('gets one fetch instead of a flood', () => {
    const { socket, lines, heard, stale, listener } = page();
    socket.subscribe({ 'petition:7': null }, listener);
    lines[0]!.answer();
    socket.pause();
    for (let seq = 1; seq <= 300; seq++) lines[0]!.say(signed(seq));
    socket.resume();
    expect(heard).toHaveLength(0);
    expect(stale).toEqual(['petition:7']);
  });
});

test('a page taken from the back button’s cache picks the line up at once', () => {
  const { socket, lines, listener } = page();
  socket.subscribe({ me: null }, listener);
  lines[0]!.answer();
  socket.sleep();
  expect(lines[0]!.readyState).toBe(3);
  socket.wake();
  expect(lines).toHaveLength(2);
});
