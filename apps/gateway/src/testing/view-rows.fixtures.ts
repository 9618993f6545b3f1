import { ClaimFiled } from '@aika/contracts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();

/** A claim of one customer, the n-th to be filed. */
export function claimRow(n: number) {
  return {
    claim_id: `clm-v${n}`,
    customer_id: 'cust-v',
    policy_id: 'pol-v',
    status: 'filed' as const,
    loss_at: at(0),
    reported_at: at(0),
    cause: 'HAIL' as const,
    reporter: 'policyholder',
    currency: 'GBP' as const,
    estimated_amount: 100 * n,
    reserve_amount: null,
    payable_amount: null,
    paid_amount: 0,
    covered: null,
    coverage_reasons: '[]',
    fraud_points: null,
    fraud_indicators: '[]',
    required_authority: null,
    decided_by: null,
    reasons: '[]',
    outcome: null,
    filed_at: at(n),
    closed_at: null,
    updated_at: at(n),
    revision: 1,
    order_key: String(n),
  };
}

/** The n-th event of the first claim. */
export function eventRow(n: number, type: string, seconds: number) {
  return {
    message_id: `msg-v${n}`,
    type,
    schema_version: 1,
    customer_id: 'cust-v',
    claim_id: 'clm-v1',
    policy_id: null,
    quote_id: null,
    conversation_id: null,
    occurred_at: at(seconds),
    recorded_at: at(seconds),
    source_agent_id: ClaimFiled.owner,
    target_agent_id: null,
    priority: 'NORMAL' as const,
    stage: 'intake' as const,
    correlation_id: null,
    causation_id: null,
    request_id: null,
    metadata: '{}',
    payload: JSON.stringify({ ...ClaimFiled.example, customerId: 'cust-v', claimId: 'clm-v1', reason: 'x' }),
    topic: 'events',
    partition: 0,
    record_offset: n,
    order_key: `0${n}`,
  };
}
