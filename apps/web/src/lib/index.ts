/** What pages share; see the folders of the domains for their cards. */
export { say } from './say.ts';
