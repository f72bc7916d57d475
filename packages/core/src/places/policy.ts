/** Who may do what with places. */
import { roles, type Subject } from '../kit/policy.ts';

export const placePolicy = {
  pauseWork: roles<Subject>('admin'),
} as const;
