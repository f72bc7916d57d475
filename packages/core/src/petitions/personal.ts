/** The personal data of petitions. A signature shows a political opinion: special category throughout. */
import type { PersonalColumn, PersonalData } from '../kit/personal.ts';

type Why = PersonalColumn['why'];
const asked: Why = {
  en: 'To show everybody what is asked of the council, and who asks',
  cy: 'I ddangos i bawb beth ofynnir i’r cyngor, a phwy sy’n gofyn',
};
const counted: Why = {
  en: 'To count each person once, and to be able to check it',
  cy: 'I gyfrif pob person unwaith, a gallu gwirio hynny',
};
const draft: Why = {
  en: 'So that you lose nothing when you leave a petition half written',
  cy: 'Fel na chollwch ddim wrth adael deiseb ar ei hanner',
};
const decided: Why = {
  en: 'So that a decision can be explained, and looked at again',
  cy: 'Er mwyn gallu egluro penderfyniad, ac edrych arno eto',
};

/** What is asked of a council is the record of a place: the words stay, the person behind them goes. */
const record = (column: string, why: Why): PersonalColumn => ({
  column,
  why,
  basis: 'public_task',
  kept: 'permanent',
  export: true,
  erase: 'keep',
  special: true,
});
/** Goes with the account, or so many days after the petition closed, by a job that knows each scheme. */
const signer = (column: string, given: Partial<PersonalColumn> = {}): PersonalColumn => ({
  column,
  why: counted,
  basis: 'public_task',
  kept: 'with_account',
  export: true,
  erase: 'null',
  special: true,
  ...given,
});

