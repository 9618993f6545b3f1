import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BONUS_MALUS, bonusMalusCoefficient, bonusMalusHundredths, nextBonusMalus } from './bonus-malus.js';

const clean = { atFault: 0, partlyAtFault: 0 };

describe('the bonus-malus of the next year', () => {
  it('falls to 0.50 in thirteen clean years by the published table', () => {
    const years = [95, 90, 85, 80, 76, 72, 68, 64, 60, 57, 54, 51, 50, 50];
    let coefficient: number = BONUS_MALUS.start;
    for (const expected of years) {
      coefficient = nextBonusMalus(coefficient, clean);
      expect(coefficient).toBe(expected);
    }
  });

  it.each([
    [100, 1, 0, 125],
    [100, 2, 0, 156],
    [100, 3, 0, 195],
    [100, 0, 1, 112],
    [100, 1, 1, 140],
    [50, 1, 0, 62],
    [300, 1, 0, 350],
  ])('turns %i hundredths with %i at fault and %i partly into %i', (from, atFault, partlyAtFault, to) => {
    expect(nextBonusMalus(from, { atFault, partlyAtFault })).toBe(to);
  });

  it('stays within 0.50 and 3.50 and falls only in a clean year', () => {
    const coefficient = fc.integer({ min: BONUS_MALUS.best, max: BONUS_MALUS.worst });
    fc.assert(
      fc.property(coefficient, fc.nat(1_000_000), fc.nat(1_000_000), (from, atFault, partlyAtFault) => {
        const to = nextBonusMalus(from, { atFault, partlyAtFault });
        expect(to).toBeGreaterThanOrEqual(BONUS_MALUS.best);
        expect(to).toBeLessThanOrEqual(BONUS_MALUS.worst);
        if (atFault + partlyAtFault > 0) expect(to).toBeGreaterThanOrEqual(from);
        else expect(to).toBeLessThanOrEqual(from);
      }),
    );
  });

  it('reads and writes the coefficient of a message without loss', () => {
    for (let hundredths = 50; hundredths <= 350; hundredths += 1) {
      expect(bonusMalusHundredths(bonusMalusCoefficient(hundredths))).toBe(hundredths);
    }
  });
});
