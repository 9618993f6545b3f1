import type { Money } from '@aika/contracts';

/** Two amounts in different currencies met: nothing in this system converts money. */
export class CurrencyMismatchError extends Error {
  override readonly name = 'CurrencyMismatchError';
  readonly code = 'CURRENCY_MISMATCH';
  readonly retriable = false;

  constructor(
    readonly left: string,
    readonly right: string,
  ) {
    super(`cannot combine ${left} with ${right}`);
  }
}

/** A result that minor units as a safe integer cannot hold, or a ratio with denominator 0. */
export class MoneyRangeError extends Error {
  override readonly name = 'MoneyRangeError';
  readonly code = 'MONEY_RANGE';
  readonly retriable = false;
}

/** Nothing, in the currency of `money`. */
export function zero(money: Money): Money {
  return { amount: 0, currency: money.currency };
}

/** @throws CurrencyMismatchError */
export function add(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return { amount: safe(BigInt(left.amount) + BigInt(right.amount)), currency: left.currency };
}

/** The signed difference. @throws CurrencyMismatchError */
export function subtract(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return { amount: safe(BigInt(left.amount) - BigInt(right.amount)), currency: left.currency };
}

/** Negative, zero or positive as `left` is less than, equal to or more than `right`. @throws CurrencyMismatchError */
export function compare(left: Money, right: Money): number {
  assertSameCurrency(left, right);
  return left.amount - right.amount;
}

/** The smaller of the two. @throws CurrencyMismatchError */
export function min(left: Money, right: Money): Money {
  return compare(left, right) <= 0 ? left : right;
}

/** The larger of the two. @throws CurrencyMismatchError */
export function max(left: Money, right: Money): Money {
  return compare(left, right) >= 0 ? left : right;
}

/** `half-up` rounds a half away from zero, so that a refund of x is the negative of a charge of x. */
export type Rounding = 'half-up' | 'down';

/**
 * `money × numerator / denominator`, computed exactly and rounded once.
 * Numerator and denominator are integers (bigint for products of many factors).
 * @throws MoneyRangeError for a denominator of 0 or a result beyond safe integers
 */
export function multiplyRatio(
  money: Money,
  numerator: number | bigint,
  denominator: number | bigint,
  rounding: Rounding = 'half-up',
): Money {
  const product = BigInt(money.amount) * BigInt(numerator);
  return { amount: safe(divide(product, BigInt(denominator), rounding)), currency: money.currency };
}

/** Integer division with one rounding. @throws MoneyRangeError for a divisor of 0 */
export function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (divisor === 0n) throw new MoneyRangeError('division by zero');
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [abs(dividend), abs(divisor)];
  const quotient = rounding === 'down' ? a / b : (2n * a + b) / (2n * b);
  return negative ? -quotient : quotient;
}

/**
 * Splits money in proportion to the weights (integers >= 0, not all 0) by largest remainder: the parts sum to
 * the whole exactly; among equal remainders the earlier part gets the odd unit.
 * @throws MoneyRangeError if the weights cannot split anything
 */
export function allocate(money: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total <= 0n || weights.some((weight) => weight < 0)) {
    throw new MoneyRangeError('weights must be at least 0 and not all 0');
  }
  const sign = money.amount < 0 ? -1n : 1n;
  const whole = abs(BigInt(money.amount));
  const shares = weights.map((weight, index) => {
    const product = whole * BigInt(weight);
    return { index, units: product / total, remainder: product % total };
  });
  const odd = Number(whole - shares.reduce((sum, share) => sum + share.units, 0n));
  const favoured = [...shares].sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  const extra = new Set(favoured.slice(0, odd).map((share) => share.index));
  return shares.map(({ index, units }) => ({
    amount: safe(sign * (units + (extra.has(index) ? 1n : 0n))),
    currency: money.currency,
  }));
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw new CurrencyMismatchError(left.currency, right.currency);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new MoneyRangeError(`${value} does not fit minor units`);
  return number;
}
