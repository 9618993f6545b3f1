import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { claimDecider } from './claim.decider.js';
import { closed, filed, paidAndClosed } from './claim.fixtures.js';
import { claimHistory, claimSummary, type ClaimSummary } from './claim-history.js';

const claim = { claimId: 'clm-1', policyId: 'pol-1', lossAt: '2026-03-01T08:00:00Z' };
const other = (claimId: string, more: Partial<ClaimSummary> = {}): ClaimSummary => ({
  claimId,
  policyId: 'pol-1',
  lossAt: '2025-07-01T00:00:00Z',
  cause: 'COLLISION',
  reporter: 'policyholder',
  ...more,
});

describe('claim history', () => {
  it('counts the claims on other losses as prior claims, open or closed', () => {
    const others = [other('clm-2'), other('clm-3', { outcome: 'PAID', policyId: 'pol-2' })];
    expect(claimHistory(claim, others)).toEqual({ priorClaims: 2, sameLossClaims: 0 });
  });

  it('counts another cause or reporter on the same policy and day as the same loss', () => {
    const others = [
      other('clm-2', { lossAt: '2026-03-01T23:59:59Z', cause: 'HAIL' }),
      other('clm-3', { lossAt: '2026-03-01T00:00:00Z', reporter: 'garage' }),
      other('clm-4', { lossAt: '2026-03-02T00:00:00Z' }),
      other('clm-5', { lossAt: '2026-03-01T08:00:00Z', policyId: 'pol-2' }),
    ];
    expect(claimHistory(claim, others)).toEqual({ priorClaims: 2, sameLossClaims: 2 });
  });

  it('leaves out the claim itself and withdrawn claims', () => {
    const others = [other('clm-1'), other('clm-2', { outcome: 'WITHDRAWN' })];
    expect(claimHistory(claim, others)).toEqual({ priorClaims: 0, sameLossClaims: 0 });
  });
});

describe('claim summary', () => {
  it('has the outcome once the claim is closed', () => {
    const summary = { ...claim, cause: 'COLLISION', reporter: 'policyholder' };
    expect(claimSummary(fold(claimDecider, [filed()]))).toEqual(summary);
    expect(claimSummary(fold(claimDecider, paidAndClosed))).toEqual({ ...summary, outcome: 'PAID' });
    expect(claimSummary(fold(claimDecider, [filed(), closed('WITHDRAWN')]))?.outcome).toBe('WITHDRAWN');
  });

  it('is absent for a claim that was never filed', () => {
    expect(claimSummary(claimDecider.initialState)).toBeUndefined();
  });
});
