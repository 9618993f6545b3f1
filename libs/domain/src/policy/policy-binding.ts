import { rejected } from '../decider.js';
import { addYears, isAfter, latest } from '../time.js';
import type { BindPolicy, PolicyEvent, StartCover } from './policy.messages.js';
import type { PolicyState } from './policy.state.js';
import { isBookTransfer } from './quote.decider.js';
import { notFound } from './policy-refusals.js';

/**
 * Binds an accepted quote for one year. Cover begins when the quote says, but not before the binding: only a
 * portfolio taken over begins in the past.
 */
export function bindPolicy(state: PolicyState, command: BindPolicy): PolicyEvent[] {
  const { customerId, policyId, quote } = command.data;
  if (state.status !== 'none') {
    if (state.policy.quoteId === quote.quoteId) return [];
    return [
      rejected(command, 'policy_exists', 'a policy with this id was bound from another quote', policyId),
    ];
  }
  const effectiveFrom = isBookTransfer(quote) ? quote.effectiveFrom : latest(quote.effectiveFrom, command.at);
  const effectiveTo = addYears(effectiveFrom, 1);
  if (!isAfter(effectiveTo, command.at)) {
    return [rejected(command, 'effective_in_past', 'the year of cover is already over', policyId)];
  }
  const { quoteId, product, cover, premium, motor, home, bonusMalus, riskScore } = quote;
  const facts = { ...(motor ? { motor } : {}), ...(home ? { home } : {}) };
  const period = { effectiveFrom, effectiveTo };
  const bound: PolicyEvent = {
    type: 'POLICY_BOUND',
    data: {
      ...{ customerId, policyId, quoteId, product, version: 1, cover, premium },
      ...period,
      ...facts,
      ...{ bonusMalus, riskScore },
    },
  };
  if (isAfter(effectiveFrom, command.at)) return [bound];
  return [bound, { type: 'POLICY_TOOK_EFFECT', data: { customerId, policyId, effectiveFrom } }];
}

/** The timer at inception: cover begins, once; nothing when the policy ended before. */
export function startCover(state: PolicyState, command: StartCover): PolicyEvent[] {
  if (state.status === 'none') return [notFound(command)];
  if (state.status !== 'bound') return [];
  const { customerId, policyId } = command.data;
  const effectiveFrom = state.policy.spans[0].from;
  if (isAfter(effectiveFrom, command.at)) {
    return [rejected(command, 'not_yet_effective', `cover begins at ${effectiveFrom}`, policyId)];
  }
  return [{ type: 'POLICY_TOOK_EFFECT', data: { customerId, policyId, effectiveFrom } }];
}
