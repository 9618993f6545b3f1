import type { EndorsePolicyPayload, QuoteIssuedPayload } from '@aika/contracts';
import { addDays, addYears } from '../time.js';
import { bindPolicy } from './policy-binding.js';
import type {
  BindPolicy,
  CancelPolicy,
  EndorsePolicy,
  LapsePolicy,
  PolicyEvent,
  ReinstatePolicy,
} from './policy.messages.js';

/** What the specifications of a policy share: one motor quote and the messages about it. */
export const inception = '2026-11-22T10:00:00Z';
export const expiry = addYears(inception, 1);
export const ids = { customerId: 'c1', policyId: 'pol-1' } as const;

/** The moment so many days after inception. */
export function day(days: number): string {
  return addDays(inception, days);
}

export function context(at: string = inception) {
  return { id: 'msg-1', at, actor: 'test' };
}

export const quote: QuoteIssuedPayload = {
  customerId: 'c1',
  quoteId: 'quo-1',
  product: 'MOTOR',
  cover: {
    perils: ['COLLISION', 'THEFT', 'FIRE', 'HAIL', 'WINDSCREEN', 'LIABILITY'],
    limit: { amount: 5_000_000, currency: 'GBP' },
    deductible: { amount: 25_000, currency: 'GBP' },
  },
  premium: { amount: 44_459, currency: 'GBP' },
  rating: [],
  riskScore: 17,
  effectiveFrom: inception,
  validUntil: addDays(inception, 30),
  motor: { district: 1, engine: '1-1.5l', driverAge: 40 },
  bonusMalus: 1,
};

export const homeQuote: QuoteIssuedPayload = {
  ...quote,
  quoteId: 'quo-2',
  product: 'HOME',
  cover: {
    perils: ['FIRE', 'STORM'],
    limit: { amount: 50_000_000, currency: 'DKK' },
    deductible: { amount: 200_000, currency: 'DKK' },
  },
  premium: { amount: 33_000, currency: 'DKK' },
  motor: undefined,
  home: {
    construction: 'BRICK',
    sumInsured: { amount: 50_000_000, currency: 'DKK' },
    rebuildingCost: { amount: 60_000_000, currency: 'DKK' },
  },
};

export function bind(changes: Partial<QuoteIssuedPayload> = {}, at: string = inception): BindPolicy {
  return { type: 'BIND', ...context(at), data: { ...ids, quote: { ...quote, ...changes } } };
}

/** Bound and, when it begins at once, in force. */
export function bound(changes: Partial<QuoteIssuedPayload> = {}): PolicyEvent[] {
  return bindPolicy({ status: 'none' }, bind(changes));
}

export function endorse(
  effectiveAt: string,
  change: Partial<EndorsePolicyPayload>,
  at = effectiveAt,
): EndorsePolicy {
  return { type: 'ENDORSE_POLICY', ...context(at), data: { ...ids, effectiveAt, ...change } };
}

export function renew(at: string, claims: { atFaultClaims?: number; partlyAtFaultClaims?: number } = {}) {
  return { type: 'RENEW_POLICY', ...context(at), data: { ...ids, ...claims } } as const;
}

export function cancel(
  effectiveAt: string,
  changes: Partial<CancelPolicy['data']> = {},
  at = effectiveAt,
): CancelPolicy {
  const data = { ...ids, effectiveAt, initiator: 'INSURER' as const, reason: 'sold', ...changes };
  return { type: 'CANCEL_POLICY', ...context(at), data };
}

export function lapse(effectiveAt: string, at = effectiveAt): LapsePolicy {
  return { type: 'LAPSE_POLICY', ...context(at), data: { ...ids, effectiveAt, reason: 'unpaid' } };
}

export function reinstate(effectiveAt: string, at = effectiveAt): ReinstatePolicy {
  return { type: 'REINSTATE_POLICY', ...context(at), data: { ...ids, effectiveAt, reason: 'paid' } };
}
