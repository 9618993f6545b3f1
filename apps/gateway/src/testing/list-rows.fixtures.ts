import type { ViewsDatabase } from '@aika/views';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
const folded = (n: number) => ({ updated_at: at(1000 - n), revision: 1, order_key: String(n) });
const customer_id = (n: number) => (n % 2 === 0 ? 'cust-even' : 'cust-odd');
const gbp = { premium_amount: 100, premium_currency: 'GBP' } as const;
const cover = {
  perils: ['HAIL'],
  limit: { amount: 1, currency: 'GBP' },
  deductible: { amount: 0, currency: 'GBP' },
};
const facts = { motor: null, home: null };

/** A list over HTTP, and how to put its n-th row, by the time that it is sorted by, into the views. */
export interface ListOfRows {
  readonly path: string;
  /** Field of an entry that names it. */
  readonly id: string;
  readonly insert: (db: ViewsDatabase, n: number) => Promise<unknown>;
  /** Query and the numbers of the rows that it chooses, of rows 1 to 7. */
  readonly filters: readonly (readonly [string, readonly number[]])[];
  /** Sorted by the other time, which runs the other way. */
  readonly otherSort?: string;
}

const EVEN = [2, 4, 6] as const;
const byCustomer = ['customer=cust-even', EVEN] as const;

