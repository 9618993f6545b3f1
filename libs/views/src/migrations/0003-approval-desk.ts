import { type Kysely, sql } from 'kysely';

/**
 * What a person who decides a claim goes by, by when they have to, what was asked of whom, and the answers.
 *
 * Referrals from before have none of it. The new columns have no defaults, so that a projector of the version before,
 * which would go on without them, fails at its next referral and waits to be replaced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS.split(/;\s*\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}

const STATEMENTS = `
alter table referred_claims
  add column due_at timestamptz,
  add column escalation_level integer not null default 0,
  add column findings jsonb not null default '[]',
  add column amounts jsonb,
  add column proposal jsonb,
  add column questions jsonb not null default '[]';
alter table referred_claims
  alter column escalation_level drop default,
  alter column findings drop default,
  alter column questions drop default;
create index referred_claims_due on referred_claims (due_at) where due_at is not null;

create table claim_answers (
  question_id text primary key,
  claim_id text not null,
  customer_id text not null,
  informant text not null,
  provided_by text not null,
  text text not null,
  documents text[] not null,
  provided_at timestamptz not null,
  message_id text not null,
  order_key text collate "C" not null
);
create index claim_answers_claim on claim_answers (claim_id, order_key);
create index claim_answers_message on claim_answers (message_id);
`;
