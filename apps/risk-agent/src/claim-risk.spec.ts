import {
  AssessClaimRisk,
  PolicyBound,
  PolicyEndorsed,
  RecheckClaimRisk,
  type RecheckClaimRiskPayload,
} from '@aika/contracts';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimRiskController } from './claim-risk.controller.js';
import { PolicyFactsController } from './policy-facts.controller.js';
import { riskAgent } from './risk.agent.js';

const customerId = 'cust-1';
const policyId = 'pol-1';
const question = {
  ...AssessClaimRisk.example,
  customerId,
  policyId,
  claimId: 'clm-1',
  lossAt: '2026-06-10T00:00:00Z',
  reportedAt: '2026-06-12T00:00:00Z',
  priorClaims: 0,
  sameLossClaims: 0,
};
const bound = { ...PolicyBound.example, customerId, policyId, effectiveFrom: '2026-06-01T00:00:00Z' };
const answer = { customerId, claimId: 'clm-1' };
const timerId = 'recheck-claim-risk/clm-1';

describe('the fraud assessment of a claim', () => {
  const claims = new ClaimRiskController();
  const policies = new PolicyFactsController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(riskAgent, customerId);
  });

  const ask = (asked = question) => claims.assessClaim(asked, agent.context(AssessClaimRisk, asked));
  const bind = () => policies.policyBound(bound, agent.context(PolicyBound, bound));
  const fireTimer = () => {
    const timer = agent.timers.get(timerId);
    if (!timer) throw new Error('no timer runs');
    const payload = timer.payload as RecheckClaimRiskPayload;
    claims.recheckClaim(payload, agent.context(RecheckClaimRisk, payload, { timestamp: timer.dueAt }));
  };

  it('is answered at once when the policy is known', () => {
    bind();
    ask();
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'CLAIM_RISK_ASSESSED',
        payload: { ...answer, fraudPoints: 20, indicators: [{ code: 'loss_soon_after_inception' }] },
      },
    ]);
    expect(agent.timers.size).toBe(0);
  });

  it('knows of an increase of cover', () => {
    bind();
    const endorsed = {
      ...PolicyEndorsed.example,
      customerId,
      policyId,
      effectiveAt: '2026-07-01T00:00:00Z',
      coverIncreased: true,
    };
    policies.policyEndorsed(endorsed, agent.context(PolicyEndorsed, endorsed));
    ask({ ...question, lossAt: '2026-07-05T00:00:00Z', reportedAt: '2026-07-05T00:00:00Z' });
    expect(agent.takeEmitted()).toMatchObject([
      { payload: { indicators: [{ code: 'loss_soon_after_cover_increase' }] } },
    ]);
  });

  it('waits for a policy that is not known yet and is answered when it is bound', () => {
    ask();
    expect(agent.takeTypes()).toEqual([]);
    expect(agent.timers.get(timerId)).toMatchObject({ type: 'RECHECK_CLAIM_RISK', payload: { attempt: 1 } });
    bind();
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'CLAIM_RISK_ASSESSED', payload: { ...answer, fraudPoints: 20 } },
    ]);
    expect(agent.timers.size).toBe(0);
  });

  it('is answered with the priority of the question, whatever brings the answer about', () => {
    claims.assessClaim(question, agent.context(AssessClaimRisk, question, { priority: 'HIGH' }));
    bind();
    expect(agent.takeEmitted()).toMatchObject([{ type: 'CLAIM_RISK_ASSESSED', priority: 'HIGH' }]);
  });

  it('goes on waiting when another policy of the customer is bound', () => {
    ask();
    const other = { ...bound, policyId: 'pol-2' };
    policies.policyBound(other, agent.context(PolicyBound, other));
    expect(agent.takeTypes()).toEqual([]);
    expect(agent.timers.size).toBe(1);
  });

  it('looks again after ever longer waits, and then answers from the facts of the claim alone', () => {
    ask({ ...question, sameLossClaims: 1 });
    const waits: number[] = [];
    let before = '2026-06-15T10:00:00Z';
    for (let timer = agent.timers.get(timerId); timer; timer = agent.timers.get(timerId)) {
      waits.push(Date.parse(timer.dueAt) - Date.parse(before));
      before = timer.dueAt;
      fireTimer();
    }
    expect(waits.length).toBeGreaterThan(2);
    expect(waits.slice(1)).toEqual(waits.slice(0, -1).map((wait) => 2 * wait));
    expect(agent.takeEmitted()).toMatchObject([
      { payload: { ...answer, fraudPoints: 40, indicators: [{ code: 'same_loss_claimed' }] } },
    ]);
  });

  it('is not given twice when the timer fires after the answer', () => {
    ask();
    const late = agent.timers.get(timerId)?.payload as RecheckClaimRiskPayload;
    bind();
    agent.takeEmitted();
    claims.recheckClaim(late, agent.context(RecheckClaimRisk, late));
    bind();
    ask();
    expect(agent.takeTypes()).toEqual([]);
    expect(agent.timers.size).toBe(0);
  });
});