export const LISTS: readonly ListOfRows[] = [
  {
    path: '/v1/customers',
    id: 'customerId',
    insert: (db, n) =>
      db
        .insertInto('customers')
        .values({
          customer_id: `id-${n}`,
          registered_at: at(n),
          channels: ['LOG'],
          language: 'en',
          consents: '{}',
          risk_score: null,
          assessed_at: null,
          ...folded(n),
          updated_at: at(n),
        })
        .execute(),
    filters: [],
  },
  {
    path: '/v1/assessments',
    id: 'assessmentId',
    insert: (db, n) =>
      db
        .insertInto('assessments')
        .values({
          assessment_id: `id-${n}`,
          customer_id: customer_id(n),
          purpose: n > 5 ? 'REVIEW' : 'QUOTE',
          product: n > 3 ? 'HOME' : 'MOTOR',
          risk_score: 20,
          risk_factors: ['young_driver'],
          recommendations: [],
          expected_claims_per_quarter: null,
          ...facts,
          assessed_at: at(n),
          message_id: `msg-${n}`,
          order_key: String(n),
        })
        .execute(),
    filters: [byCustomer, ['product=HOME', [4, 5, 6, 7]], ['purpose=REVIEW&product=HOME', [6, 7]]],
  },
  {
    path: '/v1/quotes',
    id: 'quoteId',
    insert: (db, n) =>
      db
        .insertInto('quotes')
        .values({
          quote_id: `id-${n}`,
          customer_id: customer_id(n),
          status: n > 5 ? 'declined' : 'issued',
          assessment_id: null,
          product: n > 3 ? 'HOME' : 'MOTOR',
          cover: null,
          ...gbp,
          rating: null,
          risk_score: null,
          bonus_malus: null,
          ...facts,
          effective_from: null,
          valid_until: null,
          policy_id: null,
          reasons: '[]',
          issued_at: at(n),
          ...folded(n),
        })
        .execute(),
    filters: [byCustomer, ['status=declined', [6, 7]], ['product=MOTOR', [1, 2, 3]]],
  },
  {
    path: '/v1/policies',
    id: 'policyId',
    insert: (db, n) =>
      db
        .insertInto('policies')
        .values({
          policy_id: `id-${n}`,
          customer_id: customer_id(n),
          quote_id: `quo-${n}`,
          product: n > 3 ? 'HOME' : 'MOTOR',
          status: n > 5 ? 'lapsed' : 'in_force',
          version: 1,
          cover: JSON.stringify(cover),
          ...gbp,
          ...facts,
          effective_from: at(n),
          effective_to: at(n + 100),
          bonus_malus: 1,
          risk_score: null,
          bound_at: at(n),
          ended_at: null,
          end_reason: null,
          cancellation_method: null,
          refund_amount: null,
          refund_currency: null,
          ...folded(n),
        })
        .execute(),
    filters: [byCustomer, ['status=lapsed', [6, 7]], ['product=HOME&status=in_force', [4, 5]]],
  },
  {
    path: '/v1/conversations',
    id: 'conversationId',
    insert: (db, n) =>
      db
        .insertInto('conversations')
        .values({
          conversation_id: `id-${n}`,
          customer_id: customer_id(n),
          status: n > 5 ? 'closed' : 'open',
          opened_at: at(n),
          closed_at: null,
          message_count: 0,
          last_message_at: null,
          ...folded(n),
        })
        .execute(),
    filters: [byCustomer, ['status=closed', [6, 7]]],
  },
  {
    path: '/v1/approvals',
    id: 'claimId',
    insert: (db, n) =>
      db
        .insertInto('referred_claims')
        .values({
          claim_id: `id-${n}`,
          customer_id: customer_id(n),
          status: n > 5 ? 'approved' : 'open',
          kind: n > 4 ? 'reopened' : 'referred',
          payable_amount: 100,
          currency: 'GBP',
          fraud_points: 0,
          required_authority: n > 3 ? 'MANAGER' : 'ADJUSTER',
          reasons: '[]',
          findings: '[]',
          amounts: null,
          proposal: null,
          due_at: n > 5 ? null : at(n < 3 ? n : 3_000_000_000),
          escalation_level: 0,
          questions: '[]',
          referred_at: at(n),
          decided_by: null,
          decided_amount: null,
          decided_at: null,
          ...folded(n),
        })
        .execute(),
    filters: [
      byCustomer,
      ['status=approved', [6, 7]],
      ['kind=referred', [1, 2, 3, 4]],
      ['authority=MANAGER&status=open', [4, 5]],
      ['overdue=true', [1, 2]],
      ['overdue=false&status=open', [3, 4, 5]],
    ],
  },
  {
    path: '/v1/notifications',
    id: 'notificationId',
    insert: (db, n) =>
      db
        .insertInto('notifications')
        .values({
          notification_id: `id-${n}`,
          customer_id: customer_id(n),
          channel: n > 3 ? 'EMAIL' : 'LOG',
          template: n > 2 ? 'claim-paid' : 'claim-denied',
          language: 'en',
          parameters: '{}',
          caused_by: `msg-${n}`,
          purpose: null,
          requested_at: at(n),
          status: n > 5 ? 'failed' : 'delivered',
          reason: n > 5 ? JSON.stringify({ code: 'no_letter', detail: 'No words.' }) : null,
          closed_at: at(n + 1),
          message_id: `msg-n${n}`,
          ...folded(n),
        })
        .execute(),
    filters: [
      byCustomer,
      ['status=failed', [6, 7]],
      ['channel=LOG', [1, 2, 3]],
      ['template=claim-denied', [1, 2]],
      ['channel=EMAIL&status=delivered', [4, 5]],
    ],
    otherSort: 'sort=updated',
  },
  {
    path: '/v1/parked-keys',
    id: 'customerId',
    insert: (db, n) =>
      db
        .insertInto('parked_keys')
        .values({
          agent_id: n > 3 ? 'agent-b' : 'agent-a',
          instance_id: `host-${n % 3}`,
          customer_id: `id-${n}`,
          since: at(n),
          next_try: at(n),
          attempts: 1,
          waiting: 1,
          code: n > 5 ? 'HANDLER_FAILED' : 'NO_TABLE',
          reason: 'a test',
        })
        .execute(),
    filters: [
      ['customer=id-4', [4]],
      ['agent=agent-b', [4, 5, 6, 7]],
      ['code=HANDLER_FAILED', [6, 7]],
    ],
  },
];
