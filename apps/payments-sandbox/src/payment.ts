import { createHash } from 'node:crypto';
import { rejectViolations } from './problem.js';

/** Money in integer minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** One order to pay, as the caller asked for it. */
export interface PaymentOrder {
  readonly idempotencyKey: string;
  readonly claimId: string;
  readonly customerId: string;
  readonly amount: Money;
  /** SHA-256 over the whole body: tells a repeat from another payment under the same key. */
  readonly fingerprint: string;
}

/** What a key answers, the first time and for ever. */
export interface SettledPayment {
  readonly status: 'SETTLED';
  readonly providerReference: string;
  readonly idempotencyKey: string;
  readonly claimId: string;
  readonly customerId: string;
  readonly amount: Money;
  /** UTC. */
  readonly settledAt: string;
}

/** A payment that behaviour refused: its key stays refused. */
export interface RefusedPayment {
  readonly status: 'REFUSED';
  readonly idempotencyKey: string;
  readonly claimId: string;
  readonly customerId: string;
  /** Code such as `ACCOUNT_CLOSED`. */
  readonly reason: string;
}

export type Payment = SettledPayment | RefusedPayment;

const LONGEST_ID = 200;
/** Sums of nine thousand of these still fit a safe integer. */
const LARGEST_AMOUNT = 1e12;

/**
 * Reads one order from its idempotency key and parsed body.
 * The beneficiary may have any shape and is not kept, only part of the fingerprint: a ledger of test payments
 * needs no bank details.
 * @throws ProblemError INVALID_REQUEST with every violation
 */
export function readPaymentOrder(idempotencyKey: string | undefined, body: unknown): PaymentOrder {
  const order = asObject(body);
  const amount = asObject(order['amount']);
  const violations = [
    ...idViolations('header Idempotency-Key', idempotencyKey),
    ...idViolations('claimId', order['claimId']),
    ...idViolations('customerId', order['customerId']),
    ...amountViolations(amount),
  ];
  rejectViolations(violations);
  return {
    idempotencyKey: idempotencyKey as string,
    claimId: order['claimId'] as string,
    customerId: order['customerId'] as string,
    amount: { amount: amount['amount'] as number, currency: amount['currency'] as string },
    fingerprint: createHash('sha256').update(canonicalJson(body)).digest('hex'),
  };
}

/** The value as an object, or an empty one when it is something else (its members are then missing). */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}

/** What is wrong with an id: empty when nothing is. */
export function idViolations(name: string, value: unknown): string[] {
  const valid = typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_ID;
  return valid ? [] : [`${name} must be a text of 1 to ${LONGEST_ID} characters`];
}

function amountViolations(money: Readonly<Record<string, unknown>>): string[] {
  const { amount, currency } = money;
  const violations: string[] = [];
  if (!Number.isSafeInteger(amount) || (amount as number) <= 0 || (amount as number) > LARGEST_AMOUNT) {
    violations.push(`amount.amount must be a whole number of minor units from 1 to ${LARGEST_AMOUNT}`);
  }
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    violations.push('amount.currency must be an ISO 4217 code such as EUR');
  }
  return violations;
}

/** JSON with sorted keys: the order in which a client writes its fields makes no other payment. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
