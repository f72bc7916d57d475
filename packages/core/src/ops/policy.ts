/** Who may see how the service runs: those who look after it. */
import { roles } from '../kit/policy.ts';

export const opsPolicy = {
  readHealth: roles('admin'),
} as const;
