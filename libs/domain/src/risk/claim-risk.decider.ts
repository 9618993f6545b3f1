import type { AssessClaimRiskPayload, ClaimRiskAssessedPayload } from '@aika/contracts';
import type { Command, CommandRejected, Decider, DomainEvent } from '../decider.js';
import { fraudIndicators, fraudPoints } from './fraud.js';
import type { PolicyFacts } from './policy-facts.js';

/**
 * The claims agent asks for signs of fraud. The handler adds what it remembers of the policy: claim and
 * binding travel on different topics, so the question can arrive before the policy is known.
 */
export interface AssessClaimRisk extends Command<'ASSESS_CLAIM_RISK', AssessClaimRiskPayload> {
  readonly policy?: PolicyFacts;
  /** Without the policy: say nothing yet, because the question will be put again. */
  readonly mayWait: boolean;
}

export type ClaimRiskState =
  { readonly status: 'none' } | { readonly status: 'assessed'; readonly fraudPoints: number };
export type ClaimRiskEvent = DomainEvent<'CLAIM_RISK_ASSESSED', ClaimRiskAssessedPayload> | CommandRejected;

/** How often the question is put again before it is answered without the policy (then there may be none). */
export const CLAIM_RISK_RECHECKS = 5;

/** Milliseconds to the recheck of this number (from 1), doubling from one second; undefined = no more. */
export function claimRiskRecheckDelay(attempt: number): number | undefined {
  return attempt <= CLAIM_RISK_RECHECKS ? 1000 * 2 ** (attempt - 1) : undefined;
}

/** The fraud assessment of one claim: made once. */
export const claimRiskDecider: Decider<ClaimRiskState, AssessClaimRisk, ClaimRiskEvent> = {
  initialState: { status: 'none' },
  decide(state, command) {
    if (state.status === 'assessed') return [];
    if (!command.policy && command.mayWait) return [];
    const { customerId, claimId } = command.data;
    const indicators = fraudIndicators(command.data, ownPolicy(command));
    const data = { customerId, claimId, fraudPoints: fraudPoints(indicators), indicators };
    return [{ type: 'CLAIM_RISK_ASSESSED', data }];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'CLAIM_RISK_ASSESSED':
        return { status: 'assessed', fraudPoints: event.data.fraudPoints };
      case 'COMMAND_REJECTED':
        return state;
      default:
        return event satisfies never;
    }
  },
};

/** Somebody else's policy says nothing about this claim; the coverage check denies it anyway. */
function ownPolicy({ policy, data }: AssessClaimRisk): PolicyFacts | undefined {
  return policy?.policyId === data.policyId && policy.customerId === data.customerId ? policy : undefined;
}
