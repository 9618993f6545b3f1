import type { Cover, Money, Peril, Reason } from '@aika/contracts';
import { isAfter } from '../time.js';
import type { AskCoverageQuestion, PolicyEvent, VerifyCoverage } from './policy.messages.js';
import { coverAt, versionAt, type Policy, type PolicyState, type PolicyVersion } from './policy.state.js';

/** Whether a loss is covered and up to what; when it is not, every reason why. */
export interface CoverageAnswer {
  readonly covered: boolean;
  /** `policy_not_found`, `not_policyholder`, `outside_policy_period`, `policy_cancelled`, `policy_lapsed`, `peril_not_covered` */
  readonly reasons: readonly Reason[];
  readonly limit?: Money;
  readonly deductible?: Money;
  /** Home: the sum insured at that time. */
  readonly carried?: Money;
  /** Home: the rebuilding cost at that time. */
  readonly required?: Money;
  /** Since when there was cover without a break. */
  readonly effectiveFrom?: string;
}

/** Was this peril covered at this time, and up to what? Answers for any time, by the terms of that time. */
export function verifyCoverage(
  state: PolicyState,
  question: { readonly customerId: string; readonly peril: Peril; readonly at: string },
): CoverageAnswer {
  if (state.status === 'none') {
    return refused([{ code: 'policy_not_found', detail: 'The customer has no such policy.' }]);
  }
  const { policy } = state;
  if (policy.customerId !== question.customerId) {
    // Nothing else is said: another customer's policy is none of the asker's business.
    return refused([{ code: 'not_policyholder', detail: 'The policy belongs to somebody else.' }]);
  }
  const found = coverAt(policy, question.at);
  const version = found?.version ?? versionAt(policy, question.at);
  const reasons = [
    ...(found ? [] : [periodReason(policy, question.at)]),
    ...perilReasons(version, question.peril),
  ];
  if (!found || reasons.length > 0) return refused(reasons);
  return { covered: true, reasons: [], ...termsOf(version), effectiveFrom: found.span.from };
}

/** The answer to a customer's question; without a time, about the moment of asking. */
export function answerCoverageQuestion(state: PolicyState, command: AskCoverageQuestion): PolicyEvent {
  const { customerId, policyId, peril, at = command.at } = command.data;
  const { covered, reasons, limit, deductible } = verifyCoverage(state, { customerId, peril, at });
  const terms = { ...(limit ? { limit } : {}), ...(deductible ? { deductible } : {}) };
  return {
    type: 'COVERAGE_QUESTION_ANSWERED',
    data: { customerId, policyId, peril, at, covered, ...terms, reasons },
  };
}

/** The answer to the claims agent. */
export function answerVerifyCoverage(state: PolicyState, command: VerifyCoverage): PolicyEvent {
  const { customerId, claimId, policyId, cause, lossAt } = command.data;
  const answer = verifyCoverage(state, { customerId, peril: cause, at: lossAt });
  return { type: 'COVERAGE_VERIFIED', data: { customerId, claimId, policyId, ...answer } };
}

function refused(reasons: readonly Reason[]): CoverageAnswer {
  return { covered: false, reasons };
}

function periodReason(policy: Policy, at: string): Reason {
  const before = policy.spans.findLast(({ to }) => !isAfter(to, at));
  if (before?.ended === 'CANCELLED') {
    return { code: 'policy_cancelled', detail: `The policy was cancelled from ${before.to}.` };
  }
  if (before?.ended === 'LAPSED')
    return { code: 'policy_lapsed', detail: `The policy lapsed at ${before.to}.` };
  const spans = policy.spans.map(({ from, to }) => `from ${from} to ${to}`).join(', ');
  return { code: 'outside_policy_period', detail: `Cover runs ${spans}; the time was ${at}.` };
}

function perilReasons({ cover }: PolicyVersion, peril: Peril): Reason[] {
  if (cover.perils.includes(peril)) return [];
  return [{ code: 'peril_not_covered', detail: `${peril} is not covered; ${perilList(cover)}.` }];
}

function perilList({ perils }: Cover): string {
  return `the policy covers ${perils.join(', ')}`;
}

function termsOf({ cover, rated }: PolicyVersion): Partial<CoverageAnswer> {
  const { limit, deductible } = cover;
  if (!rated || 'motor' in rated) return { limit, deductible };
  const { sumInsured, rebuildingCost } = rated.home;
  return { limit, deductible, carried: sumInsured, required: rebuildingCost ?? sumInsured };
}
