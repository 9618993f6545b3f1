import type {
  ClaimApprovedPayload,
  ClaimDeniedPayload,
  ClaimInformationRequestedPayload,
  ClaimPaidPayload,
  ClaimReferralEscalatedPayload,
  ClaimReferredPayload,
  ClaimReopenedPayload,
  PolicyBoundPayload,
  PolicyCancelledPayload,
  PolicyEndorsedPayload,
  PolicyRenewedPayload,
  QuoteDeclinedPayload,
  QuoteIssuedPayload,
  Reason,
} from '@aika/contracts';
import { amountText } from '../claims/amount-text.js';
import type { DomainEvent } from '../decider.js';
import { utcDate } from '../time.js';

interface NotifiedPayloads {
  readonly QUOTE_ISSUED: QuoteIssuedPayload;
  readonly QUOTE_DECLINED: QuoteDeclinedPayload;
  readonly POLICY_BOUND: PolicyBoundPayload;
  readonly POLICY_ENDORSED: PolicyEndorsedPayload;
  readonly POLICY_RENEWED: PolicyRenewedPayload;
  readonly POLICY_CANCELLED: PolicyCancelledPayload;
  readonly CLAIM_APPROVED: ClaimApprovedPayload;
  readonly CLAIM_REFERRED: ClaimReferredPayload;
  readonly CLAIM_REFERRAL_ESCALATED: ClaimReferralEscalatedPayload;
  readonly CLAIM_INFORMATION_REQUESTED: ClaimInformationRequestedPayload;
  readonly CLAIM_DENIED: ClaimDeniedPayload;
  readonly CLAIM_PAID: ClaimPaidPayload;
  readonly CLAIM_REOPENED: ClaimReopenedPayload;
}

export type NotifiedEventType = keyof NotifiedPayloads;
type NotifiedEventOf<T extends NotifiedEventType> = DomainEvent<T, NotifiedPayloads[T]>;

/** What a customer is told about. */
export type NotifiedEvent = { [T in NotifiedEventType]: NotifiedEventOf<T> }[NotifiedEventType];

interface Template<T extends NotifiedEventType> {
  /** The name by which a channel finds its text. */
  readonly template: string;
  readonly parameters: (data: NotifiedPayloads[T]) => Readonly<Record<string, string>>;
}

export interface FilledTemplate {
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The template of every event that a customer is told about, and the values that it is filled with. */
const TEMPLATES: { readonly [T in NotifiedEventType]: Template<T> } = {
  QUOTE_ISSUED: {
    template: 'quote-issued',
    parameters: ({ quoteId, product, premium, cover, validUntil }) => ({
      quoteId,
      product,
      premium: amountText(premium),
      limit: amountText(cover.limit),
      deductible: amountText(cover.deductible),
      validUntil: utcDate(validUntil),
    }),
  },
  QUOTE_DECLINED: {
    template: 'quote-declined',
    parameters: ({ quoteId, reasons }) => ({ quoteId, reasons: reasonsText(reasons) }),
  },
  POLICY_BOUND: {
    template: 'policy-bound',
    parameters: ({ policyId, product, premium, effectiveFrom, effectiveTo }) => ({
      policyId,
      product,
      premium: amountText(premium),
      effectiveFrom: utcDate(effectiveFrom),
      effectiveTo: utcDate(effectiveTo),
    }),
  },
  POLICY_ENDORSED: {
    template: 'policy-endorsed',
    parameters: ({ policyId, version, effectiveAt, premium, premiumDifference }) => ({
      policyId,
      version: String(version),
      effectiveAt: utcDate(effectiveAt),
      premium: amountText(premium),
      premiumDifference: amountText(premiumDifference),
    }),
  },
  POLICY_RENEWED: {
    template: 'policy-renewed',
    parameters: ({ policyId, effectiveFrom, effectiveTo, premium, bonusMalus }) => ({
      policyId,
      effectiveFrom: utcDate(effectiveFrom),
      effectiveTo: utcDate(effectiveTo),
      premium: amountText(premium),
      bonusMalus: bonusMalus.toFixed(2),
    }),
  },
  POLICY_CANCELLED: {
    template: 'policy-cancelled',
    parameters: ({ policyId, effectiveAt, refund, reason }) => ({
      policyId,
      effectiveAt: utcDate(effectiveAt),
      refund: amountText(refund),
      reason,
    }),
  },
  CLAIM_APPROVED: {
    template: 'claim-approved',
    parameters: ({ claimId, payable }) => ({ claimId, payable: amountText(payable) }),
  },
  CLAIM_REFERRED: {
    template: 'claim-referred',
    // Neither reasons nor points: a customer under suspicion must not be tipped off.
    parameters: ({ claimId }) => ({ claimId }),
  },
  CLAIM_REFERRAL_ESCALATED: {
    template: 'claim-delayed',
    // Who decides, and who did not, is the insurer's own matter.
    parameters: ({ claimId }) => ({ claimId }),
  },
  CLAIM_INFORMATION_REQUESTED: {
    template: 'claim-question',
    // Why it is asked is not told.
    parameters: ({ claimId, question, dueAt }) => ({
      claimId,
      question,
      answerBy: dueAt === undefined ? 'soon' : `by ${utcDate(dueAt)}`,
    }),
  },
  CLAIM_DENIED: {
    template: 'claim-denied',
    parameters: ({ claimId, reasons }) => ({ claimId, reasons: reasonsText(reasons) }),
  },
  CLAIM_PAID: {
    template: 'claim-paid',
    parameters: ({ claimId, paymentId, amount }) => ({ claimId, paymentId, amount: amountText(amount) }),
  },
  CLAIM_REOPENED: {
    template: 'claim-reopened',
    parameters: ({ claimId, reason }) => ({ claimId, reason: reason.detail }),
  },
};

/** The types of event that a customer is told about. */
export const NOTIFIED_EVENT_TYPES = Object.keys(TEMPLATES) as readonly NotifiedEventType[];

/** The template for an event with the values from it. Money reads `1,234.50 GBP`, times are UTC days. */
export function fillTemplate<T extends NotifiedEventType>(event: NotifiedEventOf<T>): FilledTemplate {
  const { template, parameters }: Template<T> = TEMPLATES[event.type];
  return { template, parameters: parameters(event.data) };
}

function reasonsText(reasons: readonly Reason[]): string {
  return reasons.map((reason) => reason.detail).join(' ');
}
