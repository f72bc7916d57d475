import type { Contract } from '@folkmoot/core/kit/contract';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { House } from './house.ts';

declare module 'fastify' {
  interface FastifyInstance {
    house: House;
  }
  interface FastifyRequest {
    /** who asks, from the session cookie; read once a request */
    actor(): Promise<Actor>;
    /** the visitor's draft cookie, hashed; null where there is none yet */
    visitor(): string | null;
  }
  interface FastifyContextConfig {
    contract?: Contract;
  }
}
