import {
  ClaimRiskAssessed,
  type ClaimRiskAssessedPayload,
  CoverageVerified,
  type CoverageVerifiedPayload,
  DecideReferredClaim,
  type DecideReferredClaimPayload,
  EscalateClaim,
  EscalateReferral,
  FileClaim,
  type FileClaimPayload,
  PaymentRefused,
  PaymentSettled,
  ProvideClaimInformation,
  ReopenClaim,
  WithdrawClaim,
} from '@aika/contracts';
import { minutes, runOf } from '@aika/workflow';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimDecisionController } from './claim-decision.controller.js';
import { ClaimIntakeController } from './claim-intake.controller.js';
import { claimSettlement } from './claim-settlement.saga.js';
import { claimsAgent } from './claims.agent.js';
import { PaymentController } from './payments/payment.controller.js';

const ids = { customerId: 'cust-1', claimId: 'clm-1' };
const gbp = (amount: number) => ({ amount, currency: 'GBP' }) as const;
const notice: FileClaimPayload = {
  ...ids,
  policyId: 'pol-1',
  lossAt: '2026-06-14T17:20:00Z',
  cause: 'HAIL',
  estimatedLoss: gbp(50_000),
};
const covered: CoverageVerifiedPayload = {
  ...ids,
  policyId: 'pol-1',
  covered: true,
  reasons: [],
  limit: gbp(5_000_000),
  deductible: gbp(15_000),
};
const notCovered: CoverageVerifiedPayload = {
  ...covered,
  covered: false,
  reasons: [{ code: 'peril_not_covered', detail: 'Hail is not covered.' }],
};
const clean: ClaimRiskAssessedPayload = { ...ids, fraudPoints: 0, indicators: [] };
const reason = { code: 'account_closed', detail: 'The account is closed.' };

