/** Method and path of each endpoint of the running service. Imports nothing. */
export const opsEndpoints = {
  readHealth: { method: 'GET', path: '/ops/health' },
} as const;
