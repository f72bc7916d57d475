/** What stands where the form was, once somebody asked to sign: the same whoever asked, and whether they had or not. */
import { m } from '@folkmoot/words';

export type AskedWords = {
  title: string;
  lead: string;
  line: string;
  /** with the link's words in brackets */
  nothing: string;
};

/**
 * @param email null on the page that is the same for everybody
 * @param minutes how long messages wait just now
 */
export const askedWords = ({ email, minutes }: { email: string | null; minutes: number }): AskedWords => ({
  title: m.petition_asked_title(),
  lead: email ? m.petition_asked({ email }) : m.petition_asked_there(),
  line: [
    minutes > 0 ? m.petition_asked_wait({ count: minutes + 1 }) : m.petition_asked_soon(),
    m.petition_asked_late(),
  ].join(' '),
  nothing: m.petition_asked_nothing(),
});
