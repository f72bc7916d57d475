/** `/live`: one socket a page, many topics. Who may watch a topic is asked of the domain that owns it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { LiveFromServer } from '@folkmoot/core/live/plain';
import { sameOrigin } from '../kit/origin.ts';

const MAX_TOPICS = 50;
const MAX_WAITING = 256 * 1024;
const HEARTBEAT_MS = 30_000;

const fromBrowser = z.object({
  subscribe: z.record(z.string().max(100), z.number().int().nonnegative().nullable()).optional(),
  unsubscribe: z.array(z.string().max(100)).max(MAX_TOPICS).optional(),
});

/** Whether this actor may watch `kind:rest`. */
export type TopicPolicy = (actor: Actor, rest: string) => Promise<boolean> | boolean;

export function liveTopics() {
  const kinds = new Map<string, TopicPolicy>();
  return {
    allow: (kind: string, policy: TopicPolicy) => void kinds.set(kind, policy),
    async may(actor: Actor, topic: string): Promise<boolean> {
      const [kind = '', ...rest] = topic.split(':');
      return (await kinds.get(kind)?.(actor, rest.join(':'))) ?? false;
    },
  };
}
export type LiveTopics = ReturnType<typeof liveTopics>;

type Watching = Map<string, () => void>;

function speak(socket: WebSocket, message: LiveFromServer): void {
  // a phone that does not keep up is let go; it comes back and is told to fetch again
  if (socket.bufferedAmount > MAX_WAITING) socket.terminate();
  else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

async function hear(
  app: FastifyInstance,
  topics: LiveTopics,
  actor: Actor,
  socket: WebSocket,
  watching: Watching,
  raw: string,
): Promise<void> {
  const said = fromBrowser.safeParse(JSON.parse(raw));
  if (!said.success) return socket.close(1008, 'not understood');
  for (const topic of said.data.unsubscribe ?? []) {
    watching.get(topic)?.();
    watching.delete(topic);
  }
  for (const [asked, seen] of Object.entries(said.data.subscribe ?? {})) {
    if (watching.size >= MAX_TOPICS || watching.has(asked)) continue;
    const topic = asked === 'me' && actor.person ? `me:${actor.person}` : asked;
    if (!(await topics.may(actor, topic))) {
      speak(socket, { topic: asked, refused: true });
      continue;
    }
    const { missed, leave } = app.house.hub.subscribe(topic, seen, (message) =>
      speak(socket, { ...message, topic: asked }),
    );
    watching.set(asked, leave);
    if (missed === null) speak(socket, { topic: asked, resync: true });
    else for (const message of missed) speak(socket, { ...message, topic: asked });
  }
}

export function mountLive(app: FastifyInstance, topics: LiveTopics): { close: () => void } {
  const open = new Set<WebSocket>();
  const answered = new WeakSet<WebSocket>();
  const beat = setInterval(() => {
    for (const socket of open) {
      if (!answered.has(socket)) socket.terminate();
      answered.delete(socket);
      socket.ping();
    }
  }, HEARTBEAT_MS);
  beat.unref();

  app.route({
    method: 'GET',
    url: '/live',
    websocket: true,
    handler: (socket: WebSocket, request: FastifyRequest) => {
      if (!sameOrigin(request, app.house.publicUrl())) return socket.close(1008, 'origin');
      const watching: Watching = new Map();
      open.add(socket);
      answered.add(socket);
      // messages that come while the session is read must not be lost
      const actor = request.actor();
      let queue: Promise<unknown> = actor;
      socket.on('pong', () => answered.add(socket));
      socket.on('message', (data) => {
        const raw = String(data);
        if (raw.length > 10_000) return socket.close(1009, 'too long');
        queue = queue
          .then(async () => hear(app, topics, await actor, socket, watching, raw))
          .catch(() => socket.close(1008, 'not understood'));
      });
      socket.on('close', () => {
        open.delete(socket);
        for (const leave of watching.values()) leave();
      });
      socket.on('error', () => socket.terminate());
    },
  });

  return {
    close: () => {
      clearInterval(beat);
      // 1012: the server restarts; pages reconnect with jitter
      for (const socket of open) socket.close(1012, 'restart');
    },
  };
}
