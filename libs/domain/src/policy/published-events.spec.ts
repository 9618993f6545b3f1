import { describe, expect, it } from '@jest/globals';
import { catalogue, validatePayload } from '@aika/contracts';
import { fold, type DomainEvent } from '../decider.js';
import { assessCustomer } from '../risk/assessment.js';
import { claimRiskDecider } from '../risk/claim-risk.decider.js';
import {
  cancel,
  context,
  day,
  endorse,
  homeQuote,
  ids,
  inception,
  lapse,
  quote,
  reinstate,
  renew,
} from './policy.fixtures.js';
import { policyDecider } from './policy.decider.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';
import { bindingOf, quoteDecider } from './quote.decider.js';
import type { QuoteCommand, QuoteEvent } from './quote.messages.js';

/** From the request to the end of the policy, every event that risk and policy agent publish on the way. */
function wholeLife(rated: Pick<typeof quote, 'product' | 'motor' | 'home'>): DomainEvent<string, unknown>[] {
  const assessed = assessCustomer({
    type: 'CUSTOMER_ASSESSMENT_REQUEST',
    ...context(),
    data: { customerId: 'c1', ...rated, occupation: 'courier', previousClaims: 2, bonusMalus: 1.12 },
  });
  if (assessed.type !== 'RISK_ASSESSMENT_COMPLETED') throw new Error(assessed.data.detail);
  const quoted = runQuote([
    { type: 'ISSUE_QUOTE', ...context(), data: assessed.data },
    { type: 'ACCEPT_QUOTE', ...context(), data: { customerId: 'c1', quoteId: 'quo-1' } },
  ]);
  const binding = bindingOf(fold(quoteDecider, quoted), context());
  if (!binding) throw new Error('not accepted');
  const limit = {
    amount: 600_000,
    currency: quoted[0]?.type === 'POLICY_RECOMMENDED' ? quoted[0].data.cover.limit.currency : 'GBP',
  };
  return [assessed, ...quoted, ...runPolicy([binding, ...lifeOf(limit)])];
}

function lifeOf(limit: typeof quote.premium): PolicyCommand[] {
  const about = { ...ids, peril: 'FIRE', cause: 'FIRE', lossAt: day(1), claimId: 'clm-1' } as const;
  return [
    endorse(day(10), { cover: { limit } }),
    endorse(day(11), { cover: { perils: [] } }),
    renew(day(20)),
    { type: 'ASK_COVERAGE_QUESTION', ...context(day(21)), data: about },
    { type: 'VERIFY_COVERAGE', ...context(day(21)), data: about },
    lapse(day(30)),
    { type: 'VERIFY_COVERAGE', ...context(day(31)), data: { ...about, lossAt: day(31) } },
    reinstate(day(40)),
    cancel(day(50)),
  ];
}

function runQuote(commands: QuoteCommand[]): QuoteEvent[] {
  return commands.reduce<QuoteEvent[]>(
    (past, command) => [...past, ...quoteDecider.decide(fold(quoteDecider, past), command)],
    [],
  );
}

function runPolicy(commands: PolicyCommand[]): PolicyEvent[] {
  return commands.reduce<PolicyEvent[]>(
    (past, command) => [...past, ...policyDecider.decide(fold(policyDecider, past), command)],
    [],
  );
}

function violationsOf(event: DomainEvent<string, unknown>): unknown {
  const definition = catalogue.get(event.type);
  if (!definition) throw new Error(`${event.type} is not in the catalogue`);
  return { type: event.type, violations: validatePayload(definition, event.data) };
}

describe('what risk and policy decide', () => {
  it.each([
    ['motor', { product: 'MOTOR', motor: quote.motor }],
    ['home', { product: 'HOME', home: homeQuote.home }],
  ] as const)('conforms to the published contracts through the whole life of a %s policy', (_name, rated) => {
    const events = wholeLife(rated);
    expect(events.map(({ type }) => type)).toEqual([
      'RISK_ASSESSMENT_COMPLETED',
      'POLICY_RECOMMENDED',
      'QUOTE_ISSUED',
      'QUOTE_ACCEPTED',
      'POLICY_BOUND',
      'POLICY_TOOK_EFFECT',
      'POLICY_ENDORSED',
      'COMMAND_REJECTED',
      'POLICY_RENEWED',
      'COVERAGE_QUESTION_ANSWERED',
      'COVERAGE_VERIFIED',
      'POLICY_LAPSED',
      'COVERAGE_VERIFIED',
      'POLICY_REINSTATED',
      'POLICY_CANCELLED',
    ]);
    for (const event of events) expect(violationsOf(event)).toEqual({ type: event.type, violations: [] });
  });

  it('conforms when it declines, expires, and finds signs of fraud', () => {
    const issue = (riskScore: number): QuoteCommand => ({
      type: 'ISSUE_QUOTE',
      ...context(),
      data: { customerId: 'c1', riskScore, riskFactors: ['malus'], recommendations: [], motor: quote.motor },
    });
    const expire: QuoteCommand = {
      type: 'EXPIRE_QUOTE',
      ...context(day(31)),
      data: { customerId: 'c1', quoteId: 'quo-1' },
    };
    const claim = {
      ...ids,
      claimId: 'clm-1',
      cause: 'FIRE',
      lossAt: inception,
      reportedAt: day(40),
    } as const;
    const fraud = claimRiskDecider.decide(claimRiskDecider.initialState, {
      type: 'ASSESS_CLAIM_RISK',
      ...context(),
      mayWait: false,
      data: { ...claim, estimatedLoss: quote.premium, priorClaims: 9, sameLossClaims: 1 },
    });
    const events = [...runQuote([issue(95)]), ...runQuote([issue(10), expire]), ...fraud];
    expect(events).toHaveLength(5);
    for (const event of events) expect(violationsOf(event)).toEqual({ type: event.type, violations: [] });
  });
});
