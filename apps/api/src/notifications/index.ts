/** Telling people: what waits in the outbox, what stands in the inbox, who follows what. */
export { queueMail, type NewMail } from './mail.ts';
export { letter, type Letter } from './letter.ts';
