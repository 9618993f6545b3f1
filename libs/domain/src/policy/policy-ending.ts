import type { Money, PolicyCancelledPayload } from '@aika/contracts';
import { rejected, type CommandRejected } from '../decider.js';
import { add, multiplyRatio, zero } from '../money.js';
import { addDays, epochMillis, isAfter, isBefore } from '../time.js';
import type { CancelPolicy, LapsePolicy, PolicyEvent, ReinstatePolicy } from './policy.messages.js';
import { backdated, isOwn, notFound, refuse, runningPolicy } from './policy-refusals.js';
import { latestSpan, latestTerm, latestVersion, type Policy, type PolicyState } from './policy.state.js';
import { chargedBetween, type PremiumFrom } from './pro-rata.js';
import { BACKDATING_GRACE_DAYS } from './quote.decider.js';

/** The insurer's notices (cancellation, lapse) may name a date so many days back: the unpaid due date. */
export const NOTICE_BACKDATING_DAYS = 30;
/** A policy that ended can be put in force again so many days after its end. */
export const REINSTATE_WITHIN_DAYS = 30;
/** Short rate: what the insured gets back of the unearned premium, in per cent. */
export const SHORT_RATE_PERCENT = 90;

/** Ends cover at a moment and pays back by method; the same cancellation again stays quiet. */
export function cancelPolicy(state: PolicyState, command: CancelPolicy): PolicyEvent[] {
  if (state.status === 'cancelled' && isOwn(state.policy, command)) return cancelAgain(state, command);
  const { policy, refusal } = runningPolicy(state, command);
  if (refusal) return [refusal];
  const { customerId, policyId, reason } = command.data;
  const method = methodOf(command);
  const effectiveAt = method === 'FLAT' ? policy.spans[0].from : command.data.effectiveAt;
  const problem = method === 'FLAT' ? flatProblem(policy, command) : endingProblem(policy, command);
  if (problem) return [problem];
  const refund = refundOf(policy, effectiveAt, method);
  return [{ type: 'POLICY_CANCELLED', data: { customerId, policyId, effectiveAt, method, refund, reason } }];
}

/** Ends cover without a refund, because the premium was not paid; a lapse again stays quiet. */
export function lapsePolicy(state: PolicyState, command: LapsePolicy): PolicyEvent[] {
  const { customerId, policyId, effectiveAt, reason } = command.data;
  if (state.status === 'lapsed' && isOwn(state.policy, command) && sameTime(state.endedAt, effectiveAt))
    return [];
  const { policy, refusal } = runningPolicy(state, command);
  if (refusal) return [refusal];
  const problem = endingProblem(policy, command);
  if (problem) return [problem];
  return [{ type: 'POLICY_LAPSED', data: { customerId, policyId, effectiveAt, reason } }];
}

/**
 * Puts a lapsed or cancelled policy in force again until the end of its year, on the same terms. The
 * premium of the rest of the year is due again. `gap` tells a time without cover in between.
 */
export function reinstatePolicy(state: PolicyState, command: ReinstatePolicy): PolicyEvent[] {
  if (state.status === 'none' || !isOwn(state.policy, command)) return [notFound(command)];
  const { customerId, policyId, effectiveAt } = command.data;
  const { policy } = state;
  if (state.status !== 'cancelled' && state.status !== 'lapsed') {
    const repeated = policy.spans.length > 1 && sameTime(latestSpan(policy).from, effectiveAt);
    return repeated
      ? []
      : [refuse(command, 'policy_not_ended', 'the policy is neither lapsed nor cancelled')];
  }
  const problem = reinstatementProblem(state, command);
  if (problem) return [problem];
  const version = latestVersion(policy).version + 1;
  const gap = isAfter(effectiveAt, state.endedAt);
  return [{ type: 'POLICY_REINSTATED', data: { customerId, policyId, version, effectiveAt, gap } }];
}

function cancelAgain(
  state: Extract<PolicyState, { status: 'cancelled' }>,
  command: CancelPolicy,
): CommandRejected[] {
  const same = methodOf(command) === state.method;
  if (same && (state.method === 'FLAT' || sameTime(state.endedAt, command.data.effectiveAt))) return [];
  return [refuse(command, 'already_cancelled', `the policy was cancelled from ${state.endedAt}`)];
}

function methodOf({ data }: CancelPolicy): PolicyCancelledPayload['method'] {
  if (data.fromInception) return 'FLAT';
  return data.initiator === 'INSURER' ? 'PRO_RATA' : 'SHORT_RATE';
}

/** Flat means that the policy should never have been: later changes to pay back would contradict that. */
function flatProblem(policy: Policy, command: CancelPolicy): CommandRejected | undefined {
  if (policy.terms.length === 1 && policy.spans.length === 1) return undefined;
  return refuse(
    command,
    'flat_not_possible',
    'a renewed or reinstated policy cannot be undone from inception',
  );
}

function endingProblem(policy: Policy, command: CancelPolicy | LapsePolicy): CommandRejected | undefined {
  const { effectiveAt } = command.data;
  const { from, to } = latestSpan(policy);
  if (isBefore(effectiveAt, from) || !isBefore(effectiveAt, to)) {
    return refuse(command, 'outside_policy_period', `cover runs from ${from} to ${to}`);
  }
  const byInsured = command.type === 'CANCEL_POLICY' && command.data.initiator === 'INSURED';
  return backdated(command, effectiveAt, byInsured ? BACKDATING_GRACE_DAYS : NOTICE_BACKDATING_DAYS);
}

function refundOf(policy: Policy, effectiveAt: string, method: PolicyCancelledPayload['method']): Money {
  const premiums: PremiumFrom[] = policy.versions.map(({ from, premium }) => ({ from, premium }));
  const unearned = policy.terms.reduce<Money>((sum, term) => {
    const agreed = premiums.filter(({ from }) => isBefore(from, term.to));
    return add(sum, chargedBetween(agreed, term, effectiveAt) ?? zero(sum));
  }, zero(policy.versions[0].premium));
  return method === 'SHORT_RATE' ? multiplyRatio(unearned, SHORT_RATE_PERCENT, 100) : unearned;
}

function reinstatementProblem(
  state: Extract<PolicyState, { status: 'cancelled' | 'lapsed' }>,
  command: ReinstatePolicy,
): CommandRejected | undefined {
  const { policy, endedAt } = state;
  const { effectiveAt, policyId } = command.data;
  if (state.status === 'cancelled' && state.method === 'FLAT') {
    return rejected(command, 'cancelled_from_inception', 'the policy counts as never bound', policyId);
  }
  if (isBefore(effectiveAt, endedAt))
    return refuse(command, 'effective_before_end', `cover ended at ${endedAt}`);
  const deadline = addDays(endedAt, REINSTATE_WITHIN_DAYS);
  if (isAfter(command.at, deadline) || isAfter(effectiveAt, deadline)) {
    return refuse(command, 'reinstatement_too_late', `a reinstatement was possible until ${deadline}`);
  }
  const { to } = latestTerm(policy);
  if (isBefore(effectiveAt, to)) return undefined;
  return refuse(command, 'outside_policy_period', `the policy's year ends at ${to}`);
}

function sameTime(a: string, b: string): boolean {
  return epochMillis(a) === epochMillis(b);
}