export const petitionsPersonal: PersonalData = {
  domain: 'petitions',
  holds: [
    // an address that nobody confirmed goes after two days, and the whole row with it
    signer('signatures.email', {
      kept: { days: 2, after: 'signed_at', unless: ['confirmed_at'] },
      fades: 'delete_row',
    }),
    signer('signatures.name'),
    signer('signatures.canonical'),
    signer('signatures.postcode'),
    signer('signatures.receipt', { export: true }),
    signer('signatures.network', {
      why: {
        en: 'To notice when many signatures come from one place at once',
        cy: 'I sylwi pan ddaw llawer o lofnodion o un lle ar unwaith',
      },
      basis: 'legitimate_interest',
      kept: { days: 30, after: 'signed_at' },
      export: false,
    }),
    {
      column: 'petition_bursts.source',
      why: {
        en: 'To notice when many signatures come from one place at once',
        cy: 'I sylwi pan ddaw llawer o lofnodion o un lle ar unwaith',
      },
      basis: 'legitimate_interest',
      kept: { days: 30, after: 'at' },
      export: false,
      erase: 'keep',
      fades: 'null',
    },
    record('petition_versions.title', asked),
    record('petition_versions.why', asked),
    record('petition_versions.details', asked),
    {
      column: 'petition_decisions.private_note',
      why: decided,
      basis: 'legal_obligation',
      kept: { days: 365, after: 'at' },
      export: false,
      erase: 'keep',
      fades: 'null',
    },
    {
      column: 'petition_decisions.appeal',
      why: decided,
      basis: 'legal_obligation',
      kept: { days: 2190, after: 'at' },
      export: true,
      erase: 'keep',
      fades: 'null',
    },
    record('petitions.title', asked),
    record('petitions.why', asked),
    record('petitions.details', asked),
    record('petitions.ended_reason', asked),
    record('petitions.lon', asked),
    record('petitions.lat', asked),
    // a draft that nobody took up goes whole, by a job that knows what hangs on it
    {
      column: 'petitions.draft',
      why: draft,
      basis: 'consent',
      kept: { days: 30, after: 'updated_at' },
      export: true,
      erase: 'null',
      special: true,
    },
    {
      column: 'petitions.visitor',
      why: draft,
      basis: 'consent',
      kept: { days: 31, after: 'updated_at' },
      export: false,
      erase: 'null',
    },
    {
      column: 'petitions.creator_name',
      why: asked,
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: { set: '' },
      special: true,
    },
  ],
  not: [
    { column: 'petition_schemes.data', because: 'what a council has promised' },
    { column: 'petitions.channel', because: 'web, phone, counter' },
    { column: 'petitions.idempotency_key', because: 'a random key' },
    { column: 'petitions.lang', because: 'one of two languages' },
    { column: 'petitions.state', because: 'a word of a short list' },
    { column: 'petitions.response', because: 'a word of a short list' },
    { column: 'petitions.debate', because: 'a word of a short list' },
    { column: 'petitions.rejection_code', because: 'a word of a short list' },
    { column: 'petitions.rejection_reason', because: 'what the moderator tells everyone' },
    { column: 'petitions.removed_reason', because: 'what the council tells everyone' },
    { column: 'petitions.hidden_reason', because: 'what the moderator tells everyone' },
    { column: 'petitions.search', because: 'made from title, why and details' },
    { column: 'signatures.channel', because: 'web, phone, counter, paper' },
    { column: 'signatures.idempotency_key', because: 'a random key' },
    { column: 'signatures.state', because: 'a word of a short list' },
    { column: 'signatures.basis', because: 'a word of a short list' },
    { column: 'signatures.lang', because: 'one of two languages' },
    { column: 'signatures.leaf', because: 'a hash of random bytes: nothing of anybody is in it' },
    { column: 'signatures.suspect_because', because: 'a word of a short list' },
    { column: 'petition_bursts.kind', because: 'a word of a short list' },
    { column: 'petition_removals.leaf', because: 'a hash of random bytes: nothing of anybody is in it' },
    { column: 'petition_removals.kind', because: 'a word of a short list' },
    { column: 'petition_removals.reason_code', because: 'a word of a short list' },
    { column: 'petition_sheets.scan', because: 'the name of a kept file' },
    { column: 'petition_decisions.command', because: 'a word of a short list' },
    { column: 'petition_decisions.code', because: 'a word of a short list' },
    { column: 'petition_decisions.reason', because: 'what the moderator tells everyone' },
    { column: 'petition_decisions.other_reason', because: 'the same in the other language' },
    { column: 'petition_decisions.lang', because: 'the language it is in' },
    { column: 'petition_decisions.passages', because: 'places in the wording' },
    { column: 'petition_decisions.appeal_reason', because: 'what the second moderator tells everyone' },
    { column: 'petition_rejection_codes.code', because: 'a word of a short list' },
    { column: 'petition_rejection_codes.name', because: 'the council’s words' },
    { column: 'petition_rejection_codes.about', because: 'the council’s words' },
    { column: 'petition_steps.kind', because: 'a word of a short list' },
    { column: 'petition_steps.summary', because: 'what the council tells everyone' },
    { column: 'petition_steps.details', because: 'what the council tells everyone' },
    { column: 'petition_steps.lang', because: 'the language it is in' },
    { column: 'petition_steps.data', because: 'meeting, vote and links of a public debate' },
    { column: 'petition_steps.by_name', because: 'the officer or councillor who answers in public' },
    { column: 'petition_mailings.milestone', because: 'a word of a short list' },
    { column: 'petition_invalidations.query', because: 'what was looked for; emptied when it has run' },
    { column: 'petition_invalidations.reason_code', because: 'a word of a short list' },
    { column: 'petition_trees.root', because: 'a hash' },
    { column: 'petition_trees.chain', because: 'a hash' },
    { column: 'email_rules.domain', because: 'a mail domain' },
    { column: 'email_rules.alias_of', because: 'a mail domain' },
  ],
  owners: {
    petition_bursts: [],
    petition_versions: [{ column: 'petition_id', in: { table: 'petitions', key: 'id' } }],
    petition_decisions: [{ column: 'petition_id', in: { table: 'petitions', key: 'id' } }],
  },
};
