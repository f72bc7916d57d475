import type { FastifyInstance } from 'fastify';
import type { Contracts } from '@folkmoot/core/contracts';

declare global {
  namespace App {
    interface Error {
      message: string;
      code?: string;
      /** why something was taken away, in public words */
      reason?: string;
    }
    interface Locals {
      lang: 'en' | 'cy';
      place: Contracts['readPlace']['answer']['_output'];
    }
    interface Platform {
      req: { folkmoot?: { app: FastifyInstance & { house: { place: () => object } }; id: string } };
    }
  }
}
