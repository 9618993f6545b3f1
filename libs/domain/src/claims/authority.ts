import type { Authority, Currency, Money } from '@aika/contracts';

/** Who may pay a claim: the agent alone, or a person of this authority. */
export type ClaimAuthority = 'AUTOMATIC' | Authority;

/** Limits of one currency, each inclusive, in minor units. Above `adjuster` a manager decides. */
export interface AuthorityLimits {
  readonly automatic: number;
  readonly adjuster: number;
}

/**
 * The published table of authority:
 *
 * | currency | automatic up to | adjuster up to | above |
 * |---|---|---|---|
 * | GBP, EUR, USD | 2,500.00 | 25,000.00 | manager |
 * | DKK | 20,000.00 | 1,000,000.00 | manager |
 *
 * Automatic authority also needs an assessment without any fraud point.
 */
export const AUTHORITY_LIMITS: Readonly<Record<Currency, AuthorityLimits>> = {
  GBP: { automatic: 250_000, adjuster: 2_500_000 },
  EUR: { automatic: 250_000, adjuster: 2_500_000 },
  USD: { automatic: 250_000, adjuster: 2_500_000 },
  DKK: { automatic: 2_000_000, adjuster: 100_000_000 },
};

/** The most that is paid without a person. */
export function automaticLimit(currency: Currency): Money {
  return { amount: AUTHORITY_LIMITS[currency].automatic, currency };
}

/** The most that an adjuster decides alone. */
export function adjusterLimit(currency: Currency): Money {
  return { amount: AUTHORITY_LIMITS[currency].adjuster, currency };
}

/** The lowest authority that may pay this amount, given the fraud points of the claim. */
export function authorityFor(payable: Money, fraudPoints: number): ClaimAuthority {
  const limits = AUTHORITY_LIMITS[payable.currency];
  if (payable.amount > limits.adjuster) return 'MANAGER';
  if (payable.amount > limits.automatic || fraudPoints > 0) return 'ADJUSTER';
  return 'AUTOMATIC';
}
