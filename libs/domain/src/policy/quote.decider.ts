import type { QuoteIssuedPayload, Reason, RiskAssessmentCompletedPayload } from '@aika/contracts';
import { deriveId } from '@aika/contracts';
import { rejected, type CommandContext, type Decider } from '../decider.js';
import { bonusMalusHundredths } from '../risk/bonus-malus.js';
import { addDays, addYears, isAfter, isBefore, latest } from '../time.js';
import type { BindPolicy } from './policy.messages.js';
import { ratePremium } from './premium.js';
import type {
  AcceptQuote,
  ExpireQuote,
  IssueQuote,
  QuoteCommand,
  QuoteEvent,
  QuoteState,
} from './quote.messages.js';
import { recommendCover, type CoverRecommendation } from './recommendation.js';

/** How long a quote can be accepted. */
export const QUOTE_VALID_DAYS = 30;
/** A wish for cover from "today" is older than the quote that answers it; older wishes are backdating. */
export const BACKDATING_GRACE_DAYS = 1;

/** The quote that answers an assessment. */
export function quoteIdOf(command: IssueQuote): string {
  return deriveId('quo', command.data.assessmentId ?? command.id);
}

/**
 * A quote from its assessment to its acceptance. A repeated assessment, acceptance or expiry stays quiet;
 * an offer that is unknown, declined or past its validity cannot be accepted (`quote_not_found`,
 * `quote_declined`, `quote_expired`), also when the expiry timer is late.
 */
export const quoteDecider: Decider<QuoteState, QuoteCommand, QuoteEvent> = {
  initialState: { status: 'none' },
  decide(state, command) {
    switch (command.type) {
      case 'ISSUE_QUOTE':
        return state.status === 'none' ? issue(command) : [];
      case 'ACCEPT_QUOTE':
        return accept(state, command);
      case 'EXPIRE_QUOTE':
        return expire(state, command);
      default:
        return command satisfies never;
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'POLICY_RECOMMENDED':
        return state.status === 'none' ? { status: 'recommended' } : state;
      case 'QUOTE_ISSUED':
        return { status: 'issued', quote: event.data };
      case 'QUOTE_DECLINED':
        return { status: 'declined' };
      case 'QUOTE_ACCEPTED':
        return 'quote' in state
          ? { status: 'accepted', quote: state.quote, policyId: event.data.policyId }
          : state;
      case 'QUOTE_EXPIRED':
        return state.status === 'issued' ? { status: 'expired', quote: state.quote } : state;
      case 'COMMAND_REJECTED':
        return state;
      default:
        return event satisfies never;
    }
  },
};

/** The order to bind that follows from an accepted quote; undefined for any other. */
export function bindingOf(state: QuoteState, context: CommandContext): BindPolicy | undefined {
  if (state.status !== 'accepted') return undefined;
  const { quote, policyId } = state;
  const { id, at, actor } = context;
  return { type: 'BIND', id, at, actor, data: { customerId: quote.customerId, policyId, quote } };
}

/** Only a portfolio taken over may begin before its quote was made, so the dates tell. */
export function isBookTransfer(quote: QuoteIssuedPayload): boolean {
  return isBefore(quote.effectiveFrom, addDays(quote.validUntil, -QUOTE_VALID_DAYS));
}

type Recommended = Exclude<CoverRecommendation, { kind: 'declined' }>;

function issue(command: IssueQuote): QuoteEvent[] {
  const recommendation = recommendCover(command.data);
  // A review asks for advice alone: nobody is told that a quote was declined which nobody asked for.
  const isReview = command.data.purpose === 'REVIEW';
  if (recommendation.kind === 'declined') return isReview ? [] : [declined(command, recommendation.reasons)];
  const advice = recommended(command, recommendation);
  if (isReview) return [advice];
  const backdated = inceptionProblems(command);
  if (backdated.length > 0) return [declined(command, backdated)];
  return [advice, offered(command, recommendation)];
}