describe('the settlement of a claim', () => {
  const terms = { adjusterMs: minutes(60), managerMs: minutes(30), answerMs: minutes(600) };
  const settlement = claimSettlement(minutes(5), terms);
  const intake = new ClaimIntakeController(settlement);
  const decisions = new ClaimDecisionController(settlement);
  const payments = new PaymentController({ pay: () => Promise.reject(new Error('not asked')) }, settlement);
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(claimsAgent, ids.customerId);
  });

  const file = (payload = notice) => intake.fileClaim(payload, agent.context(FileClaim, payload));
  const answerCover = (payload = covered) =>
    decisions.coverageVerified(payload, agent.context(CoverageVerified, payload));
  const answerRisk = (payload = clean) =>
    decisions.riskAssessed(payload, agent.context(ClaimRiskAssessed, payload));
  const passDeadline = () => decisions.escalateClaim(ids, agent.context(EscalateClaim, ids));
  const decide = (
    decision: DecideReferredClaimPayload['decision'],
    by: Partial<DecideReferredClaimPayload> = {},
  ) => {
    const payload = {
      ...ids,
      decision,
      decidedBy: 'manager-7',
      reason: 'The expert confirms the loss.',
      ...by,
    };
    decisions.decideReferredClaim(payload, agent.context(DecideReferredClaim, payload));
  };
  const settle = (paymentId: string, amount = gbp(35_000)) => {
    const payload = { ...ids, paymentId, amount, providerReference: 'sandbox-1' };
    payments.settled(payload, agent.context(PaymentSettled, payload));
  };
  const refuse = (paymentId: string) => {
    const payload = { ...ids, paymentId, amount: gbp(35_000), reason };
    payments.refused(payload, agent.context(PaymentRefused, payload));
  };
  const withdraw = () => intake.withdrawClaim({ ...ids, reason: 'Mine.' }, agent.context(WithdrawClaim, ids));
  const reopen = () =>
    intake.reopenClaim({ ...ids, reason: 'More damage.' }, agent.context(ReopenClaim, ids));
  const stepNow = () => {
    const run = runOf(agent.context(FileClaim, notice), settlement, ids.claimId);
    return run?.status === 'running' ? run.step : run?.status;
  };
  const lossOf = (pounds: number) => {
    file({ ...notice, estimatedLoss: gbp(pounds * 100) });
    answerCover();
    answerRisk();
  };

  describe('from the notice to the assessments', () => {
    it('asks for cover and fraud at once, with a deadline for the answers', () => {
      file();
      expect(agent.takeEmitted()).toMatchObject([
        { type: 'CLAIM_FILED', payload: { ...ids, reportedAt: '2026-06-15T10:00:00Z' } },
        { type: 'VERIFY_COVERAGE', payload: { ...ids, policyId: 'pol-1', cause: 'HAIL' } },
        { type: 'ASSESS_CLAIM_RISK', payload: { ...ids, priorClaims: 0, sameLossClaims: 0 } },
      ]);
      expect([...agent.timers.values()]).toEqual([
        { type: 'ESCALATE_CLAIM', dueAt: '2026-06-15T10:05:00.000Z', payload: ids },
      ]);
    });

    it('names a claim without an id after the message', () => {
      file({ ...notice, claimId: undefined });
      expect(agent.takeEmitted()[0]).toMatchObject({ payload: { claimId: 'clm-1' } });
    });

    it("counts the customer's other claims for the fraud check", () => {
      file({ ...notice, claimId: 'clm-old', lossAt: '2026-01-03T00:00:00Z' });
      file({ ...notice, claimId: 'clm-twin', cause: 'THEFT' });
      agent.takeEmitted();
      file();
      expect(agent.takeEmitted()[2]).toMatchObject({ payload: { priorClaims: 1, sameLossClaims: 1 } });
    });

    it('refuses the same loss under another id and asks nobody', () => {
      file();
      agent.takeEmitted();
      file({ ...notice, claimId: 'clm-2' });
      expect(agent.takeEmitted()).toMatchObject([
        {
          type: 'COMMAND_REJECTED',
          payload: { code: 'duplicate_claim', commandType: 'FILE_CLAIM', commandId: 'msg-2' },
        },
      ]);
    });

    it('stays quiet when the same notice comes again', () => {
      file();
      agent.takeEmitted();
      file({ ...notice, reportedAt: '2026-06-15T10:00:00Z' });
      expect(agent.takeTypes()).toEqual([]);
    });

    it('ignores answers about claims that it does not know', () => {
      answerCover();
      answerRisk();
      expect(agent.takeTypes()).toEqual([]);
    });

    it('gives the claim to a person when an answer is overdue, and lets a late one inform them', () => {
      file();
      answerCover();
      agent.takeEmitted();
      passDeadline();
      expect(agent.takeEmitted()).toMatchObject([
        {
          type: 'CLAIM_REFERRED',
          payload: { payable: gbp(35_000), reasons: [{ code: 'assessment_overdue' }] },
        },
      ]);
      answerRisk({
        ...clean,
        fraudPoints: 20,
        indicators: [{ code: 'late_report', points: 20, detail: 'Late.' }],
      });
      expect(agent.takeEmitted()).toMatchObject([{ type: 'CLAIM_REFERRED', payload: { fraudPoints: 20 } }]);
    });

    it('ignores a deadline that fires after the decision', () => {
      lossOf(500);
      expect(agent.timers.size).toBe(0);
      agent.takeEmitted();
      passDeadline();
      expect(agent.takeTypes()).toEqual([]);
    });
  });

  describe('of a small claim', () => {
    beforeEach(() => lossOf(500));

    it('reserves, approves and asks for one payment', () => {
      expect(agent.takeTypes().slice(3)).toEqual(['CLAIM_RESERVED', 'CLAIM_APPROVED']);
      expect(agent.effects).toMatchObject([
        { name: 'pay-claim', request: { ...ids, paymentId: 'clm-1-pay-1', amount: gbp(35_000) } },
      ]);
    });

    it('closes the claim when the payment is settled', () => {
      agent.takeEmitted();
      settle('clm-1-pay-1');
      expect(agent.takeTypes()).toEqual(['CLAIM_PAID', 'CLAIM_CLOSED']);
      expect(stepNow()).toBe('completed');
    });

    it('takes a settlement once, and none that was not asked for', () => {
      settle('clm-1-pay-7');
      settle('clm-1-pay-1');
      agent.takeEmitted();
      settle('clm-1-pay-1');
      refuse('clm-1-pay-1');
      expect(agent.takeTypes()).toEqual([]);
    });

    it('stays quiet on repeated answers', () => {
      agent.takeEmitted();
      answerCover();
      answerRisk();
      expect(agent.takeTypes()).toEqual([]);
      expect(agent.effects).toHaveLength(1);
    });

    it('is not withdrawn any more', () => {
      agent.takeEmitted();
      withdraw();
      expect(agent.takeEmitted()).toMatchObject([{ payload: { code: 'payment_approved' } }]);
    });
  });

  describe('when the payment is refused', () => {
    beforeEach(() => {
      lossOf(500);
      agent.takeEmitted();
      refuse('clm-1-pay-1');
    });

    it('releases the reserve, then reopens the claim, with the reason of the provider', () => {
      expect(agent.takeEmitted()).toMatchObject([
        { type: 'RESERVE_RELEASED', payload: { released: gbp(35_000), reason } },
        { type: 'CLAIM_REOPENED', payload: { reason } },
      ]);
    });

    it('waits for a person, whose approval is a new payment', () => {
      agent.takeEmitted();
      expect([...agent.timers.values()]).toMatchObject([
        { type: 'ESCALATE_REFERRAL', dueAt: '2026-06-15T11:00:00Z' },
      ]);
      decide('APPROVE');
      expect(agent.takeTypes()).toEqual(['CLAIM_RESERVED', 'CLAIM_APPROVED']);
      expect(agent.effects.map(({ request }) => request)).toMatchObject([
        { paymentId: 'clm-1-pay-1' },
        { paymentId: 'clm-1-pay-2' },
      ]);
      settle('clm-1-pay-2');
      expect(agent.takeTypes()).toEqual(['CLAIM_PAID', 'CLAIM_CLOSED']);
    });

    it('undoes the second payment as it did the first', () => {
      decide('APPROVE');
      agent.takeEmitted();
      refuse('clm-1-pay-1');
      expect(agent.takeTypes()).toEqual([]);
      refuse('clm-1-pay-2');
      expect(agent.takeTypes()).toEqual(['RESERVE_RELEASED', 'CLAIM_REOPENED']);
    });
  });

  describe('of a claim outside cover', () => {
    it('denies and closes without waiting for the fraud score, and ignores it later', () => {
      file();
      agent.takeEmitted();
      answerCover(notCovered);
      expect(agent.takeTypes()).toEqual(['CLAIM_DENIED', 'CLAIM_CLOSED']);
      expect(agent.timers.size).toBe(0);
      answerRisk();
      expect(agent.takeTypes()).toEqual([]);
      expect(agent.effects).toEqual([]);
    });

    it('is decided by a person when it is reopened', () => {
      file();
      answerCover(notCovered);
      agent.takeEmitted();
      reopen();
      decide('APPROVE');
      expect(agent.takeTypes()).toEqual(['CLAIM_REOPENED', 'CLAIM_RESERVED', 'CLAIM_APPROVED']);
      expect(agent.effects).toHaveLength(1);
    });
  });

  describe('of a large claim', () => {
    beforeEach(() => lossOf(30_000));

    it('refers it, and pays nothing before a person decides', () => {
      expect(agent.takeTypes().slice(3)).toEqual(['CLAIM_RESERVED', 'CLAIM_REFERRED']);
      expect(agent.effects).toEqual([]);
    });

    it('pays when a person approves', () => {
      agent.takeEmitted();
      decide('APPROVE');
      expect(agent.takeTypes()).toEqual(['CLAIM_APPROVED']);
      expect(agent.effects).toMatchObject([{ request: { amount: gbp(2_985_000) } }]);
    });

    it('pays above the authority of one person when a manager has approved too', () => {
      const [adjuster, manager] = [
        { role: 'ADJUSTER', limits: [] },
        { role: 'MANAGER', limits: [] },
      ] as const;
      agent.takeEmitted();
      decide('APPROVE', { decidedBy: 'anna', authority: adjuster });
      decide('APPROVE', { decidedBy: 'bo', authority: adjuster });
      expect(agent.takeEmitted()).toMatchObject([
        { type: 'CLAIM_REFERRED', payload: { proposal: { proposedBy: 'anna', amount: gbp(2_985_000) } } },
        { type: 'COMMAND_REJECTED', payload: { code: 'second_approval_by_manager' } },
      ]);
      expect([agent.effects, stepNow()]).toEqual([[], 'wait for a person']);
      decide('APPROVE', { authority: manager });
      expect(agent.takeTypes()).toEqual(['CLAIM_APPROVED']);
      expect(agent.effects).toMatchObject([{ request: { amount: gbp(2_985_000) } }]);
    });

    it('frees the reserve when a person denies', () => {
      agent.takeEmitted();
      decide('DENY');
      expect(agent.takeTypes()).toEqual(['RESERVE_RELEASED', 'CLAIM_DENIED', 'CLAIM_CLOSED']);
      expect(stepNow()).toBe('completed');
    });

    it('refuses another decision after the first, and says nothing to the same one', () => {
      decide('DENY');
      agent.takeEmitted();
      decide('DENY');
      expect(agent.takeTypes()).toEqual([]);
      decide('APPROVE');
      expect(agent.takeEmitted()).toMatchObject([{ payload: { code: 'already_decided' } }]);
      expect(agent.effects).toEqual([]);
    });

    describe('on the desk', () => {
      const deadlines = () => [...agent.timers.values()].map(({ type, dueAt }) => `${type} ${dueAt}`);
      const passDesk = (dueAt: string) => {
        const payload = { ...ids, dueAt };
        const timer = agent.context(EscalateReferral, payload, { timestamp: dueAt });
        decisions.escalateReferral(payload, timer);
      };
      const answer = () => {
        const payload = { ...ids, providedBy: 'cust-1', text: 'It is.' };
        decisions.provideInformation(payload, agent.context(ProvideClaimInformation, payload));
      };
      beforeEach(() => void agent.takeEmitted());

      it('has a timer until somebody decides', () => {
        expect(deadlines()).toEqual(['ESCALATE_REFERRAL 2026-06-15T10:30:00Z']);
        decide('DENY');
        expect(deadlines()).toEqual([]);
      });

      it('tells with priority that nobody has decided, and waits no longer than anybody is above', () => {
        passDesk('2026-06-15T10:30:00Z');
        expect(agent.takeEmitted()).toMatchObject([
          { type: 'CLAIM_REFERRAL_ESCALATED', priority: 'HIGH', payload: { escalationLevel: 1 } },
        ]);
        expect([deadlines(), stepNow()]).toEqual([[], 'wait for a person']);
        decide('APPROVE');
        expect(agent.takeTypes()).toEqual(['CLAIM_APPROVED']);
      });

      it('waits for an answer, and for a person again when it has come', () => {
        decide('ASK', { question: 'Is it?' });
        expect(agent.takeTypes()).toEqual(['CLAIM_INFORMATION_REQUESTED']);
        expect([deadlines(), agent.effects]).toEqual([['ESCALATE_REFERRAL 2026-06-15T20:00:00Z'], []]);
        answer();
        expect(agent.takeTypes()).toEqual(['CLAIM_INFORMATION_PROVIDED']);
        expect(deadlines()).toEqual(['ESCALATE_REFERRAL 2026-06-15T10:30:00Z']);
      });

      it('pays the amount that a person changes it to', () => {
        decide('CHANGE', { amount: gbp(2_000_000) });
        expect(agent.takeTypes()).toEqual(['CLAIM_APPROVED']);
        expect(agent.effects).toMatchObject([{ request: { amount: gbp(2_000_000) } }]);
      });

      it('says nothing of a deadline that fires when somebody has just decided', () => {
        decide('DENY');
        agent.takeEmitted();
        passDesk('2026-06-15T10:30:00Z');
        expect(agent.takeTypes()).toEqual([]);
      });
    });

    it('ends when the customer withdraws', () => {
      agent.takeEmitted();
      withdraw();
      expect(agent.takeTypes()).toEqual(['CLAIM_WITHDRAWN', 'RESERVE_RELEASED', 'CLAIM_CLOSED']);
      expect(stepNow()).toBe('completed');
    });
  });

  it('refuses commands on a claim that does not exist', () => {
    decide('APPROVE');
    withdraw();
    reopen();
    expect(agent.takeEmitted()).toMatchObject([
      { payload: { code: 'claim_not_found', commandType: 'DECIDE_REFERRED_CLAIM' } },
      { payload: { code: 'claim_not_found', commandType: 'WITHDRAW_CLAIM' } },
      { payload: { code: 'claim_not_found', commandType: 'REOPEN_CLAIM' } },
    ]);
  });
});
