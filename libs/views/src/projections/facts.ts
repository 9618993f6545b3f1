import {
  ClaimInformationProvided,
  ConversationMessageRecorded,
  deriveId,
  PaymentRefused,
  PaymentSettled,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import type { Insertable } from 'kysely';
import type { ViewTables } from '../tables/view-tables.js';
import { on, type Rule, type ViewEvent } from './view-event.js';

/** Tables whose rows each come from one event. Of two with the same key the later one stands. */
export type FactTable = 'assessments' | 'claim_answers' | 'claim_payments' | 'conversation_messages';

export interface FactView {
  readonly table: FactTable;
  readonly keys: readonly string[];
  readonly types: ReadonlySet<string>;
  /** Undefined where nothing of it is left to be kept. */
  rowOf(event: ViewEvent): object | undefined;
}

type OwnColumns<T extends FactTable> = Omit<Insertable<ViewTables[T]>, 'message_id' | 'order_key'>;

function defineFacts<T extends FactTable>(
  table: T,
  keys: readonly (keyof ViewTables[T] & string)[],
  rules: readonly Rule<OwnColumns<T> | undefined, undefined>[],
): FactView {
  const byType = new Map(rules.map((rule) => [rule.type, rule]));
  return {
    table,
    keys,
    types: new Set(byType.keys()),
    rowOf(event) {
      const own = byType.get(event.type)?.apply(event.payload as never, event, undefined);
      return own && { ...own, message_id: event.messageId, order_key: event.orderKey };
    },
  };
}

export const FACTS: readonly FactView[] = [
  defineFacts(
    'assessments',
    ['assessment_id'],
    [
      on(RiskAssessmentCompleted, (found, { messageId, occurredAt }) => ({
        assessment_id: found.assessmentId ?? deriveId('asm', messageId),
        customer_id: found.customerId,
        purpose: found.purpose ?? null,
        product: found.product ?? null,
        risk_score: found.riskScore,
        risk_factors: [...found.riskFactors],
        recommendations: [...found.recommendations],
        expected_claims_per_quarter: found.expectedClaimsPerQuarter ?? null,
        motor: found.motor ?? null,
        home: found.home ?? null,
        assessed_at: occurredAt,
      })),
    ],
  ),
  defineFacts(
    'claim_payments',
    ['payment_id'],
    [
      on(PaymentSettled, ({ paymentId, claimId, customerId, amount, providerReference }, { occurredAt }) => ({
        payment_id: paymentId,
        claim_id: claimId,
        customer_id: customerId,
        status: 'settled',
        amount: amount.amount,
        currency: amount.currency,
        provider_reference: providerReference,
        refusal: null,
        answered_at: occurredAt,
      })),
      on(PaymentRefused, ({ paymentId, claimId, customerId, amount, reason }, { occurredAt }) => ({
        payment_id: paymentId,
        claim_id: claimId,
        customer_id: customerId,
        status: 'refused',
        amount: amount.amount,
        currency: amount.currency,
        provider_reference: null,
        refusal: reason,
        answered_at: occurredAt,
      })),
    ],
  ),
  defineFacts(
    'claim_answers',
    ['question_id'],
    [
      on(ClaimInformationProvided, (answer, { occurredAt }) => {
        const { questionId, claimId, customerId, from, providedBy, documents } = answer;
        // As with what was said in a conversation.
        const { text } = answer as Partial<typeof answer>;
        if (text === undefined) return undefined;
        const of = { question_id: questionId, claim_id: claimId, customer_id: customerId };
        return {
          ...of,
          informant: from,
          provided_by: providedBy,
          text,
          documents: [...documents],
          provided_at: occurredAt,
        };
      }),
    ],
  ),
  defineFacts(
    'conversation_messages',
    ['conversation_id', 'sequence'],
    [
      on(ConversationMessageRecorded, (message, { occurredAt }) => {
        const { conversationId, sequence, customerId, author } = message;
        // An event that only `events` still holds has no text there: it is gone where the row is gone.
        const { text } = message as Partial<typeof message>;
        if (text === undefined) return undefined;
        const of = { conversation_id: conversationId, sequence, customer_id: customerId };
        return { ...of, author, text, sent_at: occurredAt };
      }),
    ],
  ),
];
