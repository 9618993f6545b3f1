import { describe, expect, it } from '@jest/globals';
import { authorityFor } from './authority.js';
import { dkk, gbp } from './claim.fixtures.js';

describe('authority', () => {
  it.each([
    ['at the automatic limit', gbp(2500), 'AUTOMATIC'],
    ['one penny above the automatic limit', gbp(2500.01), 'ADJUSTER'],
    ["at the adjuster's limit", gbp(25_000), 'ADJUSTER'],
    ["one penny above the adjuster's limit", gbp(25_000.01), 'MANAGER'],
    ['at the automatic limit in kroner', dkk(20_000), 'AUTOMATIC'],
    ["at the adjuster's limit in kroner", dkk(1_000_000), 'ADJUSTER'],
    ["one øre above the adjuster's limit in kroner", dkk(1_000_000.01), 'MANAGER'],
  ] as const)('%s', (_name, payable, expected) => {
    expect(authorityFor(payable, 0)).toBe(expected);
  });

  it('needs a person for any fraud point, whatever the amount', () => {
    expect(authorityFor(gbp(1), 1)).toBe('ADJUSTER');
    expect(authorityFor(gbp(30_000), 1)).toBe('MANAGER');
  });
});
