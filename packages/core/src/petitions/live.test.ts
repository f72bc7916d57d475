import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToPetition, type PetitionMoving } from './live.ts';

const view: PetitionMoving = {
  id: 7,
  state: 'open',
  response: 'none',
  debate: 'none',
  signatures: 10,
  stale: false,
};

describe('A petition that somebody looks at', () => {
  it('counts up whatever order the messages come in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), (totals) => {
        const after = totals.reduce(
          (seen, total) =>
            applyToPetition(seen, {
              type: 'petition.signed',
              data: { petition: 7, total, online: total, paper: 0 },
            }),
          view,
        );
        expect(after.signatures).toBe(Math.max(10, ...totals));
      }),
    );
  });
  it('falls only when it is counted again', () => {
    const data = { petition: 7, total: 4, online: 4, paper: 0 };
    expect(applyToPetition(view, { type: 'petition.recounted', data }).signatures).toBe(4);
  });
  it('takes up its new state, and asks for the words that came with it', () => {
    const data = { petition: 7, from: 'open', to: 'closed' } as const;
    expect(applyToPetition(view, { type: 'petition.state_changed', data })).toMatchObject({
      state: 'closed',
      stale: true,
    });
  });
  it('does not move when another one is signed', () => {
    const data = { petition: 8, total: 99, online: 99, paper: 0 };
    expect(applyToPetition(view, { type: 'petition.signed', data })).toBe(view);
  });
});
