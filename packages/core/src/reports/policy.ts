/**
 * Who may do what with reports. Everyone sees what is public; a private report (somebody sleeping rough, an adult
 * in need) is known to its maker and to the staff of its organisation alone, and answers 404 to everybody else.
 */
import { anyone, either, looking, roles, type Subject, theirOwn, type Actor } from '../kit/policy.ts';

export type ReportSubject = Subject & { private: boolean; hidden: boolean; confirmed: boolean };

const staff = roles<ReportSubject>('officer', 'admin');
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
  seeReportQueue: roles('officer', 'councillor', 'admin'),
  seeReportAtDesk: looking(staff),
  changeReportState: staff,
  assignReport: staff,
  noteOnReport: staff,
  moveReport: staff,
  makeReportForSomeone: roles('officer', 'admin'),
} as const;
