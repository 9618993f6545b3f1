import type { Currency, Money } from '@aika/contracts';
import { recommendationFor } from '@aika/domain';
import type { RowOf } from '@aika/views';

/** Columns that only the projector needs, and the parts of amounts. */
const HIDDEN =
  /^(order_key|message_id|record_offset|topic|partition)$|_(amount|currency)$|^(amount|currency)$/;

/** How columns are called in answers; undefined for hidden ones. There are few, and rows are many. */
const shownNames = new Map<string, string | undefined>();

/** A row in camelCase: what is null is absent, and amounts are left to the caller. */
export function plain<Answer>(row: object): Answer {
  const answer: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const name = value === null ? undefined : shownNameOf(column);
    if (name !== undefined) answer[name] = value as unknown;
  }
  return answer as Answer;
}

function shownNameOf(column: string): string | undefined {
  if (!shownNames.has(column)) shownNames.set(column, HIDDEN.test(column) ? undefined : camel(column));
  return shownNames.get(column);
}

/** An amount and its currency, or nothing. */
export function money<Name extends string>(
  name: Name,
  amount: number | null,
  currency: Currency | null,
): { readonly [K in Name]?: Money } {
  return amount === null || currency === null
    ? {}
    : ({ [name]: { amount, currency } } as { [K in Name]: Money });
}

export function customerOf({ consents, ...row }: RowOf<'customers'>) {
  const choices = Object.entries(consents).map(([purpose, granted]) => ({ purpose, granted }));
  return { ...plain<object>(row), consents: choices };
}

export function quoteOf(row: RowOf<'quotes'>) {
  return { ...plain<object>(row), ...money('premium', row.premium_amount, row.premium_currency) };
}

export function policyOf({ risk_score: _risk, ...row }: RowOf<'policies'>) {
  return {
    ...plain<object>(row),
    ...money('premium', row.premium_amount, row.premium_currency),
    ...money('refund', row.refund_amount, row.refund_currency),
  };
}

export function versionOf(row: RowOf<'policy_versions'>) {
  const { policy_id: _policy, customer_id: _customer, motor: _motor, home: _home, ...own } = row;
  return {
    ...plain<object>(own),
    ...money('premium', row.premium_amount, row.premium_currency),
    ...money('premiumDifference', row.premium_difference_amount, row.premium_currency),
  };
}

export function claimOf(row: RowOf<'claims'>) {
  const { currency } = row;
  return {
    ...plain<object>(row),
    ...money('estimatedLoss', row.estimated_amount, currency),
    ...money('reserve', row.reserve_amount, currency),
    ...money('payable', row.payable_amount, currency),
    ...money('paid', row.paid_amount, currency),
  };
}

export function paymentOf({ claim_id: _claim, customer_id: _customer, ...row }: RowOf<'claim_payments'>) {
  return { ...plain<object>(row), ...money('amount', row.amount, row.currency) };
}

export function approvalOf(row: RowOf<'referred_claims'>) {
  const { kind, payable_amount, currency, fraud_points, reasons } = row;
  const payable = money('payable', payable_amount, currency).payable;
  const referral = { fraudPoints: fraud_points ?? 0, reasons };
  return {
    ...plain<object>(row),
    ...(kind === 'referred' && payable && { recommendation: recommendationFor({ payable, ...referral }) }),
    ...money('payable', row.payable_amount, row.currency),
    ...money('decidedAmount', row.decided_amount, row.currency),
  };
}

export function informationOf(row: RowOf<'claim_answers'>) {
  const { claim_id: _claim, customer_id: _customer, ...own } = row;
  return plain<object>(own);
}

export function lineOf({ message_id, ...row }: RowOf<'conversation_messages'>) {
  const { conversation_id: _conversation, customer_id: _customer, ...own } = row;
  return { ...plain<object>(own), messageId: message_id };
}

export function historyOf(row: RowOf<'events'>) {
  const { message_id, type, occurred_at, source_agent_id, stage, causation_id, payload } = row;
  return {
    messageId: message_id,
    type,
    occurredAt: occurred_at,
    agentId: source_agent_id,
    stage,
    ...(causation_id === null ? {} : { causationId: causation_id }),
    payload,
  };
}

function camel(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
