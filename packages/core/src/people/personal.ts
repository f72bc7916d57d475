/** The personal data of people: accounts, addresses, sign-in, roles, and who looked. */
import type { PersonalColumn, PersonalData } from '../kit/personal.ts';

type Why = PersonalColumn['why'];
const signIn: Why = { en: 'To sign you in safely', cy: 'I’ch mewngofnodi’n ddiogel' };
const agreed: Why = {
  en: 'To show what you agreed to when somebody acted for you',
  cy: 'I ddangos beth y cytunoch chi iddo pan weithredodd rhywun drosoch chi',
};
const roles: Why = {
  en: 'To know who acts for the council and who gave them the role',
  cy: 'I wybod pwy sy’n gweithredu dros y cyngor a phwy roddodd y rôl',
};
const looked: Why = {
  en: 'To tell you which staff saw your details, and why',
  cy: 'I ddweud wrthych pa staff welodd eich manylion, a pham',
};

/** What proves that it is you: shown to nobody, not even to you, and gone with the account. */
const secret = (column: string): PersonalColumn => ({
  column,
  why: signIn,
  basis: 'public_task',
  kept: 'with_account',
  export: false,
  erase: 'delete_row',
});

export const peoplePersonal: PersonalData = {
  domain: 'people',
  holds: [
    secret('recovery_codes.hash'),
    secret('second_factors.secret'),
    secret('passwords.hash'),
    {
      column: 'sessions.id',
      why: signIn,
      basis: 'public_task',
      kept: { days: 30, after: 'created_at' },
      export: false,
      erase: 'delete_row',
    },
    {
      column: 'sessions.device',
      why: { en: 'So that you know your own devices', cy: 'Er mwyn i chi adnabod eich dyfeisiau' },
      basis: 'public_task',
      kept: { days: 30, after: 'created_at' },
      export: true,
      erase: 'delete_row',
    },
    {
      column: 'tokens.data',
      why: { en: 'What waits for your button in a mail', cy: 'Yr hyn sy’n aros am eich botwm mewn e-bost' },
      basis: 'consent',
      // an act that nobody confirmed is forgotten when its link stops working
      kept: { days: 0, after: 'expires_at', unless: ['used_at'] },
      export: true,
      erase: 'delete_row',
    },
    {
      column: 'tokens.hash',
      why: signIn,
      basis: 'consent',
      kept: { days: 30, after: 'expires_at' },
      export: false,
      erase: 'delete_row',
    },
    {
      column: 'contacts.value',
      why: { en: 'To reach you when you asked us to', cy: 'I gysylltu â chi pan ofynnoch i ni' },
      basis: 'public_task',
      // nobody confirmed it, so it may be anybody's
      kept: { days: 2, after: 'created_at', unless: ['verified_at', 'person_id'] },
      export: true,
      erase: 'delete_row',
    },
    {
      column: 'contacts.canonical',
      why: { en: 'To know your address again', cy: 'I adnabod eich cyfeiriad eto' },
      basis: 'public_task',
      kept: 'with_account',
      export: false,
      erase: 'delete_row',
    },
    {
      column: 'invitations.email',
      why: roles,
      basis: 'public_task',
      kept: { days: 365, after: 'created_at' },
      export: false,
      erase: 'keep',
      fades: 'delete_row',
    },
    {
      column: 'consents.wording',
      why: agreed,
      basis: 'legal_obligation',
      kept: { days: 2190, after: 'given_at' },
      export: true,
      erase: 'keep',
      fades: 'delete_row',
    },
    {
      column: 'consents.what',
      why: agreed,
      basis: 'legal_obligation',
      kept: { days: 2190, after: 'given_at' },
      export: true,
      erase: 'keep',
      fades: 'delete_row',
    },
    {
      column: 'memberships.title',
      why: roles,
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'grants.role',
      why: roles,
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'access_log.what',
      why: looked,
      basis: 'legal_obligation',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'access_log.why',
      why: looked,
      basis: 'legal_obligation',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'access_log.topic',
      why: looked,
      basis: 'legal_obligation',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'limits.key',
      why: {
        en: 'To stop guessing and floods of mail',
        cy: 'I atal dyfalu a llifogydd o e-byst',
      },
      basis: 'legitimate_interest',
      kept: { days: 2, after: 'window_start' },
      export: false,
      erase: 'delete_row',
    },
    {
      column: 'people.name',
      why: {
        en: 'So that we know what to call you, and show your name where you chose to',
        cy: 'Er mwyn gwybod beth i’ch galw, a dangos eich enw lle dewisoch chi',
      },
      basis: 'public_task',
      kept: 'with_account',
      export: true,
      erase: 'null',
    },
    {
      column: 'people.postcode',
      why: { en: 'To know your ward', cy: 'I wybod eich ward' },
      basis: 'public_task',
      kept: 'with_account',
      export: true,
      erase: 'null',
    },
    {
      column: 'people.ward_id',
      why: {
        en: 'To show you what happens where you live',
        cy: 'I ddangos i chi beth sy’n digwydd lle rydych chi’n byw',
      },
      basis: 'public_task',
      kept: 'with_account',
      export: true,
      erase: 'null',
    },
    {
      column: 'people.lang',
      why: { en: 'To write to you in your language', cy: 'I ysgrifennu atoch yn eich iaith' },
      basis: 'public_task',
      kept: 'with_account',
      export: true,
      erase: { set: 'en' },
    },
    {
      column: 'people.under_18',
      why: {
        en: 'So that no name of anybody under 18 is shown',
        cy: 'Fel na ddangosir enw neb o dan 18',
      },
      basis: 'legal_obligation',
      kept: 'with_account',
      export: true,
      erase: { set: 'false' },
    },
  ],
  not: [
    { column: 'people.digest', because: 'a choice of one in three' },
    { column: 'contacts.kind', because: 'e-mail, phone or post' },
    { column: 'tokens.kind', because: 'what the button is for' },
    { column: 'organisations.slug', because: 'a body, not a person' },
    { column: 'organisations.kind', because: 'a body, not a person' },
    { column: 'organisations.name', because: 'a body, not a person' },
    { column: 'organisations.about', because: 'a body, not a person' },
    { column: 'organisations.email', because: 'the shared address of a body' },
    { column: 'organisations.phone', because: 'the shared number of a body' },
    { column: 'organisations.website', because: 'the website of a body' },
    { column: 'organisations.meets', because: 'when a body meets' },
    { column: 'organisations.picture', because: 'the picture of a body' },
    { column: 'organisations.hidden_parts', because: 'which part of its page was taken down' },
    { column: 'invitations.role', because: 'a word of a short list' },
    { column: 'consents.channel', because: 'phone, counter or paper' },
    { column: 'consents.idempotency_key', because: 'a random key' },
  ],
  owners: {
    sessions: [{ column: 'user_id' }],
    tokens: [{ column: 'person_id' }, { column: 'contact_id', in: { table: 'contacts', key: 'id' } }],
    people: [{ column: 'id' }],
    invitations: [],
    limits: [],
  },
};
