/** What we told people, what they follow, and where they asked to be alerted. */
import type { PersonalColumn, PersonalData } from '../kit/personal.ts';

const mail = (name: string, give: boolean): PersonalColumn => ({
  column: `mails.${name}`,
  why: {
    en: 'To send you what you asked for, and to see that it arrived',
    cy: 'I anfon yr hyn y gofynnoch amdano, a gweld iddo gyrraedd',
  },
  basis: 'public_task',
  kept: { days: 90, after: 'created_at' },
  export: give,
  erase: 'delete_row',
});
const inbox = (name: string): PersonalColumn => ({
  column: `notifications.${name}`,
  why: { en: 'To tell you what is new for you', cy: 'I ddweud wrthych beth sy’n newydd i chi' },
  basis: 'public_task',
  kept: { days: 365, after: 'at' },
  export: true,
  erase: 'delete_row',
});
const alert = (name: string): PersonalColumn => ({
  column: `alerts.${name}`,
  why: {
    en: 'To write to you when something happens near you, as you asked',
    cy: 'I ysgrifennu atoch pan fydd rhywbeth yn digwydd yn eich ymyl, fel y gofynnoch',
  },
  basis: 'consent',
  kept: 'with_account',
  export: true,
  erase: 'delete_row',
});

export const notificationsPersonal: PersonalData = {
  domain: 'notifications',
  holds: [
    mail('to', true),
    mail('subject', true),
    mail('text', true),
    mail('html', false),
    mail('headers', false),
    inbox('kind'),
    inbox('topic'),
    inbox('data'),
    {
      column: 'follows.topic',
      why: { en: 'To know what you follow', cy: 'I wybod beth rydych yn ei ddilyn' },
      basis: 'consent',
      kept: 'with_account',
      export: true,
      erase: 'delete_row',
    },
    alert('kind'),
    alert('lon'),
    alert('lat'),
    alert('category_group'),
  ],
  not: [
    { column: 'mails.kind', because: 'which mail it is' },
    { column: 'mails.lang', because: 'the language it is in' },
    { column: 'mails.message_id', because: 'a random id' },
    { column: 'mails.state', because: 'how far it has come' },
    { column: 'mails.error', because: 'what the mail server said, without the address' },
  ],
  owners: {
    mails: [{ column: 'person_id' }, { column: 'contact_id', in: { table: 'contacts', key: 'id' } }],
  },
};
