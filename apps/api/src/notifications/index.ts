/**
 * Telling people: what waits in the outbox, what stands in the inbox, who follows what. A resident hears what became
 * of what they told us, when and how they asked to, in their language, once; and every mail says how to stop it.
 */
export { noteBounce, readBounce } from './bounce.ts';
export { queueMail, queueMails, type NewMail } from './mail.ts';
export { letter, type Letter } from './letter.ts';
export { addressees, footOf } from './post.ts';
export { recordBadge } from './telling.ts';
export { mountNotifications } from './mount.ts';
export { unreadOf } from './inbox.ts';
export { outboxHealth } from './sender.ts';
export { stopHeaders, stopLink } from './stopping.ts';
