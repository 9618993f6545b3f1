import type { TableName } from '../tables/view-tables.js';

/** A view and its tables, as `aika rebuild [view]` knows it. */
export const VIEWS = {
  history: ['events', 'commands'],
  customers: ['customers'],
  assessments: ['assessments'],
  quotes: ['quotes'],
  policies: ['policies', 'policy_versions'],
  claims: ['claims', 'claim_payments', 'referred_claims', 'claim_answers'],
  conversations: ['conversations', 'conversation_messages'],
  notifications: ['notifications'],
  'dead-letters': ['dead_letters'],
  agents: ['agents', 'parked_keys'],
} as const satisfies Readonly<Record<string, readonly TableName[]>>;

export type ViewName = keyof typeof VIEWS;
export type RowTable = (typeof VIEWS)[ViewName][number];

export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}

/** Columns that name a row. */
export const ROW_KEYS: Readonly<Record<RowTable, readonly string[]>> = {
  events: ['message_id'],
  commands: ['message_id'],
  customers: ['customer_id'],
  assessments: ['assessment_id'],
  quotes: ['quote_id'],
  policies: ['policy_id'],
  policy_versions: ['policy_id', 'version'],
  claims: ['claim_id'],
  claim_payments: ['payment_id'],
  referred_claims: ['claim_id'],
  claim_answers: ['question_id'],
  conversations: ['conversation_id'],
  conversation_messages: ['conversation_id', 'sequence'],
  notifications: ['notification_id'],
  dead_letters: ['letter_id'],
  agents: ['agent_id', 'instance_id'],
  parked_keys: ['agent_id', 'instance_id', 'customer_id'],
};
