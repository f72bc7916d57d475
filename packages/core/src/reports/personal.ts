/** The personal data of reports: what people told us, where, and who said what of it. */
import { type PersonalColumn, type PersonalData, publicRecord } from '../kit/personal.ts';

type Why = PersonalColumn['why'];
const mend: Why = {
  en: 'To know what is broken, where, and to have it mended',
  cy: 'I wybod beth sydd wedi torri, ymhle, ac i’w drwsio',
};
const said: Why = {
  en: 'To show everybody what people say about a report',
  cy: 'I ddangos i bawb beth mae pobl yn ei ddweud am adroddiad',
};
const really: Why = {
  en: 'To know whether it is really fixed, and whether it served you',
  cy: 'I wybod a yw wedi’i drwsio go iawn, ac a fu o les i chi',
};
const draft: Why = {
  en: 'So that you lose nothing when you leave a report half written',
  cy: 'Fel na chollwch ddim wrth adael adroddiad ar ei hanner',
};
const once: Why = {
  en: 'So that pressing “Me too” twice counts once',
  cy: 'Fel bod pwyso “Fi hefyd” ddwywaith yn cyfrif unwaith',
};

/** What staff tell each other and undo: for the work, and for a while. */
const work = (column: string, erase: PersonalColumn['erase']): PersonalColumn => ({
  column,
  why: {
    en: 'So that whoever takes the work over knows what was done',
    cy: 'Er mwyn i bwy bynnag sy’n cymryd y gwaith wybod beth a wnaed',
  },
  basis: 'public_task',
  kept: { days: 730, after: 'at' },
  // it may speak of others, too; the data protection officer reads it before it is given out
  export: false,
  erase,
  fades: 'delete_row',
});

export const reportsPersonal: PersonalData = {
  domain: 'reports',
  holds: [
    work('report_notes.text', 'delete_row'),
    work('report_changes.what', 'keep'),
    work('report_changes.before', 'keep'),
    work('report_changes.after', 'keep'),
    work('report_questions.text', 'keep'),
    work('report_questions.answer', 'keep'),
    {
      column: 'report_drafts.data',
      why: draft,
      basis: 'consent',
      kept: { days: 30, after: 'updated_at' },
      export: true,
      erase: 'delete_row',
    },
    {
      column: 'report_drafts.photos',
      why: draft,
      basis: 'consent',
      kept: { days: 30, after: 'updated_at' },
      export: true,
      erase: 'delete_row',
    },
    {
      column: 'report_drafts.visitor',
      why: draft,
      basis: 'consent',
      kept: { days: 30, after: 'updated_at' },
      export: false,
      erase: 'delete_row',
    },
    {
      column: 'report_supports.visitor',
      why: once,
      basis: 'legitimate_interest',
      kept: 'permanent',
      export: false,
      erase: 'keep',
    },
    {
      column: 'report_verdicts.text',
      why: really,
      basis: 'public_task',
      kept: 'with_account',
      export: true,
      erase: 'null',
    },
    {
      column: 'report_updates.text',
      why: said,
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: 'null',
    },
    {
      column: 'report_updates.show_name',
      why: {
        en: 'To show your name only where you want it',
        cy: 'I ddangos eich enw dim ond lle rydych chi am',
      },
      basis: 'consent',
      kept: 'with_account',
      export: true,
      erase: { set: 'false' },
    },
    publicRecord('report_versions.title', mend),
    publicRecord('report_versions.detail', mend),
    publicRecord('reports.title', mend),
    publicRecord('reports.detail', mend),
    publicRecord('reports.answers', mend),
    publicRecord('reports.place', mend),
    publicRecord('reports.lon', mend),
    publicRecord('reports.lat', mend),
    {
      column: 'reports.show_name',
      why: {
        en: 'To show your name only where you want it',
        cy: 'I ddangos eich enw dim ond lle rydych chi am',
      },
      basis: 'consent',
      kept: 'with_account',
      export: true,
      erase: { set: 'false' },
    },
    {
      column: 'report_photos.hash',
      why: {
        en: 'To show the crew what they will find; place and camera are taken out of the photo',
        cy: 'I ddangos i’r criw beth fydd yno; tynnir lleoliad a chamera o’r llun',
      },
      basis: 'public_task',
      kept: 'permanent',
      export: true,
      erase: 'keep',
    },
  ],
  not: [
    { column: 'report_categories.code', because: 'a kind of report' },
    { column: 'report_categories.group', because: 'a kind of report' },
    { column: 'report_categories.name', because: 'a kind of report' },
    { column: 'report_categories.hint', because: 'a kind of report' },
    { column: 'report_categories.questions', because: 'what is asked, not what is answered' },
    { column: 'report_categories.stopper', because: 'what the council tells everyone' },
    { column: 'report_photos.alt', because: 'what the council says a photo shows' },
    { column: 'report_templates.name', because: 'ready words of the council' },
    { column: 'report_templates.text', because: 'ready words of the council' },
    { column: 'report_templates.group', because: 'a kind of report' },
    { column: 'report_templates.command', because: 'what staff do' },
    { column: 'reports.channel', because: 'web, phone, counter' },
    { column: 'reports.idempotency_key', because: 'a random key' },
    { column: 'reports.lang', because: 'one of two languages' },
    { column: 'reports.state', because: 'a word of a short list' },
    { column: 'reports.assigned_team', because: 'a team, not a person' },
    { column: 'reports.search', because: 'made from title, place and detail' },
    { column: 'report_updates.channel', because: 'web, phone, counter' },
    { column: 'report_updates.idempotency_key', because: 'a random key' },
    { column: 'report_updates.kind', because: 'a word of a short list' },
    { column: 'report_updates.state_from', because: 'a word of a short list' },
    { column: 'report_updates.state_to', because: 'a word of a short list' },
    { column: 'report_updates.lang', because: 'one of two languages' },
    { column: 'report_supports.channel', because: 'web, phone, counter' },
    { column: 'report_supports.idempotency_key', because: 'a random key' },
    { column: 'report_questions.lang', because: 'one of two languages' },
    { column: 'report_questions.answer_lang', because: 'one of two languages' },
    { column: 'report_verdicts.channel', because: 'web, phone, counter' },
    { column: 'report_verdicts.idempotency_key', because: 'a random key' },
    { column: 'report_verdicts.lang', because: 'one of two languages' },
  ],
  owners: {
    report_notes: [{ column: 'report_id', in: { table: 'reports', key: 'id' } }],
    report_questions: [{ column: 'report_id', in: { table: 'reports', key: 'id' } }],
    report_changes: [{ column: 'report_id', in: { table: 'reports', key: 'id' } }],
    report_versions: [{ column: 'report_id', in: { table: 'reports', key: 'id' } }],
    report_photos: [{ column: 'report_id', in: { table: 'reports', key: 'id' } }],
  },
};
