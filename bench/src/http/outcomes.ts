import {
  ClaimApproved,
  ClaimDenied,
  ClaimReferred,
  ConversationMessageRecorded,
  CoverageQuestionAnswered,
  NotificationPreferencesSet,
  QuoteDeclined,
  QuoteIssued,
} from '@aika/contracts';
import type { ViewsDatabase } from '@aika/views';
import { sql } from 'kysely';
import type { AcceptedWrite } from './load-plan.js';
import type { WriteKind } from './request-mix.js';

/** What has to come of a write, any of them. Of a claim it is the decision, at the end of its way over three agents. */
const OUTCOMES: Readonly<Record<WriteKind, readonly string[]>> = {
  'request-quote': [QuoteIssued.type, QuoteDeclined.type],
  'file-claim': [ClaimApproved.type, ClaimDenied.type, ClaimReferred.type],
  'send-message': [ConversationMessageRecorded.type],
  'ask-coverage': [CoverageQuestionAnswered.type],
  'set-preferences': [NotificationPreferencesSet.type],
};

/** Accepted writes of which the views show no outcome, by kind; a refusal is none. */
export async function withoutOutcome(
  db: ViewsDatabase,
  accepted: readonly AcceptedWrite[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const missing = new Map<string, readonly string[]>();
  for (const [kind, writes] of Map.groupBy(accepted, ({ kind: each }) => each)) {
    const ids = writes.map(({ messageId }) => messageId);
    const { rows } = await sql<{ id: string }>`
      select id from unnest(${ids}::text[]) as accepted (id)
      where not exists (
        select from events where correlation_id = accepted.id
          and type = any(${[...OUTCOMES[kind as WriteKind]]}::text[]))`.execute(db);
    if (rows.length > 0)
      missing.set(
        kind,
        rows.map(({ id }) => id),
      );
  }
  return missing;
}

/** How many in all. */
export function countOf(missing: ReadonlyMap<string, readonly string[]>): number {
  return [...missing.values()].reduce((sum, ids) => sum + ids.length, 0);
}
