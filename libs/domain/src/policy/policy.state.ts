import type { Cover, Money, PolicyCancelledPayload, Product } from '@aika/contracts';
import type { RatedFacts } from '../risk/rating-plan.js';
import { isAfter, isBefore } from '../time.js';
import type { Term } from './pro-rata.js';

/** The terms of a policy from a moment on, until the next version. */
export interface PolicyVersion {
  readonly version: number;
  readonly from: string;
  readonly cover: Cover;
  /** A year. */
  readonly premium: Money;
  /** Absent only when the binding came without facts. */
  readonly rated?: RatedFacts;
  /** The coefficient as messages carry it. */
  readonly bonusMalus: number;
}

/** Time under cover without a break; `to` is the first moment after it. */
export interface CoverSpan {
  readonly from: string;
  readonly to: string;
  /** Why it ended before its time. */
  readonly ended?: 'CANCELLED' | 'LAPSED';
}

/** A policy with its whole past: any moment can be asked about. */
export interface Policy {
  readonly policyId: string;
  readonly customerId: string;
  readonly quoteId: string;
  readonly product: Product;
  readonly riskScore: number;
  /** In order of their beginning; at least one. */
  readonly versions: readonly [PolicyVersion, ...PolicyVersion[]];
  /** A year each, one after the other; at least one. */
  readonly terms: readonly [Term, ...Term[]];
  /** In order; at least one, perhaps of no length. */
  readonly spans: readonly [CoverSpan, ...CoverSpan[]];
}

export type PolicyState =
  | { readonly status: 'none' }
  /** Agreed, cover has not begun. */
  | { readonly status: 'bound'; readonly policy: Policy }
  | { readonly status: 'in_force'; readonly policy: Policy }
  | {
      readonly status: 'cancelled';
      readonly policy: Policy;
      readonly endedAt: string;
      readonly method: PolicyCancelledPayload['method'];
    }
  | { readonly status: 'lapsed'; readonly policy: Policy; readonly endedAt: string };

/** Newest terms, also when they begin later. */
export function latestVersion(policy: Policy): PolicyVersion {
  return policy.versions.at(-1) ?? policy.versions[0];
}

/** The last year agreed on. */
export function latestTerm(policy: Policy): Term {
  return policy.terms.at(-1) ?? policy.terms[0];
}

/** The last time under cover. */
export function latestSpan(policy: Policy): CoverSpan {
  return policy.spans.at(-1) ?? policy.spans[0];
}

/** The terms that hold at a time; before all of them, the first. */
export function versionAt(policy: Policy, time: string): PolicyVersion {
  return policy.versions.findLast(({ from }) => !isAfter(from, time)) ?? policy.versions[0];
}

/** The year that a time falls in. */
export function termAt(policy: Policy, time: string): Term | undefined {
  return policy.terms.find((term) => contains(term, time));
}

/** What is covered at a time, and since when without a break; undefined outside all cover. */
export function coverAt(
  policy: Policy,
  time: string,
): { readonly version: PolicyVersion; readonly span: CoverSpan } | undefined {
  const span = policy.spans.find((candidate) => contains(candidate, time));
  return span && { version: versionAt(policy, time), span };
}

function contains(period: { readonly from: string; readonly to: string }, time: string): boolean {
  return !isBefore(time, period.from) && isBefore(time, period.to);
}
