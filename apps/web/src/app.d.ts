import type { FastifyInstance } from 'fastify';
import type { Contracts } from '@folkmoot/core/contracts';

/** what pages use of the server's house besides its API */
type House = {
  place: () => object;
  kept: {
    read: (path: string, url: string) => Promise<unknown>;
    view: <T>(key: string, read: () => Promise<T>) => Promise<T>;
  };
};

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
      /** `rush`: made once for all who are signed in and here at once */
      req: { folkmoot?: { app: FastifyInstance & { house: House }; id: string; rush: boolean } };
    }
  }
}
