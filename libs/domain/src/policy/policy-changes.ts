import type { Cover } from '@aika/contracts';
import { sameContent } from '../content.js';
import { subtract } from '../money.js';
import { bonusMalusCoefficient, bonusMalusHundredths, nextBonusMalus } from '../risk/bonus-malus.js';
import type { RatedFacts } from '../risk/rating-plan.js';
import { addYears, isAfter, isBefore, latest } from '../time.js';
import { coverProblems, coverWith, followSumInsured, isIncreased } from './cover-rules.js';
import { factsIn } from './policy.evolve.js';
import type { EndorsePolicy, PolicyEvent, RenewPolicy } from './policy.messages.js';
import { backdated, refuse, runningPolicy } from './policy-refusals.js';
import {
  latestTerm,
  latestVersion,
  termAt,
  type Policy,
  type PolicyState,
  type PolicyVersion,
} from './policy.state.js';
import { ratePremium } from './premium.js';
import { unearnedPremium } from './pro-rata.js';
import { BACKDATING_GRACE_DAYS } from './quote.decider.js';

/**
 * Changes the terms from a moment on: a new version, and the pro-rated difference for the rest of the year,
 * negative when it is paid back. Never takes effect before it was asked for; a date more than a day back, or
 * before the newest version's, is refused. Terms that stay the same stay quiet.
 */
export function endorsePolicy(state: PolicyState, command: EndorsePolicy): PolicyEvent[] {
  const { policy, refusal } = runningPolicy(state, command);
  if (refusal) return [refusal];
  const current = latestVersion(policy);
  const rated = factsIn(command.data) ?? current.rated;
  if (!rated || !current.rated)
    return [refuse(command, 'rating_facts_missing', 'the policy has no rating facts')];
  if ('motor' in rated !== (policy.product === 'MOTOR') || (command.data.motor && command.data.home)) {
    return [refuse(command, 'facts_of_other_product', `the policy is a ${policy.product} policy`)];
  }
  const cover = endorsedCover(current, rated, command);
  const [problem, ...more] = coverProblems(rated, cover);
  if (problem) {
    const detail = [problem, ...more].map((each) => each.detail).join(' ');
    return [refuse(command, problem.code, detail)];
  }
  if (sameContent([rated, cover], [current.rated, current.cover])) return [];
  return endorsed(policy, command, { ...current, cover, rated });
}

function endorsedCover(current: PolicyVersion, rated: RatedFacts, command: EndorsePolicy): Cover {
  const followed =
    'home' in rated && current.rated && 'home' in current.rated
      ? followSumInsured(current.cover, current.rated.home, rated.home)
      : current.cover;
  return coverWith(followed, command.data.cover);
}

function endorsed(
  policy: Policy,
  command: EndorsePolicy,
  wish: PolicyVersion & { readonly rated: RatedFacts },
): PolicyEvent[] {
  const tooOld = backdated(command, command.data.effectiveAt, BACKDATING_GRACE_DAYS);
  if (tooOld) return [tooOld];
  const effectiveAt = latest(command.data.effectiveAt, command.at);
  const current = latestVersion(policy);
  const term = termAt(policy, effectiveAt);
  if (!term) return [refuse(command, 'outside_policy_period', `the policy does not run at ${effectiveAt}`)];
  if (isBefore(effectiveAt, current.from)) {
    const detail = `the terms from ${current.from} on are already agreed`;
    return [refuse(command, 'endorsement_out_of_sequence', detail)];
  }
  const { cover, rated } = wish;
  const bonusMalus = bonusMalusHundredths(current.bonusMalus);
  const { premium } = ratePremium({ rated, cover, bonusMalus, riskScore: policy.riskScore });
  if (premium.currency !== current.premium.currency) {
    return [refuse(command, 'currency_mismatch', `the policy is in ${current.premium.currency}`)];
  }
  const premiumDifference = subtract(
    unearnedPremium(premium, term, effectiveAt),
    unearnedPremium(current.premium, term, effectiveAt),
  );
  const { customerId, policyId } = command.data;
  const change = { version: current.version + 1, effectiveAt, cover, premium, premiumDifference };
  const coverIncreased = isIncreased(current.cover, cover);
  return [{ type: 'POLICY_ENDORSED', data: { customerId, policyId, ...change, coverIncreased, ...rated } }];
}

/**
 * Agrees on the year after the current one, with the bonus-malus that the year's claims lead to (motor) and
 * the same facts, cover and score. One renewal a year: while the next year is agreed on, a repetition is quiet.
 */
export function renewPolicy(state: PolicyState, command: RenewPolicy): PolicyEvent[] {
  const { policy, refusal } = runningPolicy(state, command);
  if (refusal) return [refusal];
  const term = latestTerm(policy);
  if (isAfter(term.from, command.at)) {
    if (policy.terms.length > 1) return [];
    return [refuse(command, 'not_yet_effective', `cover begins at ${term.from}`)];
  }
  if (!isBefore(command.at, term.to))
    return [refuse(command, 'policy_expired', `the policy ended at ${term.to}`)];
  const current = latestVersion(policy);
  if (!current.rated) return [refuse(command, 'rating_facts_missing', 'the policy has no rating facts')];
  const { cover, rated } = current;
  const bonusMalus = renewedBonusMalus(policy, current, command);
  const { premium } = ratePremium({ rated, cover, bonusMalus, riskScore: policy.riskScore });
  const { customerId, policyId } = command.data;
  const period = { effectiveFrom: term.to, effectiveTo: addYears(term.to, 1) };
  const version = current.version + 1;
  const terms = { version, ...period, premium, bonusMalus: bonusMalusCoefficient(bonusMalus) };
  return [{ type: 'POLICY_RENEWED', data: { customerId, policyId, ...terms } }];
}

function renewedBonusMalus(policy: Policy, current: PolicyVersion, { data }: RenewPolicy): number {
  const hundredths = bonusMalusHundredths(current.bonusMalus);
  if (policy.product !== 'MOTOR') return hundredths;
  return nextBonusMalus(hundredths, {
    atFault: data.atFaultClaims ?? 0,
    partlyAtFault: data.partlyAtFaultClaims ?? 0,
  });
}
