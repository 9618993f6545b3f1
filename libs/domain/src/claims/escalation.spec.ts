import { describe, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approvedAutomatically,
  closed,
  command,
  coverageVerified,
  covered,
  denied,
  filed,
  fraud,
  gbp,
  ids,
  notCovered,
  paidAndClosed,
  reopenedAfterRefusal,
  riskAssessed,
} from './claim.fixtures.js';

const claim = specify(claimDecider);
const recordCoverage = (data = covered()) => command('RECORD_COVERAGE', data);
const recordFraud = () => command('RECORD_FRAUD_ASSESSMENT', fraud());

describe('ESCALATE_CLAIM', () => {
  const escalate = command('ESCALATE_CLAIM', {});
  const overdue = (detail: string) => ({ code: 'assessment_overdue', detail });
  const referral = (payable = gbp(1000), ...reasons: { code: string; detail: string }[]) =>
    ({
      type: 'CLAIM_REFERRED',
      data: { ...ids, payable, fraudPoints: 0, requiredAuthority: 'ADJUSTER', reasons },
    }) as const;
  const bothMissing = referral(
    gbp(1000),
    overdue('No answer in time from the coverage check and the risk assessment.'),
  );

  it('refers a claim without answers on its estimate', () => {
    claim.given(filed()).when(escalate).then(bothMissing);
  });

  it('refers on what is payable when only the risk assessment is missing', () => {
    const reason = overdue('No answer in time from the risk assessment.');
    claim
      .given(filed(), coverageVerified())
      .when(escalate)
      .then(referral(gbp(750), reason));
  });

  it('stays quiet once anything was decided', () => {
    for (const history of [
      [filed(), bothMissing],
      approvedAutomatically,
      paidAndClosed,
      reopenedAfterRefusal,
    ]) {
      claim
        .given(...history)
        .when(escalate)
        .thenNothing();
    }
  });

  it('is refused for a claim that was never filed', () => {
    claim.when(escalate).thenRejected('claim_not_found');
  });

  it('leaves the claim with the person when a late answer comes, and corrects the payable', () => {
    const reason = overdue('No answer in time from the risk assessment.');
    claim
      .given(filed(), bothMissing)
      .when(recordCoverage())
      .then(coverageVerified(), referral(gbp(750), reason));
  });

  it('lets a late answer change nothing when its numbers are the same', () => {
    claim.given(filed(), bothMissing).when(recordFraud()).then(riskAssessed());
  });

  it('still denies when a late answer says that the loss is not covered', () => {
    const reason = { code: 'policy_lapsed', detail: 'The policy had lapsed.' };
    claim
      .given(filed(), bothMissing)
      .when(recordCoverage(notCovered(reason)))
      .then(coverageVerified(notCovered(reason)), denied('AUTOMATIC', reason), closed('DENIED'));
  });
});
