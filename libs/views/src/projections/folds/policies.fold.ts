import {
  PolicyBound,
  PolicyCancelled,
  PolicyEndorsed,
  PolicyLapsed,
  PolicyReinstated,
  PolicyRenewed,
  PolicyTookEffect,
  type PolicyEndorsedPayload,
} from '@aika/contracts';
import type { Insertable, Selectable } from 'kysely';
import type { PoliciesTable, PolicyChange, PolicyVersionsTable } from '../../tables/policy.tables.js';
import { defineFold } from '../entity-fold.js';
import { on, type ViewEvent } from '../view-event.js';

const NOT_ENDED = {
  ended_at: null,
  end_reason: null,
  cancellation_method: null,
  refund_amount: null,
  refund_currency: null,
} as const;

/** A policy by its latest terms, and each version of them. */
export const policiesFold = defineFold<'policies'>({
  table: 'policies',
  key: 'policy_id',
  births: [
    on(PolicyBound, (policy, { occurredAt }) => ({
      ...NOT_ENDED,
      policy_id: policy.policyId,
      customer_id: policy.customerId,
      quote_id: policy.quoteId,
      product: policy.product,
      status: 'bound',
      version: policy.version,
      cover: policy.cover,
      premium_amount: policy.premium.amount,
      premium_currency: policy.premium.currency,
      motor: policy.motor ?? null,
      home: policy.home ?? null,
      effective_from: policy.effectiveFrom,
      effective_to: policy.effectiveTo,
      bonus_malus: policy.bonusMalus,
      risk_score: policy.riskScore ?? null,
      bound_at: occurredAt,
    })),
  ],
  changes: [
    on(PolicyTookEffect, (_policy, _event, { status }) => ({
      status: status === 'bound' ? 'in_force' : status,
    })),
    on(PolicyEndorsed, ({ version, cover, premium, motor, home }, _event, before) => ({
      version,
      cover,
      premium_amount: premium.amount,
      premium_currency: premium.currency,
      motor: motor ?? (home ? null : before.motor),
      home: home ?? (motor ? null : before.home),
    })),
    on(PolicyRenewed, ({ version, premium, bonusMalus, effectiveTo }) => ({
      version,
      premium_amount: premium.amount,
      premium_currency: premium.currency,
      bonus_malus: bonusMalus,
      effective_to: effectiveTo,
    })),
    on(PolicyCancelled, ({ effectiveAt, method, refund, reason }) => ({
      status: 'cancelled',
      ended_at: effectiveAt,
      end_reason: reason,
      cancellation_method: method,
      refund_amount: refund.amount,
      refund_currency: refund.currency,
    })),
    on(PolicyLapsed, ({ effectiveAt, reason }) => ({
      ...NOT_ENDED,
      status: 'lapsed',
      ended_at: effectiveAt,
      end_reason: reason,
    })),
    on(PolicyReinstated, ({ version }) => ({ ...NOT_ENDED, status: 'in_force', version })),
  ],
  details: { table: 'policy_versions', keys: ['policy_id', 'version'], of: versionOf },
});

const CHANGES: Readonly<Record<string, PolicyChange>> = {
  [PolicyBound.type]: 'bound',
  [PolicyEndorsed.type]: 'endorsed',
  [PolicyRenewed.type]: 'renewed',
  [PolicyReinstated.type]: 'reinstated',
};

/** The policy after an event that made a version of it, as that version. */
function versionOf(
  policy: Selectable<PoliciesTable>,
  event: ViewEvent,
): Insertable<PolicyVersionsTable> | undefined {
  const change = CHANGES[event.type];
  if (change === undefined) return undefined;
  const { effectiveFrom, effectiveAt, premiumDifference } =
    event.payload as Partial<PolicyEndorsedPayload> & {
      readonly effectiveFrom?: string;
    };
  return {
    policy_id: policy.policy_id,
    version: policy.version,
    customer_id: policy.customer_id,
    change,
    effective_from: effectiveAt ?? effectiveFrom ?? policy.effective_from,
    effective_to: policy.effective_to,
    cover: policy.cover,
    premium_amount: policy.premium_amount,
    premium_currency: policy.premium_currency,
    motor: policy.motor,
    home: policy.home,
    bonus_malus: policy.bonus_malus,
    premium_difference_amount: premiumDifference?.amount ?? null,
    changed_at: event.occurredAt,
    message_id: event.messageId,
  };
}
