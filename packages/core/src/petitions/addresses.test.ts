import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBy, type EmailRule } from './addresses.ts';

const rules = new Map<string, EmailRule>([
  ['gmail.com', { domain: 'gmail.com', aliasOf: null, stripsDots: true, stripsTag: true }],
  ['googlemail.com', { domain: 'googlemail.com', aliasOf: 'gmail.com', stripsDots: false, stripsTag: false }],
  ['plus.example', { domain: 'plus.example', aliasOf: null, stripsDots: false, stripsTag: false }],
]);

describe('An address', () => {
  it.each([
    ['Grace.Okafor+bus@GoogleMail.com', 'graceokafor@gmail.com'],
    ['grace.okafor@gmail.com', 'graceokafor@gmail.com'],
    [' Mair.Pritchard+petitions@example.org ', 'mair.pritchard@example.org'],
    ['mair+one@plus.example', 'mair+one@plus.example'],
    ['+tag@example.org', '+tag@example.org'],
    ['...@gmail.com', '...@gmail.com'],
  ])('%s is compared as %s', (typed, canonical) => expect(canonicalBy(rules, typed)).toBe(canonical));

  it('is compared the same however it is written, and comparing again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.emailAddress(),
        fc.constantFrom('', '+a', '+bus', '+x+y'),
        fc.boolean(),
        (address, tag, loud) => {
          const [local = '', domain = ''] = address.split('@');
          const typed = `${local}${tag}@${domain}`;
          const once = canonicalBy(rules, loud ? typed.toUpperCase() : typed);
          expect(once).toBe(canonicalBy(rules, address));
          expect(canonicalBy(rules, once)).toBe(once);
        },
      ),
    );
  });
});
