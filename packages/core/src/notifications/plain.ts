/** The words of notifications. Imports nothing. */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'doubt', 'stopped'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const ALERT_KINDS = ['ward', 'radius'] as const;
/** Confirmations and sign-in before everything, mailings to many last. */
export const PRIORITY = { confirm: 0, answer: 5, many: 9 } as const;

/** What the inbox tells. */
export const NOTIFICATION_KINDS = [
  'report_state',
  'report_fixed',
  'report_answer',
  'report_question',
  'report_comment',
  'report_moved',
  'report_asked',
  'report_hidden',
  'report_shown',
  'report_overdue',
  'councillor_question',
  'councillor_answer',
  'alert',
  'petition_burst',
  'petition_open',
  'petition_reached',
  'petition_answer',
  'petition_ended',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What an alert may be about beside the groups of reports: new petitions, those of the whole place too. */
export const PETITIONS_GROUP = 'petitions';

/** How far an alert reaches around a place, in metres. */
export const ALERT_RADII = [200, 500, 1000, 2000, 5000] as const;
/** What the link at the foot of a mail stops. */
export const STOPS = ['follow', 'alert', 'all'] as const;
