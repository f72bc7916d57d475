/** Who carries a mail away: the council's mail server, or in the demo nobody, since the demo's mailbox is the row. */
import { createTransport } from 'nodemailer';

export type Handed = {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers: Record<string, string>;
};
/**
 * What became of it. `bounced`: this address takes no mail. `refused`: this mail is not wanted, another may be.
 * `later`: try it again. `away`: the server itself is not there, so nothing else need be tried now.
 */
export type Outcome = { how: 'sent' } | { how: 'bounced' | 'refused' | 'later' | 'away'; error: string };
export type Courier = { hand: (mail: Handed) => Promise<Outcome>; close: () => void };

export const demoCourier: Courier = { hand: async () => ({ how: 'sent' }), close: () => undefined };

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

/** What the server said, without the address: it is shown to staff and kept. */
const wordsOf = ({ code, command, responseCode }: SmtpError): string =>
  ['smtp', responseCode, command, responseCode ? undefined : code].filter(Boolean).join(' ');

function outcomeOf(error: SmtpError): Outcome {
  const said = wordsOf(error);
  const { responseCode = 0, command = '' } = error;
  const forGood = responseCode >= 500;
  if (error.code === 'EENVELOPE' && command.startsWith('RCPT'))
    return { how: forGood ? 'bounced' : 'later', error: said };
  // an address that no envelope can hold never will
  if (error.code === 'EENVELOPE' && !responseCode) return { how: 'bounced', error: said };
  if (error.code === 'EMESSAGE' || command === 'DATA')
    return { how: forGood ? 'refused' : 'later', error: said };
  return { how: responseCode >= 400 && responseCode < 500 ? 'later' : 'away', error: said };
}

/**
 * A small pool of connections to the mail server.
 * @param url `smtp://user:password@host:587`
 * @param rate mails a second of one process, at most
 */
export function smtpCourier(url: string, rate = 20): Courier {
  const post = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    rateDelta: 1_000,
    rateLimit: rate,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async hand({ headers, ...mail }) {
      try {
        await post.sendMail({ ...mail, headers, envelope: { from: mail.from, to: mail.to } });
        return { how: 'sent' };
      } catch (error) {
        return outcomeOf(error as SmtpError);
      }
    },
    close: () => post.close(),
  };
}
