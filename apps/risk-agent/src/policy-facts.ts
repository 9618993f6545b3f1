import { evolvePolicyFacts, type PolicyFacts, type PolicyFactsEvent } from '@aika/domain';
import { defineStore } from '@aika/messaging';
import type { RiskContext } from './risk.agent.js';

/** What this agent remembers of the customer's policies, by policy id. */
const policyFacts = defineStore<PolicyFacts>('policy-facts');

/** The facts of a policy; undefined while its binding was not seen. */
export function factsOf(context: RiskContext, policyId: string): PolicyFacts | undefined {
  return context.store(policyFacts).get(policyId);
}

/** Remembers what the policy agent said about a policy. */
export function remember(context: RiskContext, event: PolicyFactsEvent): void {
  const { policyId } = event.data;
  const facts = evolvePolicyFacts(factsOf(context, policyId), event);
  if (facts) context.store(policyFacts).put(policyId, facts);
}
