/**
 * People: accounts and how one proves to be oneself. Light first: a resident acts with a name and an e-mail address
 * and confirms with a button; the confirmed act makes or joins their account.
 */
export { sessionsOf, type Sessions, type SessionCookie } from './sessions.ts';
export { makeToken, makeTokens, type NewToken, type Token, tokenOf } from './tokens.ts';
export { type TokenUse, tokenUses, type TokenUses } from './token-uses.ts';
export { contactFor, joinAccount, provenMailboxes, wardOfPostcode } from './store.ts';
export { type ActFor, type Assisted, startAssisted } from './acting-for.ts';
export { forget } from './forgetting.ts';
export { groupThings } from './groups/flagging.ts';
export { makeAdmin } from './make-admin.ts';
export { mountPeople } from './routes.ts';
export { placeOwner } from './organisations.ts';
