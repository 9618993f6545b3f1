/** An event about one of the replay's customers, as it stood on the log. */
export interface SeenEvent {
  readonly messageId: string;
  readonly type: string;
  readonly customerId: string;
  /** Written by an agent from its own contract, so it is read without checking it again. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Each happens at most once to a policyholder of the replay; a second one under another id is a double. */
export const ONCE = [
  'CUSTOMER_REGISTERED',
  'QUOTE_ISSUED',
  'QUOTE_ACCEPTED',
  'POLICY_BOUND',
  'POLICY_TOOK_EFFECT',
  'CLAIM_FILED',
  'CLAIM_RESERVED',
  'CLAIM_REFERRED',
  'CLAIM_APPROVED',
  'CLAIM_DENIED',
  'PAYMENT_SETTLED',
  'CLAIM_PAID',
  'CLAIM_CLOSED',
] as const;
export type OnceType = (typeof ONCE)[number];

/** None of these may happen in the replay: who meets one gets no further. */
export const UNEXPECTED = [
  'COMMAND_REJECTED',
  'QUOTE_DECLINED',
  'QUOTE_EXPIRED',
  'PAYMENT_REFUSED',
  'RESERVE_RELEASED',
  'CLAIM_REOPENED',
  'CLAIM_WITHDRAWN',
  'POLICY_CANCELLED',
  'POLICY_LAPSED',
] as const;
export type UnexpectedType = (typeof UNEXPECTED)[number];

const ONCE_TYPES: ReadonlySet<string> = new Set(ONCE);
const UNEXPECTED_TYPES: ReadonlySet<string> = new Set(UNEXPECTED);

export function isOnce(type: string): type is OnceType {
  return ONCE_TYPES.has(type);
}

export function isUnexpected(type: string): type is UnexpectedType {
  return UNEXPECTED_TYPES.has(type);
}
