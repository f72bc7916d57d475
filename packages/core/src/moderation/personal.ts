/** What people flagged, and what moderators decided. Decisions are public; notes and old wordings fade. */
import type { PersonalColumn, PersonalData } from '../kit/personal.ts';

const flagged: PersonalColumn['why'] = {
  en: 'So that moderators know what you told them',
  cy: 'Er mwyn i gymedrolwyr wybod beth ddywedoch chi wrthynt',
};
const decided: PersonalColumn['why'] = {
  en: 'So that a decision can be explained, and looked at again',
  cy: 'Er mwyn gallu egluro penderfyniad, ac edrych arno eto',
};
const decision = (name: string, days: number): PersonalColumn => ({
  column: `decisions.${name}`,
  why: decided,
  basis: 'legal_obligation',
  kept: { days, after: 'at' },
  export: false,
  erase: 'keep',
  fades: 'null',
});

export const moderationPersonal: PersonalData = {
  domain: 'moderation',
  holds: [
    {
      column: 'flags.detail',
      why: flagged,
      basis: 'public_task',
      kept: { days: 365, after: 'at' },
      export: true,
      erase: 'null',
    },
    {
      column: 'flags.topic',
      why: flagged,
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
    {
      column: 'flags.visitor',
      why: {
        en: 'So that one visitor flags a thing once',
        cy: 'Fel bod un ymwelydd yn fflagio peth unwaith',
      },
      basis: 'legitimate_interest',
      kept: { days: 90, after: 'at' },
      export: false,
      erase: 'null',
    },
    decision('before', 365),
    decision('private_note', 365),
    decision('appeal', 2190),
  ],
  not: [
    { column: 'flags.channel', because: 'how it reached us' },
    { column: 'flags.idempotency_key', because: 'a random key' },
    { column: 'flags.part', because: 'which part of the thing' },
    { column: 'flags.reason', because: 'a word of a short list' },
    { column: 'decisions.topic', because: 'which thing it is about' },
    { column: 'decisions.part', because: 'which part of the thing' },
    { column: 'decisions.decision', because: 'a word of a short list' },
    { column: 'decisions.reason', because: 'what the moderator tells everyone' },
    { column: 'decisions.lang', because: 'the language it is in' },
    { column: 'decisions.appeal_reason', because: 'what the second moderator tells everyone' },
  ],
  owners: { decisions: [] },
};
