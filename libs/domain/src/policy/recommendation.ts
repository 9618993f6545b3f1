import type { Cover, Product, Reason, RiskAssessmentCompletedPayload } from '@aika/contracts';
import { multiplyRatio } from '../money.js';
import type { RatedFacts } from '../risk/rating-plan.js';
import {
  coverWith,
  currencyProblems,
  factProblems,
  productOf,
  sellableCover,
  standardCover,
} from './cover-rules.js';
import { MOTOR_LIMIT, productDefinition, standardDeductible } from './products.js';
import { TARIFF } from './tariff.js';

/** What the policy agent makes of an assessment. */
export type CoverRecommendation =
  | { readonly kind: 'declined'; readonly reasons: readonly Reason[] }
  /** Cover can be advised, but there is no price: the assessment came without rating facts. */
  | {
      readonly kind: 'advice';
      readonly product: Product;
      readonly cover: Cover;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'offer';
      readonly product: Product;
      readonly rated: RatedFacts;
      readonly cover: Cover;
      readonly reasons: readonly Reason[];
    };

/**
 * Recommends cover from a risk assessment, whoever made it. What the customer asked for comes first, the
 * assessment's recommendations next, the product's standard last. Declines a score of 95 and more with the
 * factors that made it.
 */
export function recommendCover(assessment: RiskAssessmentCompletedPayload): CoverRecommendation {
  const product = assessment.product ?? 'MOTOR';
  const tooHigh = assessment.riskScore >= TARIFF.declineFromScore;
  if (tooHigh) return { kind: 'declined', reasons: tooRisky(assessment) };
  const known = ratedFactsOf(product, assessment);
  const missing = known ? [] : [factsMissing(product)];
  const rated = known ?? (product === 'MOTOR' ? ANY_CAR : undefined);
  if (!rated) return { kind: 'declined', reasons: missing };
  const problems = [...factProblems(rated), ...currencyProblems(rated, assessment.requestedCover ?? {})];
  if (problems.length > 0) return { kind: 'declined', reasons: problems };
  const advised = advisedCover(rated, assessment);
  const sellable = sellableCover(rated, coverWith(advised.cover, assessment.requestedCover));
  const reasons = [...advised.reasons, ...sellable.reasons, ...missing];
  const { cover } = sellable;
  return known
    ? { kind: 'offer', product, rated: known, cover, reasons }
    : { kind: 'advice', product, cover, reasons };
}

/** Motor cover can be advised without knowing the car, because no part of it hangs on the car. */
const ANY_CAR: RatedFacts = { motor: { district: 1, engine: '<1l', driverAge: 40 } };

function tooRisky({ riskScore, riskFactors }: RiskAssessmentCompletedPayload): Reason[] {
  const detail = `The risk score ${riskScore} is at or above ${TARIFF.declineFromScore}.`;
  const factors = riskFactors.map((factor) => factor.replaceAll('_', ' ')).join(', ');
  const because = factors ? ` It comes from: ${factors}.` : '';
  return [{ code: 'risk_score_too_high', detail: (detail + because).slice(0, 1000) }];
}

function factsMissing(product: Product): Reason {
  return {
    code: 'rating_facts_missing',
    detail: `The assessment has no facts that a ${product} premium could be rated by.`,
  };
}

function ratedFactsOf(
  product: Product,
  { motor, home }: RiskAssessmentCompletedPayload,
): RatedFacts | undefined {
  if (product === 'MOTOR') return motor && { motor };
  return home && { home };
}

function advisedCover(
  rated: RatedFacts,
  { recommendations }: RiskAssessmentCompletedPayload,
): { cover: Cover; reasons: Reason[] } {
  const standard = standardCover(rated);
  let cover = standard;
  const reasons: Reason[] = [standardReason(rated)];
  if (recommendations.includes('additional_coverage') && 'motor' in rated) {
    cover = { ...cover, limit: { ...cover.limit, amount: 2 * MOTOR_LIMIT.standard } };
    reasons.push({
      code: 'additional_coverage',
      detail: 'The occupation exposes the car: twice the standard limit.',
    });
  }
  if (recommendations.includes('additional_coverage') && 'home' in rated) {
    reasons.push({ code: 'additional_coverage', detail: 'Consider flood cover, which has to be asked for.' });
  }
  if (recommendations.includes('higher_deductible')) {
    const doubled = multiplyRatio(standardDeductible(productOf(rated), cover.limit.currency), 2, 1);
    cover = { ...cover, deductible: { ...doubled, amount: Math.min(doubled.amount, cover.limit.amount) } };
    reasons.push({
      code: 'higher_deductible',
      detail: 'Several previous claims: twice the standard deductible.',
    });
  }
  if (recommendations.includes('increase_sum_insured')) {
    const detail =
      'The sum insured is below the rebuilding cost: every loss would be paid in that proportion only.';
    reasons.push({ code: 'underinsured', detail });
  }
  return { cover, reasons };
}

function standardReason(rated: RatedFacts): Reason {
  const product = productOf(rated);
  const perils = productDefinition(product).standard.join(', ').toLowerCase();
  return { code: 'standard_cover', detail: `The standard ${product.toLowerCase()} cover is ${perils}.` };
}
