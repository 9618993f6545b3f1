import type { PolicyBoundPayload, PolicyEndorsedPayload, PolicyReinstatedPayload } from '@aika/contracts';
import type { DomainEvent } from '../decider.js';
import { isBefore } from '../time.js';

/** What the risk agent remembers of a policy, for the signs of fraud that hang on its dates. */
export interface PolicyFacts {
  readonly policyId: string;
  readonly customerId: string;
  /** When cover began; after a gap, when it began again. */
  readonly effectiveFrom: string;
  /** When more cover began, in order; the last few, since only a loss shortly after one is a sign. */
  readonly coverIncreases: readonly string[];
}

export type PolicyFactsEvent =
  | DomainEvent<'POLICY_BOUND', PolicyBoundPayload>
  | DomainEvent<'POLICY_ENDORSED', PolicyEndorsedPayload>
  | DomainEvent<'POLICY_REINSTATED', PolicyReinstatedPayload>;

/** Bounds the record of a policy that is endorsed for ever; older increases no longer matter. */
const INCREASES_KEPT = 20;

/** The record after what the policy agent said; undefined while the policy's binding was not seen. */
export function evolvePolicyFacts(
  facts: PolicyFacts | undefined,
  event: PolicyFactsEvent,
): PolicyFacts | undefined {
  switch (event.type) {
    case 'POLICY_BOUND':
      return facts ?? boundFacts(event.data);
    case 'POLICY_ENDORSED':
      return facts && event.data.coverIncreased ? withIncrease(facts, event.data.effectiveAt) : facts;
    case 'POLICY_REINSTATED':
      return facts && event.data.gap ? { ...facts, effectiveFrom: event.data.effectiveAt } : facts;
    default:
      return event satisfies never;
  }
}

function boundFacts({ policyId, customerId, effectiveFrom }: PolicyBoundPayload): PolicyFacts {
  return { policyId, customerId, effectiveFrom, coverIncreases: [] };
}

function withIncrease(facts: PolicyFacts, at: string): PolicyFacts {
  if (facts.coverIncreases.includes(at)) return facts;
  const increases = [...facts.coverIncreases, at].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  return { ...facts, coverIncreases: increases.slice(-INCREASES_KEPT) };
}
