import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToReport, type ReportMessage, type ReportMoving } from './live.ts';
import { LOOK_OF, REPORT_STATES } from './plain.ts';

const view: ReportMoving = { id: 12, state: 'new', look: 'new', supports: 34, stale: false };

describe('A live message on the page of a report', () => {
  it('changes state and look at once and fetches the words', () => {
    const after = applyToReport(view, {
      type: 'report.state_changed',
      data: { report: 12, from: 'new', to: 'in_progress' },
    });
    expect(after).toEqual({ ...view, state: 'in_progress', look: 'fix', stale: true });
  });

  it('counts up and never down, since messages may overtake each other', () => {
    const up = applyToReport(view, { type: 'report.supported', data: { report: 12, supports: 36 } });
    expect(up).toEqual({ ...view, supports: 36 });
    expect(applyToReport(up, { type: 'report.supported', data: { report: 12, supports: 35 } })).toEqual(up);
  });

  it('fetches again where the message cannot carry what is new', () => {
    const said: ReportMessage[] = [
      { type: 'report.commented', data: { report: 12, update: 1 } },
      { type: 'report.verdict', data: { report: 12, saidFixed: 1, saidNotFixed: 0 } },
      { type: 'report.edited', data: { report: 12 } },
      { type: 'report.hidden', data: { report: 12 } },
    ];
    for (const message of said) expect(applyToReport(view, message)).toEqual({ ...view, stale: true });
  });

  it('leaves other reports alone, whatever they are told', () => {
    const state = fc.constantFrom(...REPORT_STATES);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), state, state, (report, from, to) => {
        const after = applyToReport(view, { type: 'report.state_changed', data: { report, from, to } });
        if (report !== view.id) expect(after).toBe(view);
        else expect(after.look).toBe(LOOK_OF[to]);
      }),
    );
  });

  it('comes to the same number of supports in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1 }), (totals) => {
        const after = totals.reduce(
          (seen, supports) =>
            applyToReport(seen, { type: 'report.supported', data: { report: 12, supports } }),
          view,
        );
        expect(after.supports).toBe(Math.max(view.supports, ...totals));
      }),
    );
  });
});
