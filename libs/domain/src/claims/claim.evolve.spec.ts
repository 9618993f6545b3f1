import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  approvedAutomatically,
  coverageVerified,
  filed,
  fraud,
  gbp,
  notCovered,
  paid,
  riskAssessed,
} from './claim.fixtures.js';

describe('the history of a claim', () => {
  it('keeps the first answer of each kind: the log may hold a second one that nothing followed from', () => {
    const first = fold(claimDecider, [filed(), coverageVerified(), riskAssessed()]);
    const second = [coverageVerified(notCovered()), riskAssessed(fraud(40))];
    expect(fold(claimDecider, second, first)).toEqual(first);
  });

  it('keeps the first notice', () => {
    const first = fold(claimDecider, [filed()]);
    expect(fold(claimDecider, [filed({ estimatedLoss: gbp(1) })], first)).toEqual(first);
  });

  it('begins with the notice', () => {
    expect(fold(claimDecider, approvedAutomatically.slice(1))).toEqual({ status: 'none' });
  });

  it('does not lead to a payment without reserve or approval', () => {
    expect(fold(claimDecider, [filed(), approved(gbp(1), 'anna')]).status).toBe('filed');
    expect(fold(claimDecider, [filed(), paid(gbp(1))]).status).toBe('filed');
  });
});
