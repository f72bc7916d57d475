import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storable } from '@folkmoot/api/kit/storable';

describe('What comes from outside', () => {
  it.each([
    ['Grace \u0000Okafor', 'Grace Okafor'],
    ['hole \ud83d here', 'hole \ufffd here'],
    [{ 'a\u0000b': ['\u0000', { c: '\udc00' }] }, { ab: ['', { c: '\ufffd' }] }],
    [null, null],
    [7, 7],
  ])('%j can be kept as %j', (given, kept) => expect(storable(given)).toEqual(kept));

  it('stays as it is where it can be kept already', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(storable(value)).toEqual(value);
      }),
    );
  });

  it('is cut off where it is deeper than any form', () => {
    const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown;
    expect(JSON.stringify(storable(deep)).length).toBeLessThan(100);
  });
});
