/** Who may do what with mails that need a person. One's own inbox, follows and alerts are always one's own. */
import { roles, type Subject } from '../kit/policy.ts';

export const notificationPolicy = {
  /** subjects and half of an address are shown, so only administrators see them */
  settleMails: roles<Subject>('admin'),
} as const;
