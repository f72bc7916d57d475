/**
 * Who may do what with reports. Everyone sees what is public; a private report (somebody sleeping rough, an adult
 * in need) is known to its maker and to the staff of its organisation alone, and answers 404 to everybody else.
 */
import { type Actor, anyone, either, looking, roles, type Subject, theirOwn } from '../kit/policy.ts';
import type { Role } from '../people/roles.ts';

export type ReportSubject = Subject & { private: boolean; hidden: boolean; confirmed: boolean };

type Row = {
  organisationId: string;
  wardId: string | null;
  categoryId: string | null;
  personId: string | null;
  private: boolean;
  hiddenAt: Date | null;
  confirmedAt: Date | null;
};
/** What the lines below ask of a report, from its row. */
export const reportSubject = (row: Row) => ({
  organisation: row.organisationId,
  area: row.wardId,
  category: row.categoryId,
  person: row.personId,
  private: row.private,
  hidden: row.hiddenAt !== null,
  confirmed: row.confirmedAt !== null,
});

const staff = roles<ReportSubject>('officer', 'admin');
/** A role in the organisation, also one that is limited to an area or a category: the desk then shows only that. */
const holds =
  (...names: Role[]) =>
  (actor: Actor, { organisation }: Subject): boolean =>
    actor.strong &&
    actor.grants.some((grant) => names.includes(grant.role) && grant.organisation === organisation);
const open = (_: Actor, report: ReportSubject) => report.confirmed && !report.private && !report.hidden;

export const reportPolicy = {
  makeReport: anyone,
  seeReport: either<ReportSubject>(
    open,
    theirOwn,
    staff,
    (actor, report) =>
      report.confirmed && !report.private && roles<ReportSubject>('moderator')(actor, report),
  ),
  supportReport: open,
  commentOnReport: either<ReportSubject>(open, theirOwn, staff),
  sayWhetherFixed: either<ReportSubject>(open, theirOwn),
  editReport: theirOwn,
  withdrawReport: theirOwn,
  seeReportQueue: holds('officer', 'councillor', 'admin'),
  /** what is private or said among staff is announced to these only */
  watchDesk: holds('officer', 'admin'),
  changeAtDesk: holds('officer', 'admin'),
  seeReportAtDesk: either<ReportSubject>(
    staff,
    (actor, report) => !report.private && roles<ReportSubject>('councillor')(actor, report),
  ),
  /** a councillor, of what lies in their ward */
  askOfficer: (actor: Actor, report: ReportSubject): boolean =>
    report.confirmed && !report.private && roles<ReportSubject>('councillor')(actor, report),
  seePrivateReport: looking(staff),
  seeReporter: looking(staff),
  changeReportState: staff,
  answerReport: staff,
  assignReport: staff,
  noteOnReport: staff,
  moveReport: staff,
  makeReportForSomeone: holds('officer', 'admin'),
  editTemplates: holds('admin'),
  /** `place`: the organisation whose site this is; its administrators look after what any other takes, too */
  editCategories: either<Subject & { place: string | null }>(roles('admin'), (actor, { place }) =>
    roles('admin')(actor, { organisation: place ?? '' }),
  ),
} as const;
