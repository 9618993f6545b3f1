import { type Kysely, sql } from 'kysely';

/** The first tables. Written in SQL, as a migration has to stay what it was when the types go on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES.split(/;\s*\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}

// Keys sort by their bytes wherever order counts: the projector compares them outside the database too.
const TABLES = `
create table events (
  message_id text primary key,
  type text not null,
  schema_version integer not null,
  customer_id text not null,
  claim_id text,
  policy_id text,
  quote_id text,
  conversation_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  source_agent_id text not null,
  target_agent_id text,
  priority text not null,
  stage text not null,
  correlation_id text,
  causation_id text,
  request_id text,
  metadata jsonb not null,
  payload jsonb not null,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  order_key text collate "C" not null
);
create index events_order on events (order_key);
create index events_customer on events (customer_id, order_key);
create index events_claim on events (claim_id, order_key) where claim_id is not null;
create index events_policy on events (policy_id, order_key) where policy_id is not null;
create index events_quote on events (quote_id, order_key) where quote_id is not null;
create index events_conversation on events (conversation_id, order_key) where conversation_id is not null;
create index events_correlation on events (correlation_id) where correlation_id is not null;

create table commands (
  message_id text primary key,
  type text not null,
  customer_id text not null,
  conversation_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  source_agent_id text not null,
  priority text not null,
  correlation_id text,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  order_key text collate "C" not null
);
create index commands_customer on commands (customer_id, order_key);

create table customers (
  customer_id text primary key,
  registered_at timestamptz,
  channels text[] not null,
  language text,
  consents jsonb not null,
  risk_score double precision,
  assessed_at timestamptz,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index customers_updated on customers (updated_at, customer_id);

create table assessments (
  assessment_id text primary key,
  customer_id text not null,
  purpose text,
  product text,
  risk_score double precision not null,
  risk_factors text[] not null,
  recommendations text[] not null,
  expected_claims_per_quarter double precision,
  motor jsonb,
  home jsonb,
  assessed_at timestamptz not null,
  message_id text not null,
  order_key text collate "C" not null
);
create index assessments_customer on assessments (customer_id, assessed_at);

create table quotes (
  quote_id text primary key,
  customer_id text not null,
  status text not null,
  assessment_id text,
  product text,
  cover jsonb,
  premium_amount bigint,
  premium_currency text,
  rating jsonb,
  risk_score double precision,
  bonus_malus double precision,
  motor jsonb,
  home jsonb,
  effective_from timestamptz,
  valid_until timestamptz,
  policy_id text,
  reasons jsonb not null,
  issued_at timestamptz not null,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index quotes_customer on quotes (customer_id, issued_at);
create index quotes_issued on quotes (issued_at, quote_id);
create index quotes_status on quotes (status, issued_at, quote_id);

create table policies (
  policy_id text primary key,
  customer_id text not null,
  quote_id text not null,
  product text not null,
  status text not null,
  version integer not null,
  cover jsonb not null,
  premium_amount bigint,
  premium_currency text,
  motor jsonb,
  home jsonb,
  effective_from timestamptz not null,
  effective_to timestamptz not null,
  bonus_malus double precision not null,
  risk_score double precision,
  bound_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  cancellation_method text,
  refund_amount bigint,
  refund_currency text,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index policies_customer on policies (customer_id, bound_at);
create index policies_bound on policies (bound_at, policy_id);
create index policies_status on policies (status, bound_at, policy_id);

create table policy_versions (
  policy_id text not null,
  version integer not null,
  customer_id text not null,
  change text not null,
  effective_from timestamptz not null,
  effective_to timestamptz not null,
  cover jsonb not null,
  premium_amount bigint,
  premium_currency text,
  motor jsonb,
  home jsonb,
  bonus_malus double precision not null,
  premium_difference_amount bigint,
  changed_at timestamptz not null,
  message_id text not null,
  primary key (policy_id, version)
);

create table claims (
  claim_id text primary key,
  customer_id text not null,
  policy_id text not null,
  status text not null,
  loss_at timestamptz not null,
  reported_at timestamptz not null,
  cause text not null,
  reporter text not null,
  currency text not null,
  estimated_amount bigint not null,
  reserve_amount bigint,
  payable_amount bigint,
  paid_amount bigint not null,
  covered boolean,
  coverage_reasons jsonb not null,
  fraud_points integer,
  fraud_indicators jsonb not null,
  required_authority text,
  decided_by text,
  reasons jsonb not null,
  outcome text,
  filed_at timestamptz not null,
  closed_at timestamptz,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index claims_customer on claims (customer_id, filed_at);
create index claims_policy on claims (policy_id);
create index claims_filed on claims (filed_at, claim_id);
create index claims_status on claims (status, filed_at, claim_id);

create table claim_payments (
  payment_id text primary key,
  claim_id text not null,
  customer_id text not null,
  status text not null,
  amount bigint not null,
  currency text not null,
  provider_reference text,
  refusal jsonb,
  answered_at timestamptz not null,
  message_id text not null,
  order_key text collate "C" not null
);
create index claim_payments_claim on claim_payments (claim_id);

create table referred_claims (
  claim_id text primary key,
  customer_id text not null,
  status text not null,
  kind text not null,
  payable_amount bigint,
  currency text,
  fraud_points integer,
  required_authority text,
  reasons jsonb not null,
  referred_at timestamptz not null,
  decided_by text,
  decided_amount bigint,
  decided_at timestamptz,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index referred_claims_status on referred_claims (status, referred_at, claim_id);
create index referred_claims_customer on referred_claims (customer_id);

create table conversations (
  conversation_id text primary key,
  customer_id text not null,
  status text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  message_count integer not null,
  last_message_at timestamptz,
  updated_at timestamptz not null,
  revision integer not null,
  order_key text collate "C" not null
);
create index conversations_customer on conversations (customer_id, opened_at);
create index conversations_opened on conversations (opened_at, conversation_id);

create table conversation_messages (
  conversation_id text not null,
  sequence integer not null,
  customer_id text not null,
  author text not null,
  text text not null,
  sent_at timestamptz not null,
  message_id text not null,
  order_key text collate "C" not null,
  primary key (conversation_id, sequence)
);

create table notifications (
  notification_id text primary key,
  customer_id text not null,
  channel text not null,
  template text not null,
  language text not null,
  parameters jsonb not null,
  caused_by text not null,
  requested_at timestamptz not null,
  message_id text not null,
  order_key text collate "C" not null
);
create index notifications_customer on notifications (customer_id, requested_at);
create index notifications_requested on notifications (requested_at, notification_id);

create table dead_letters (
  letter_id text primary key,
  status text not null,
  code text not null,
  causes jsonb not null,
  agent_id text not null,
  message_type text,
  customer_id text,
  message_id text not null,
  origin_topic text not null,
  origin_partition integer,
  origin_offset bigint,
  attempts integer not null,
  died_at timestamptz not null,
  recorded_at timestamptz not null,
  redrive_of text,
  bytes integer not null,
  letter_topic text not null,
  letter_partition integer not null,
  letter_offset bigint not null,
  action text,
  resolved_by text,
  resolved_at timestamptz,
  resolution_reason text,
  new_message_id text
);
create index dead_letters_died on dead_letters (died_at, letter_id);
create index dead_letters_status on dead_letters (status, died_at, letter_id);
create index dead_letters_customer on dead_letters (customer_id);

create table agents (
  agent_id text not null,
  instance_id text not null,
  status text not null,
  handles text[] not null,
  emits text[] not null,
  partitions integer[] not null,
  generation integer not null,
  parked_keys integer not null,
  parked_messages integer not null,
  published_at timestamptz not null,
  record_offset bigint not null,
  primary key (agent_id, instance_id)
);

create table parked_keys (
  agent_id text not null,
  instance_id text not null,
  customer_id text not null,
  since timestamptz not null,
  next_try timestamptz not null,
  attempts integer not null,
  waiting integer not null,
  code text not null,
  reason text not null,
  primary key (agent_id, instance_id, customer_id)
);
create index parked_keys_customer on parked_keys (customer_id);

create table positions (
  topic text not null,
  partition integer not null,
  next_offset bigint not null,
  latest_ms bigint not null,
  topic_id text,
  moved_at timestamptz not null default now(),
  primary key (topic, partition)
);
`;