function inceptionProblems({ data, at }: IssueQuote): Reason[] {
  const { effectiveFrom } = data;
  if (effectiveFrom === undefined) return [];
  if (data.bookTransfer) {
    if (isAfter(addYears(effectiveFrom, 1), at)) return [];
    return [{ code: 'effective_in_past', detail: 'The year of cover that was asked for is already over.' }];
  }
  if (!isBefore(effectiveFrom, addDays(at, -BACKDATING_GRACE_DAYS))) return [];
  return [{ code: 'effective_in_past', detail: `Cover cannot begin in the past (${effectiveFrom}).` }];
}

function declined(command: IssueQuote, reasons: readonly Reason[]): QuoteEvent {
  const { customerId } = command.data;
  return { type: 'QUOTE_DECLINED', data: { customerId, quoteId: quoteIdOf(command), reasons } };
}

function recommended(command: IssueQuote, { product, cover, reasons }: Recommended): QuoteEvent {
  const { customerId, assessmentId } = command.data;
  const recommendationId = deriveId('rec', assessmentId ?? command.id);
  return {
    type: 'POLICY_RECOMMENDED',
    data: {
      customerId,
      recommendationId,
      ...(assessmentId ? { assessmentId } : {}),
      product,
      cover,
      reasons,
    },
  };
}

/** The offer with its price; advice without rating facts has none, and the refusal says so. */
function offered(command: IssueQuote, recommendation: Recommended): QuoteEvent {
  if (recommendation.kind === 'advice') {
    return declined(
      command,
      recommendation.reasons.filter(({ code }) => code === 'rating_facts_missing'),
    );
  }
  const { customerId, assessmentId, riskScore, bonusMalus = 1 } = command.data;
  const { product, rated, cover } = recommendation;
  const facts = { rated, cover, riskScore, bonusMalus: bonusMalusHundredths(bonusMalus) };
  const data: QuoteIssuedPayload = {
    customerId,
    quoteId: quoteIdOf(command),
    ...(assessmentId ? { assessmentId } : {}),
    product,
    cover,
    ...ratePremium(facts),
    riskScore,
    effectiveFrom: inceptionOf(command.data, command.at),
    validUntil: addDays(command.at, QUOTE_VALID_DAYS),
    ...rated,
    bonusMalus,
  };
  return { type: 'QUOTE_ISSUED', data };
}

function inceptionOf(assessment: RiskAssessmentCompletedPayload, at: string): string {
  const wished = assessment.effectiveFrom ?? at;
  return assessment.bookTransfer ? wished : latest(wished, at);
}

function accept(state: QuoteState, command: AcceptQuote): QuoteEvent[] {
  const { customerId, quoteId } = command.data;
  const refuse = (code: string, detail: string) => [rejected(command, code, detail, quoteId)];
  switch (state.status) {
    case 'none':
    case 'recommended':
      return refuse('quote_not_found', 'there is no such quote');
    case 'declined':
      return refuse('quote_declined', 'the quote was declined');
    case 'expired':
      return refuse('quote_expired', `the quote was valid until ${state.quote.validUntil}`);
    case 'accepted':
      return state.quote.customerId === customerId ? [] : refuse('quote_not_found', 'there is no such quote');
    case 'issued': {
      if (state.quote.customerId !== customerId) return refuse('quote_not_found', 'there is no such quote');
      if (isAfter(command.at, state.quote.validUntil)) {
        return refuse('quote_expired', `the quote was valid until ${state.quote.validUntil}`);
      }
      if (!isAfter(addYears(state.quote.effectiveFrom, 1), command.at)) {
        return refuse('term_over', 'the year of cover that was taken over has ended since the quote');
      }
      return [{ type: 'QUOTE_ACCEPTED', data: { customerId, quoteId, policyId: deriveId('pol', quoteId) } }];
    }
    default:
      return state satisfies never;
  }
}

function expire(state: QuoteState, command: ExpireQuote): QuoteEvent[] {
  const { customerId, quoteId } = command.data;
  if (state.status === 'none')
    return [rejected(command, 'quote_not_found', 'there is no such quote', quoteId)];
  if (state.status !== 'issued') return [];
  if (isBefore(command.at, state.quote.validUntil)) {
    const detail = `the quote is valid until ${state.quote.validUntil}`;
    return [rejected(command, 'quote_still_valid', detail, quoteId)];
  }
  return [{ type: 'QUOTE_EXPIRED', data: { customerId, quoteId } }];
}
