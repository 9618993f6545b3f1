import { rejected, type Command, type CommandRejected } from '../decider.js';
import { addDays, isBefore } from '../time.js';
import type { Policy, PolicyState } from './policy.state.js';

type OnPolicy = Command<string, { readonly customerId: string; readonly policyId: string }>;

/** The policy of an order, or why the order cannot be carried out. */
export type Found =
  | { readonly policy: Policy; readonly refusal?: undefined }
  | { readonly policy?: undefined; readonly refusal: CommandRejected };

export function notFound(command: OnPolicy): CommandRejected {
  return rejected(command, 'policy_not_found', 'the customer has no such policy', command.data.policyId);
}

/** Refuses an order on a policy with this code. */
export function refuse(command: OnPolicy, code: string, detail: string): CommandRejected {
  return rejected(command, code, detail, command.data.policyId);
}

/** The customer's own policy, if it can still be changed: bound or in force. */
export function runningPolicy(state: PolicyState, command: OnPolicy): Found {
  switch (state.status) {
    case 'none':
      return { refusal: notFound(command) };
    case 'bound':
    case 'in_force':
      return isOwn(state.policy, command) ? { policy: state.policy } : { refusal: notFound(command) };
    case 'cancelled':
      return {
        refusal: refuse(command, 'policy_cancelled', `the policy was cancelled from ${state.endedAt}`),
      };
    case 'lapsed':
      return { refusal: refuse(command, 'policy_lapsed', `the policy lapsed at ${state.endedAt}`) };
    default:
      return state satisfies never;
  }
}

export function isOwn(policy: Policy, command: OnPolicy): boolean {
  return policy.customerId === command.data.customerId;
}

/** Refuses a date further back than the days allowed; undefined = fine. */
export function backdated(command: OnPolicy, effectiveAt: string, days: number): CommandRejected | undefined {
  if (!isBefore(effectiveAt, addDays(command.at, -days))) return undefined;
  return refuse(command, 'effective_in_past', `${effectiveAt} is more than ${days} days back`);
}
