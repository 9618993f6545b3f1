import type { Decider } from '../decider.js';
import { answerCoverageQuestion, answerVerifyCoverage } from './coverage.js';
import { bindPolicy, startCover } from './policy-binding.js';
import { endorsePolicy, renewPolicy } from './policy-changes.js';
import { cancelPolicy, lapsePolicy, reinstatePolicy } from './policy-ending.js';
import { evolvePolicy } from './policy.evolve.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';
import type { PolicyState } from './policy.state.js';

/** A policy from its binding to its end, and the questions about what it covers. Entity: the policy id. */
export const policyDecider: Decider<PolicyState, PolicyCommand, PolicyEvent> = {
  initialState: { status: 'none' },
  decide: decidePolicy,
  evolve: evolvePolicy,
};

function decidePolicy(state: PolicyState, command: PolicyCommand): readonly PolicyEvent[] {
  switch (command.type) {
    case 'BIND':
      return bindPolicy(state, command);
    case 'START_COVER':
      return startCover(state, command);
    case 'ENDORSE_POLICY':
      return endorsePolicy(state, command);
    case 'RENEW_POLICY':
      return renewPolicy(state, command);
    case 'CANCEL_POLICY':
      return cancelPolicy(state, command);
    case 'LAPSE_POLICY':
      return lapsePolicy(state, command);
    case 'REINSTATE_POLICY':
      return reinstatePolicy(state, command);
    case 'ASK_COVERAGE_QUESTION':
      return [answerCoverageQuestion(state, command)];
    case 'VERIFY_COVERAGE':
      return [answerVerifyCoverage(state, command)];
    default:
      return command satisfies never;
  }
}
