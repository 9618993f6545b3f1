import { describe, expect, it } from '@jest/globals';
import type { Peril } from '@aika/contracts';
import { fold } from '../decider.js';
import { specify } from '../testing.js';
import { addYears } from '../time.js';
import { verifyCoverage } from './coverage.js';
import { policyDecider } from './policy.decider.js';
import {
  bound,
  cancel,
  context,
  day,
  endorse,
  expiry,
  homeQuote,
  ids,
  inception,
  lapse,
  reinstate,
  renew,
} from './policy.fixtures.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';

const policy = specify(policyDecider);

/** The state after orders, beginning with a binding. */
function after(commands: PolicyCommand[], events: PolicyEvent[] = bound()) {
  return commands.reduce(
    (state, command) => fold(policyDecider, policyDecider.decide(state, command), state),
    fold(policyDecider, events),
  );
}
function answer(state: ReturnType<typeof after>, peril: Peril, at: string, customerId = 'c1') {
  const { covered, reasons, ...terms } = verifyCoverage(state, { customerId, peril, at });
  return { covered, codes: reasons.map(({ code }) => code), ...terms };
}

describe('coverage', () => {
  it('holds from the first moment of the year until the last', () => {
    const state = after([]);
    expect(answer(state, 'HAIL', inception)).toEqual({
      covered: true,
      codes: [],
      limit: { amount: 5_000_000, currency: 'GBP' },
      deductible: { amount: 25_000, currency: 'GBP' },
      effectiveFrom: inception,
    });
    expect(answer(state, 'HAIL', '2027-11-22T09:59:59Z').covered).toBe(true);
    expect(answer(state, 'HAIL', expiry)).toEqual({ covered: false, codes: ['outside_policy_period'] });
    expect(answer(state, 'HAIL', day(-1)).codes).toEqual(['outside_policy_period']);
  });

  it('goes on without a break after a renewal', () => {
    const state = after([renew(day(300))]);
    expect(answer(state, 'HAIL', day(400))).toMatchObject({ covered: true, effectiveFrom: inception });
    expect(answer(state, 'HAIL', addYears(expiry, 1)).codes).toEqual(['outside_policy_period']);
  });

  it('tells sum insured and rebuilding cost of a home', () => {
    expect(answer(after([], bound(homeQuote)), 'FIRE', day(1))).toMatchObject({
      covered: true,
      carried: { amount: 50_000_000 },
      required: { amount: 60_000_000 },
    });
  });

  it('follows the terms of the time that is asked about', () => {
    const state = after([
      endorse(day(50), { cover: { perils: ['LIABILITY'], limit: { amount: 9_000_000, currency: 'GBP' } } }),
    ]);
    expect(answer(state, 'HAIL', day(49))).toMatchObject({ covered: true, limit: { amount: 5_000_000 } });
    expect(answer(state, 'HAIL', day(50)).codes).toEqual(['peril_not_covered']);
    expect(answer(state, 'LIABILITY', day(50))).toMatchObject({
      covered: true,
      limit: { amount: 9_000_000 },
    });
  });

  it('gives every reason', () => {
    expect(answer(after([]), 'FLOOD', expiry).codes).toEqual(['outside_policy_period', 'peril_not_covered']);
  });

  it('ends with a cancellation or lapse, not before it', () => {
    const cancelled = after([cancel(day(50))]);
    expect(answer(cancelled, 'HAIL', day(49)).covered).toBe(true);
    expect(answer(cancelled, 'HAIL', day(50)).codes).toEqual(['policy_cancelled']);
    expect(answer(after([lapse(day(50))]), 'HAIL', day(60)).codes).toEqual(['policy_lapsed']);
    const flat = after([cancel(day(50), { fromInception: true })]);
    expect(answer(flat, 'HAIL', day(1)).codes).toEqual(['policy_cancelled']);
  });

  it('has a hole where a reinstatement left a gap', () => {
    const state = after([lapse(day(40)), reinstate(day(50))]);
    expect(answer(state, 'HAIL', day(45)).codes).toEqual(['policy_lapsed']);
    expect(answer(state, 'HAIL', day(51))).toMatchObject({ covered: true, effectiveFrom: day(50) });
  });

  it('says nothing about another customer’s policy', () => {
    expect(answer(after([]), 'HAIL', day(1), 'c2')).toEqual({ covered: false, codes: ['not_policyholder'] });
  });
});

describe('a question about coverage', () => {
  const ask = (at?: string): PolicyCommand => ({
    type: 'ASK_COVERAGE_QUESTION',
    ...context(day(3)),
    data: { ...ids, peril: 'HAIL', ...(at ? { at } : {}) },
  });
  const verify: PolicyCommand = {
    type: 'VERIFY_COVERAGE',
    ...context(day(3)),
    data: { ...ids, claimId: 'clm-1', cause: 'HAIL', lossAt: day(2) },
  };
  const terms = {
    limit: { amount: 5_000_000, currency: 'GBP' },
    deductible: { amount: 25_000, currency: 'GBP' },
  } as const;

  it('of a customer is answered, by default about now', () => {
    const data = { ...ids, peril: 'HAIL', at: day(3), covered: true, ...terms, reasons: [] } as const;
    policy
      .given(...bound())
      .when(ask())
      .then({ type: 'COVERAGE_QUESTION_ANSWERED', data });
    policy
      .given(...bound())
      .when(ask(day(2)))
      .then({ type: 'COVERAGE_QUESTION_ANSWERED', data: { ...data, at: day(2) } });
  });

  it('of the claims agent is answered', () => {
    policy
      .given(...bound())
      .when(verify)
      .then({
        type: 'COVERAGE_VERIFIED',
        data: { ...ids, claimId: 'clm-1', covered: true, reasons: [], ...terms, effectiveFrom: inception },
      });
  });

  it('is answered for a policy that does not exist', () => {
    for (const command of [ask(), verify]) {
      const [event] = policy.when(command).outcome().events;
      expect(event?.data).toMatchObject({ covered: false, reasons: [{ code: 'policy_not_found' }] });
    }
  });

  it('changes nothing', () => {
    const before = fold(policyDecider, bound());
    expect(fold(policyDecider, policyDecider.decide(before, verify), before)).toEqual(before);
  });
});
