import type {
  AcceptQuotePayload,
  ExpireQuotePayload,
  PolicyRecommendedPayload,
  QuoteAcceptedPayload,
  QuoteDeclinedPayload,
  QuoteExpiredPayload,
  QuoteIssuedPayload,
  RiskAssessmentCompletedPayload,
} from '@aika/contracts';
import type { Command, CommandRejected, DomainEvent } from '../decider.js';

/** What RISK_ASSESSMENT_COMPLETED asks of the policy agent. */
export type IssueQuote = Command<'ISSUE_QUOTE', RiskAssessmentCompletedPayload>;
export type AcceptQuote = Command<'ACCEPT_QUOTE', AcceptQuotePayload>;
export type ExpireQuote = Command<'EXPIRE_QUOTE', ExpireQuotePayload>;
export type QuoteCommand = IssueQuote | AcceptQuote | ExpireQuote;

export type QuoteEvent =
  | DomainEvent<'POLICY_RECOMMENDED', PolicyRecommendedPayload>
  | DomainEvent<'QUOTE_ISSUED', QuoteIssuedPayload>
  | DomainEvent<'QUOTE_DECLINED', QuoteDeclinedPayload>
  | DomainEvent<'QUOTE_ACCEPTED', QuoteAcceptedPayload>
  | DomainEvent<'QUOTE_EXPIRED', QuoteExpiredPayload>
  | CommandRejected;

export type QuoteState =
  | { readonly status: 'none' }
  /** Cover was recommended without an offer: a review, or an assessment without rating facts. */
  | { readonly status: 'recommended' }
  | { readonly status: 'declined' }
  | { readonly status: 'issued'; readonly quote: QuoteIssuedPayload }
  | { readonly status: 'accepted'; readonly quote: QuoteIssuedPayload; readonly policyId: string }
  | { readonly status: 'expired'; readonly quote: QuoteIssuedPayload };
