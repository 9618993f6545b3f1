import { claimDeciderFor, claimSummary, type ClaimSummary, type DeskTerms } from '@aika/domain';
import type { HandlerContext } from '@aika/messaging';
import { defineEntity } from '@aika/workflow';

/**
 * A claim, by claim id, whose decider gives people the terms. The answers of the policy and risk agents are part of its
 * history, but on the log already.
 */
export const claimEntity = (terms?: DeskTerms) =>
  defineEntity({
    name: 'claim',
    decider: claimDeciderFor(terms),
    observes: ['COVERAGE_VERIFIED', 'CLAIM_RISK_ASSESSED'],
    urgent: ['CLAIM_REFERRAL_ESCALATED'],
  });

const { store } = claimEntity();

/** All claims of the message's customer: what duplicates and earlier losses are looked for in. */
export function claimsOfCustomer(context: Pick<HandlerContext, 'store'>): readonly ClaimSummary[] {
  return context
    .store(store)
    .list()
    .flatMap(({ value }) => claimSummary(value) ?? []);
}
