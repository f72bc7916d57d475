/** The words of notifications. Imports nothing. */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'doubt', 'stopped'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const ALERT_KINDS = ['ward', 'radius'] as const;
/** Confirmations and sign-in before everything, mailings to many last. */
export const PRIORITY = { confirm: 0, answer: 5, many: 9 } as const;
