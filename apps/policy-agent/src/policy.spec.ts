import {
  AcceptQuote,
  AskCoverageQuestion,
  CancelPolicy,
  EndorsePolicy,
  LapsePolicy,
  ReinstatePolicy,
  RenewPolicy,
  RiskAssessmentCompleted,
  VerifyCoverage,
} from '@aika/contracts';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CoverageController } from './coverage.controller.js';
import { policyAgent } from './policy.agent.js';
import { PolicyController } from './policy.controller.js';
import { QuoteController } from './quote.controller.js';

const customerId = 'cust-1';
const policyId = 'pol-1';
const boundAt = '2026-06-15T10:00:00Z';
const assessment = {
  customerId,
  riskScore: 20,
  riskFactors: [],
  recommendations: [],
  assessmentId: 'asm-1',
  purpose: 'QUOTE',
  product: 'MOTOR',
  motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
} as const;

describe('a policy in force', () => {
  const policies = new PolicyController();
  const coverage = new CoverageController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(policyAgent, customerId);
    const quotes = new QuoteController();
    const quoted = agent.context(RiskAssessmentCompleted, assessment, { timestamp: boundAt });
    quotes.quoteAssessment(assessment, quoted);
    const acceptance = { customerId, quoteId: 'quo-1' };
    quotes.acceptQuote(acceptance, agent.context(AcceptQuote, acceptance, { timestamp: boundAt }));
    agent.takeEmitted();
  });

  const on = (timestamp: string) => ({ timestamp });

  it('is endorsed', () => {
    const change = {
      customerId,
      policyId,
      effectiveAt: '2026-08-01T00:00:00Z',
      cover: { deductible: { amount: 10_000, currency: 'GBP' } },
    } as const;
    policies.endorse(change, agent.context(EndorsePolicy, change, on('2026-07-20T00:00:00Z')));
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'POLICY_ENDORSED', payload: { policyId, version: 2, coverIncreased: true } },
    ]);
  });

  it('is renewed', () => {
    const renewal = { customerId, policyId };
    policies.renew(renewal, agent.context(RenewPolicy, renewal, on('2027-06-01T00:00:00Z')));
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'POLICY_RENEWED', payload: { effectiveFrom: '2027-06-15T10:00:00Z' } },
    ]);
  });

  it('is cancelled and put in force again', () => {
    const effectiveAt = '2026-09-01T00:00:00Z';
    const cancellation = {
      customerId,
      policyId,
      effectiveAt,
      initiator: 'INSURED',
      reason: 'The car was sold.',
    } as const;
    policies.cancel(cancellation, agent.context(CancelPolicy, cancellation, on(effectiveAt)));
    const order = { customerId, policyId, effectiveAt, reason: 'The sale fell through.' };
    policies.reinstate(order, agent.context(ReinstatePolicy, order, on(effectiveAt)));
    expect(agent.takeTypes()).toEqual(['POLICY_CANCELLED', 'POLICY_REINSTATED']);
  });

  it('lapses', () => {
    const lapse = { customerId, policyId, effectiveAt: '2026-09-01T00:00:00Z', reason: 'Unpaid.' };
    policies.lapse(lapse, agent.context(LapsePolicy, lapse, on(lapse.effectiveAt)));
    expect(agent.takeTypes()).toEqual(['POLICY_LAPSED']);
  });

  it('answers what it covers', () => {
    const question = { customerId, policyId, peril: 'HAIL' } as const;
    coverage.answerCustomer(question, agent.context(AskCoverageQuestion, question, on(boundAt)));
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'COVERAGE_QUESTION_ANSWERED', payload: { covered: true, at: boundAt } },
    ]);
  });

  it.each([
    ['covers', policyId, true],
    ['does not exist', 'pol-2', false],
  ])('answers the claims agent about a policy that %s', (_what, asked, covered) => {
    const question = {
      customerId,
      claimId: 'clm-1',
      policyId: asked,
      cause: 'HAIL',
      lossAt: '2026-06-20T00:00:00Z',
    } as const;
    coverage.verifyForClaim(question, agent.context(VerifyCoverage, question));
    expect(agent.takeEmitted()).toMatchObject([{ type: 'COVERAGE_VERIFIED', payload: { covered } }]);
  });

  it('refuses an order on a policy that does not exist', () => {
    const renewal = { customerId, policyId: 'pol-2' };
    policies.renew(renewal, agent.context(RenewPolicy, renewal));
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'COMMAND_REJECTED',
        payload: { code: 'policy_not_found', commandType: 'RENEW_POLICY', commandId: expect.any(String) },
      },
    ]);
  });
});
