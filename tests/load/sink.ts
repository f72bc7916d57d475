/** A mail server on loopback that takes everything and keeps only when each address had its mail, in a thread of its own. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { isMainThread, parentPort } from 'node:worker_threads';
import { askThread, thread } from './thread.ts';

/** When the first and the last mail of each kind of address came, in milliseconds: `[word, first, last]`. */
type Took = { total: number; kinds: Array<[string, number, number]> };
export type Sink = { url: string; took: () => Promise<Took>; stop: () => Promise<unknown> };

function talk(socket: Socket, note: (to: string) => void): void {
  let inBody = false;
  let to = '';
  let rest = '';
  socket.write('220 sink\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    let answers = '';
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (inBody) {
        if (line !== '.') continue;
        inBody = false;
        note(to);
        answers += '250 taken\r\n';
        continue;
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'RCPT') to = /<(.+)>/.exec(line)?.[1] ?? '';
      if (word === 'DATA') {
        inBody = true;
        answers += '354 go on\r\n';
      } else answers += word === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
    }
    if (answers) socket.write(answers);
  });
}

export async function mailSink(): Promise<Sink> {
  const { worker, word: port } = await thread<number>(import.meta.url);
  return {
    url: `smtp://127.0.0.1:${port}`,
    took: () => askThread<Took>(worker),
    stop: () => worker.terminate(),
  };
}

if (!isMainThread && parentPort) {
  let total = 0;
  const kinds = new Map<string, [number, number]>();
  const server = createServer((socket) =>
    talk(socket, (to) => {
      total += 1;
      const word = to.replace(/\d.*$/, '');
      const now = performance.now();
      kinds.set(word, [kinds.get(word)?.[0] ?? now, now]);
    }),
  );
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
  parentPort.on('message', () =>
    parentPort?.postMessage({ total, kinds: [...kinds].map(([word, [first, last]]) => [word, first, last]) }),
  );
}
