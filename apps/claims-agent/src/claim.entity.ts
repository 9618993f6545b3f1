import { claimDecider, claimSummary, type ClaimSummary } from '@aika/domain';
import type { HandlerContext } from '@aika/messaging';
import { defineEntity } from '@aika/workflow';

/** A claim, by claim id. The answers of the policy and risk agents are part of its history, but on the log already. */
export const claim = defineEntity({
  name: 'claim',
  decider: claimDecider,
  observes: ['COVERAGE_VERIFIED', 'CLAIM_RISK_ASSESSED'],
});

/** All claims of the message's customer: what duplicates and earlier losses are looked for in. */
export function claimsOfCustomer(context: Pick<HandlerContext, 'store'>): readonly ClaimSummary[] {
  return context
    .store(claim.store)
    .list()
    .flatMap(({ value }) => claimSummary(value) ?? []);
}
