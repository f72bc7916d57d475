/**
 * Ops: how the service runs, for those who look after it. What waits, what lags, what has failed; in words on a page
 * of the administrators and in numbers on a port of its own.
 */
import { contracts } from '@folkmoot/core/contracts';
import { opsPolicy } from '@folkmoot/core/ops/policy';
import type { FastifyInstance } from 'fastify';
import { Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import { type AdminServer, openAdmin } from './admin.ts';
import { readHealth } from './health.ts';

/** Opens the port of those who run the service when the server starts; it closes last, so that they see the end. */
export function openAdminWith(app: FastifyInstance, port: number): void {
  const { house } = app;
  let admin: AdminServer | null = null;
  app.addHook('onReady', async () => {
    admin = await openAdmin(house, port, house.settings.host);
    house.adminPort = admin.port;
  });
  app.addHook('onClose', async () => admin?.close());
}

export function mountOps(app: FastifyInstance): void {
  serve(app, contracts.readHealth, async ({ actor, reply }) => {
    if (!opsPolicy.readHealth(actor, {})) throw new Refused('not_allowed', 403);
    void reply.header('cache-control', 'no-store');
    return readHealth(app.house);
  });
}
