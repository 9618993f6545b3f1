/** Scores customers, quotes and claims; finds fraud indicators. */
export const RISK_AGENT = 'risk-assessment-agent';
/** Recommends cover, quotes, binds, endorses, renews and cancels policies. */
export const POLICY_AGENT = 'policy-recommendation-agent';
/** Takes a claim from its first notice of loss to its closing. */
export const CLAIMS_AGENT = 'claims-processing-agent';
/** Owns the customer, the conversation and the notifications. */
export const CUSTOMER_AGENT = 'customer-service-agent';

/** The agents of the product, by the id that stands in `sourceAgentId` and `targetAgentId`. */
export const AGENT_IDS = [RISK_AGENT, POLICY_AGENT, CLAIMS_AGENT, CUSTOMER_AGENT] as const;

/** One of the product's own agents. */
export type KnownAgentId = (typeof AGENT_IDS)[number];

/**
 * Any agent's id. A union with `string` on purpose: agents that others add take part under their own
 * names, and editors still complete the known ones.
 */
export type AgentId = KnownAgentId | (string & {});
