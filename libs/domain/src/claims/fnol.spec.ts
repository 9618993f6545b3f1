import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import { command, filed, gbp, notice, now } from './claim.fixtures.js';
import type { ClaimSummary } from './claim-history.js';
import { claimIdOf } from './fnol.js';

const claim = specify(claimDecider);
const file = (data: Record<string, unknown> = {}, openClaims: ClaimSummary[] = []) =>
  command('FILE_CLAIM', { ...notice, ...data }, { openClaims });

describe('FILE_CLAIM', () => {
  it('files the claim with the time of the message and the policyholder as defaults', () => {
    claim.when(file()).then(filed({ reportedAt: now, reporter: 'policyholder' }));
  });

  it('keeps the stated time of report and reporter, and leaves free text out of the event', () => {
    const stated = { reportedAt: '2026-03-02T09:00:00Z', reporter: 'garage' };
    claim.when(file({ ...stated, description: 'Anna hit my car.' })).then(filed(stated));
  });

  it('derives the claim id from the message when the sender names none', () => {
    const anonymous = file({ claimId: undefined });
    expect(claimIdOf(anonymous)).toBe('clm-1');
    claim.when(anonymous).then(filed({ claimId: 'clm-1' }));
  });

  it('refuses a loss that is later than the message or than its report', () => {
    claim.when(file({ lossAt: '2026-03-02T12:00:01Z' })).thenRejected('loss_in_future');
    claim.when(file({ reportedAt: '2026-03-01T07:00:00Z' })).thenRejected('loss_in_future');
  });

  it('takes a loss at the very moment of its report', () => {
    claim.when(file({ lossAt: now })).then(filed({ lossAt: now }));
  });

  it('refuses a report from the future, beyond what clocks differ', () => {
    claim.when(file({ reportedAt: '2026-03-02T12:05:01Z' })).thenRejected('report_in_future');
    const slightlyAhead = '2026-03-02T12:05:00Z';
    claim.when(file({ reportedAt: slightlyAhead })).then(filed({ reportedAt: slightlyAhead }));
  });

  it.each([0, -1])('refuses an estimated loss of %i', (amount) => {
    const estimatedLoss = { amount, currency: 'GBP' as const };
    claim.when(file({ estimatedLoss })).thenRejected('estimated_loss_not_positive');
  });

  it('refuses a claim id that leaves no room for the ids of its payments', () => {
    claim.when(file({ claimId: 'c'.repeat(95) })).thenRejected('claim_id_too_long');
  });

  it('stays quiet on the same notice under a new message', () => {
    claim
      .given(filed())
      .when(command('FILE_CLAIM', notice, { id: 'msg-2', at: '2026-03-02T13:00:00Z' }))
      .thenNothing();
  });

  it('refuses other content under the id of a claim', () => {
    claim
      .given(filed())
      .when(file({ estimatedLoss: gbp(999) }))
      .thenRejected('claim_id_taken');
    claim
      .given(filed())
      .when(file({ reportedAt: '2026-03-01T09:00:00Z' }))
      .thenRejected('claim_id_taken');
  });
});

describe('FILE_CLAIM, duplicate check', () => {
  const known: ClaimSummary = {
    claimId: 'clm-0',
    policyId: 'pol-1',
    lossAt: '2026-03-01T21:00:00Z',
    cause: 'COLLISION',
    reporter: 'policyholder',
  };

  it('refuses the same policy, loss date, cause and reporter, and names the other claim', () => {
    const { events } = claim.when(file({}, [known])).outcome();
    expect(events).toEqual([
      expect.objectContaining({
        type: 'COMMAND_REJECTED',
        data: expect.objectContaining({
          code: 'duplicate_claim',
          entityId: 'clm-1',
          detail: expect.stringContaining('clm-0'),
        }),
      }),
    ]);
  });

  it.each([
    ['policy', { policyId: 'pol-2' }],
    ['loss date', { lossAt: '2026-02-28T21:00:00Z' }],
    ['cause', { cause: 'THEFT' }],
    ['reporter', { reporter: 'garage' }],
  ] as const)('takes a claim with another %s', (_name, difference) => {
    claim.when(file({}, [{ ...known, ...difference }])).then(filed());
  });

  it('refuses a loss that was denied before, but takes one that was withdrawn', () => {
    claim.when(file({}, [{ ...known, outcome: 'DENIED' }])).thenRejected('duplicate_claim');
    claim.when(file({}, [{ ...known, outcome: 'WITHDRAWN' }])).then(filed());
  });
});
