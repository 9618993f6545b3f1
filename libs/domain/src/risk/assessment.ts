import type { CustomerAssessmentRequestPayload, RiskAssessmentCompletedPayload } from '@aika/contracts';
import { deriveId } from '@aika/contracts';
import { sameContent } from '../content.js';
import { rejected, type Command, type CommandRejected, type Decider, type DomainEvent } from '../decider.js';
import { bonusMalusHundredths } from './bonus-malus.js';
import { expectedClaimsPerQuarter, type RatedFacts } from './rating-plan.js';
import { scoreCustomer, type Score } from './score.js';

/** What an assessment can advise. */
export const RECOMMENDATIONS = [
  'additional_coverage',
  'higher_premium',
  'higher_deductible',
  'increase_sum_insured',
  'standard_terms',
] as const;
export type RecommendationCode = (typeof RECOMMENDATIONS)[number];

/** Scores from here on cost more than the tariff's relativities alone. */
export const HIGHER_PREMIUM_FROM = 40;
/** Customers with so many claims should bear more of a small one. */
export const HIGHER_DEDUCTIBLE_FROM_CLAIMS = 2;

export type AssessCustomer = Command<'CUSTOMER_ASSESSMENT_REQUEST', CustomerAssessmentRequestPayload>;
export type RiskAssessmentCompleted = DomainEvent<
  'RISK_ASSESSMENT_COMPLETED',
  RiskAssessmentCompletedPayload
>;

export type RiskAssessmentState =
  | { readonly status: 'none' }
  | { readonly status: 'completed'; readonly assessment: RiskAssessmentCompletedPayload };
export type RiskAssessmentEvent = RiskAssessmentCompleted | CommandRejected;

/** The entity that a request is about. */
export function assessmentIdOf(command: AssessCustomer): string {
  return command.data.assessmentId ?? deriveId('asm', command.id);
}

/**
 * Assesses a customer: score, what raised it, what to do about it, and the facts that the quote needs.
 * The answer to a request with incomplete facts is COMMAND_REJECTED with `motor_facts_missing`,
 * `home_facts_missing`, `sum_insured_missing` or `currency_mismatch`.
 */
export function assessCustomer(command: AssessCustomer): RiskAssessmentCompleted | CommandRejected {
  const { data } = command;
  const assessmentId = assessmentIdOf(command);
  const facts = ratedFacts(data);
  if ('code' in facts) return rejected(command, facts.code, facts.detail, assessmentId);
  const previousClaims = data.previousClaims ?? 0;
  const bonusMalus = data.bonusMalus ?? 1;
  const score = scoreCustomer({
    rated: facts,
    occupation: data.occupation,
    previousClaims,
    bonusMalus: bonusMalusHundredths(bonusMalus),
  });
  return {
    type: 'RISK_ASSESSMENT_COMPLETED',
    data: {
      customerId: data.customerId,
      assessmentId,
      purpose: data.purpose ?? 'QUOTE',
      product: data.product ?? 'MOTOR',
      ...facts,
      ...score,
      recommendations: recommend(score, previousClaims),
      ...optional('occupation', data.occupation),
      previousClaims,
      bonusMalus,
      expectedClaimsPerQuarter: expectedClaimsPerQuarter(facts),
      ...optional('requestedCover', data.requestedCover),
      ...optional('effectiveFrom', data.effectiveFrom),
      bookTransfer: data.bookTransfer ?? false,
    },
  };
}

/** One assessment: made once; asked again with other facts under the same id, `assessment_exists`. */
export const riskAssessmentDecider: Decider<RiskAssessmentState, AssessCustomer, RiskAssessmentEvent> = {
  initialState: { status: 'none' },
  decide(state, command) {
    const answer = assessCustomer(command);
    if (state.status === 'none') return [answer];
    if (sameContent(state.assessment, answer.data)) return [];
    const detail = 'an assessment with this id was made from other facts';
    return [rejected(command, 'assessment_exists', detail, assessmentIdOf(command))];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'RISK_ASSESSMENT_COMPLETED':
        return { status: 'completed', assessment: event.data };
      case 'COMMAND_REJECTED':
        return state;
      default:
        return event satisfies never;
    }
  },
};

interface Refusal {
  readonly code: string;
  readonly detail: string;
}

function ratedFacts(data: CustomerAssessmentRequestPayload): RatedFacts | Refusal {
  if ((data.product ?? 'MOTOR') === 'MOTOR') {
    if (data.motor) return { motor: data.motor };
    return {
      code: 'motor_facts_missing',
      detail: 'a motor assessment needs district, engine and driver age',
    };
  }
  if (!data.home) {
    return { code: 'home_facts_missing', detail: 'a home assessment needs construction and sum insured' };
  }
  const { sumInsured, rebuildingCost } = data.home;
  if (sumInsured.amount === 0) return { code: 'sum_insured_missing', detail: 'the sum insured is zero' };
  if (rebuildingCost && rebuildingCost.currency !== sumInsured.currency) {
    return {
      code: 'currency_mismatch',
      detail: 'sum insured and rebuilding cost are in different currencies',
    };
  }
  return { home: data.home };
}

function recommend({ riskScore, riskFactors }: Score, previousClaims: number): RecommendationCode[] {
  const found: RecommendationCode[] = [];
  if (riskFactors.includes('occupation_high_risk')) found.push('additional_coverage');
  const costs = riskFactors.includes('previous_claims') || riskFactors.includes('malus');
  if (costs || riskScore >= HIGHER_PREMIUM_FROM) found.push('higher_premium');
  if (previousClaims >= HIGHER_DEDUCTIBLE_FROM_CLAIMS) found.push('higher_deductible');
  if (riskFactors.includes('underinsured')) found.push('increase_sum_insured');
  return found.length === 0 ? ['standard_terms'] : found;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}
