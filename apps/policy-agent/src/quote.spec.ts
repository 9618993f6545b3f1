import { AcceptQuote, ExpireQuote, RiskAssessmentCompleted, StartCover } from '@aika/contracts';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { policyAgent } from './policy.agent.js';
import { PolicyController } from './policy.controller.js';
import { QuoteController } from './quote.controller.js';

const customerId = 'cust-1';
const assessment = {
  customerId,
  riskScore: 20,
  riskFactors: [],
  recommendations: ['standard_terms'],
  assessmentId: 'asm-1',
  purpose: 'QUOTE',
  product: 'MOTOR',
  motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
} as const;
const acceptance = { customerId, quoteId: 'quo-1' };
const issuedAt = '2026-06-15T10:00:00Z';
const validUntil = '2026-07-15T10:00:00Z';

describe('from assessment to policy', () => {
  const quotes = new QuoteController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(policyAgent, customerId);
  });

  const assess = (change: object = {}) => {
    const data = { ...assessment, ...change };
    quotes.quoteAssessment(data, agent.context(RiskAssessmentCompleted, data, { timestamp: issuedAt }));
  };
  const accept = (timestamp = issuedAt) =>
    quotes.acceptQuote(acceptance, agent.context(AcceptQuote, acceptance, { timestamp }));

  it('recommends and quotes, and sets a timer for the end of the offer', () => {
    assess();
    expect(agent.takeTypes()).toEqual(['POLICY_RECOMMENDED', 'QUOTE_ISSUED']);
    expect([...agent.timers.values()]).toEqual([
      { dueAt: validUntil, type: 'EXPIRE_QUOTE', payload: acceptance },
    ]);
  });

  it('declines a risk that is too high, without a timer', () => {
    assess({ riskScore: 99 });
    expect(agent.takeTypes()).toEqual(['QUOTE_DECLINED']);
    expect(agent.timers.size).toBe(0);
  });

  it.each([
    ['purpose', { purpose: undefined }],
    ['product', { product: undefined }],
  ])('quotes nothing for an assessment without %s, as other programs send it', (_what, change) => {
    assess(change);
    expect(agent.takeTypes()).toEqual([]);
  });

  it('binds an accepted quote at once and stops its expiry', () => {
    assess();
    agent.takeEmitted();
    accept();
    expect(agent.takeTypes()).toEqual(['QUOTE_ACCEPTED', 'POLICY_BOUND', 'POLICY_TOOK_EFFECT']);
    expect(agent.timers.size).toBe(0);
    accept();
    expect(agent.takeTypes()).toEqual([]);
  });

  it('lets cover that begins later begin by a timer', () => {
    const effectiveFrom = '2026-07-01T00:00:00Z';
    assess({ effectiveFrom });
    agent.takeEmitted();
    accept();
    expect(agent.takeTypes()).toEqual(['QUOTE_ACCEPTED', 'POLICY_BOUND']);
    const start = { customerId, policyId: 'pol-1' };
    expect([...agent.timers.values()]).toEqual([
      { dueAt: effectiveFrom, type: 'START_COVER', payload: start },
    ]);
    new PolicyController().startCover(start, agent.context(StartCover, start, { timestamp: effectiveFrom }));
    expect(agent.takeTypes()).toEqual(['POLICY_TOOK_EFFECT']);
  });

  it('refuses a quote that has expired and binds nothing', () => {
    assess();
    quotes.expireQuote(acceptance, agent.context(ExpireQuote, acceptance, { timestamp: validUntil }));
    agent.takeEmitted();
    accept('2026-07-16T00:00:00Z');
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'COMMAND_REJECTED', payload: { code: 'quote_expired', entityId: 'quo-1' } },
    ]);
  });
});
