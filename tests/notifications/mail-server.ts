/** A mail server on loopback that behaves as a test says: takes mail, refuses addresses, hangs, or is not there. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type Taken = { from: string; to: string; data: string; messageId: string };
export type Behaviour = {
  /** what RCPT TO answers; 250 unless said */
  rcpt?: (to: string) => string;
  /** called when the whole mail has come, before it is answered; what it gives is answered */
  data?: (mail: Taken) => Promise<string> | string;
};

export class MailServer {
  readonly taken: Taken[] = [];
  behaviour: Behaviour = {};
  /** how often somebody connected */
  connections = 0;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }
  /** Opens the door; after a `close` on the same port again. */
  async open(): Promise<this> {
    const server = createServer((socket) => this.#talk(socket));
    this.#server = server;
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise((done) => server.close(done));
  }
  /** How often each Message-ID was taken. */
  times(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { messageId } of this.taken) times.set(messageId, (times.get(messageId) ?? 0) + 1);
    return times;
  }

  #talk(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let mail = { from: '', to: '' };
    let body: string | null = null;
    let rest = '';
    const say = (line: string) => socket.writable && socket.write(`${line}\r\n`);
    const line = async (text: string): Promise<void> => {
      if (body !== null) {
        if (text !== '.') {
          body += `${text}\n`;
          return;
        }
        const data = body;
        body = null;
        const messageId = /^message-id: (.+)$/im.exec(data)?.[1] ?? '';
        const taken = { ...mail, data, messageId };
        const answer = (await this.behaviour.data?.(taken)) ?? '250 taken';
        if (answer.startsWith('250')) this.taken.push(taken);
        say(answer);
        return;
      }
      const word = text.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') say('250 fake');
      else if (word === 'MAIL') {
        mail = { from: text, to: '' };
        say('250 ok');
      } else if (word === 'RCPT') {
        const to = /<(.+)>/.exec(text)?.[1] ?? '';
        mail.to = to;
        say(this.behaviour.rcpt?.(to) ?? '250 ok');
      } else if (word === 'DATA') {
        body = '';
        say('354 go on');
      } else if (word === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    let queue = Promise.resolve();
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const one of lines) queue = queue.then(() => line(one));
    });
    say('220 fake mail server');
  }
}
