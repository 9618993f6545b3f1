import {
  type AuthorityByCurrency,
  type Currency,
  CURRENCIES,
  ID_PATTERN,
  MAX_ID_LENGTH,
} from '@aika/contracts';
import { isRole, type Principal } from '../principal.js';
import { TokenError } from './token-error.js';

/** Stands in decisions, so it is as long as `decidedBy` may be. */
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9._:@|+-]{0,99}$/;

/**
 * Who a token is of: `sub`, `roles`, `customer_id`, `authority` (`{"GBP": 2500000}`, minor units). Roles that are not
 * ours are passed over, as an issuer has others too; everything else has to be right.
 *
 * @throws TokenError `CLAIMS`
 */
export function principalOfClaims(claims: Readonly<Record<string, unknown>>): Principal {
  const { sub, roles, customer_id: customerId, authority, exp } = claims;
  if (typeof sub !== 'string' || !SUBJECT.test(sub)) throw wrong('sub');
  if (roles !== undefined && !Array.isArray(roles)) throw wrong('roles');
  if (customerId !== undefined && !isId(customerId)) throw wrong('customer_id');
  return {
    subject: sub,
    roles: ((roles ?? []) as unknown[]).filter(isRole),
    ...(customerId === undefined ? {} : { customerId }),
    authority: authorityOf(authority),
    validUntil: Number(exp ?? 0) * 1000,
  };
}

/** @throws TokenError `CLAIMS` */
export function authorityOf(value: unknown): AuthorityByCurrency {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') throw wrong('authority');
  for (const [currency, amount] of Object.entries(value)) {
    const isKnown = (CURRENCIES as readonly string[]).includes(currency);
    if (!isKnown || !Number.isSafeInteger(amount) || (amount as number) < 0) throw wrong('authority');
  }
  return value as Partial<Record<Currency, number>>;
}

export function isSubject(value: unknown): value is string {
  return typeof value === 'string' && SUBJECT.test(value);
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_ID_LENGTH && ID_PATTERN.test(value);
}

function wrong(claim: string): TokenError {
  return new TokenError('CLAIMS', `The claim ${claim} of the token is missing or malformed.`);
}
