import type { HomeFacts, MotorFacts, PolicyRenewedPayload } from '@aika/contracts';
import type { RatedFacts } from '../risk/rating-plan.js';
import { isAfter, isBefore, latest } from '../time.js';
import type { PolicyBound, PolicyEvent } from './policy.messages.js';
import {
  latestSpan,
  latestTerm,
  latestVersion,
  type CoverSpan,
  type Policy,
  type PolicyState,
  type PolicyVersion,
} from './policy.state.js';

/** The state after an event; events that change no policy, or come before its binding, leave it as it is. */
export function evolvePolicy(state: PolicyState, event: PolicyEvent): PolicyState {
  if (event.type === 'POLICY_BOUND') return { status: 'bound', policy: boundPolicy(event.data) };
  if (state.status === 'none') return state;
  const { policy } = state;
  switch (event.type) {
    case 'POLICY_TOOK_EFFECT':
      return state.status === 'bound' ? { status: 'in_force', policy } : state;
    case 'POLICY_ENDORSED': {
      const { version, effectiveAt: from, cover, premium } = event.data;
      const rated = factsIn(event.data) ?? latestVersion(policy).rated;
      return { ...state, policy: withVersion(policy, { version, from, cover, premium, rated }) };
    }
    case 'POLICY_RENEWED':
      return { ...state, policy: renewedPolicy(policy, event.data) };
    case 'POLICY_CANCELLED': {
      const { effectiveAt: endedAt, method } = event.data;
      return { status: 'cancelled', policy: endedPolicy(policy, endedAt, 'CANCELLED'), endedAt, method };
    }
    case 'POLICY_LAPSED': {
      const endedAt = event.data.effectiveAt;
      return { status: 'lapsed', policy: endedPolicy(policy, endedAt, 'LAPSED'), endedAt };
    }
    case 'POLICY_REINSTATED': {
      const { version, effectiveAt: from } = event.data;
      const spans = [...policy.spans, { from, to: latestTerm(policy).to }] as const;
      return {
        status: 'in_force',
        policy: { ...withVersion(policy, { version, from }), spans: atLeastOne(spans) },
      };
    }
    case 'COVERAGE_QUESTION_ANSWERED':
    case 'COVERAGE_VERIFIED':
    case 'COMMAND_REJECTED':
      return state;
    default:
      return event satisfies never;
  }
}

/** The product's facts in a message, whichever they are. */
export function factsIn(data: { motor?: MotorFacts; home?: HomeFacts }): RatedFacts | undefined {
  if (data.motor) return { motor: data.motor };
  return data.home && { home: data.home };
}

function boundPolicy(data: PolicyBound['data']): Policy {
  const { policyId, customerId, quoteId, product, cover, premium, bonusMalus } = data;
  const period = { from: data.effectiveFrom, to: data.effectiveTo };
  const rated = factsIn(data);
  const first = { version: data.version, from: period.from, cover, premium, rated, bonusMalus };
  const riskScore = data.riskScore ?? 0;
  return {
    ...{ policyId, customerId, quoteId, product, riskScore },
    versions: [first],
    terms: [period],
    spans: [period],
  };
}

function withVersion(
  policy: Policy,
  change: Pick<PolicyVersion, 'version' | 'from'> & Partial<PolicyVersion>,
): Policy {
  return { ...policy, versions: atLeastOne([...policy.versions, { ...latestVersion(policy), ...change }]) };
}

function renewedPolicy(policy: Policy, renewal: PolicyRenewedPayload): Policy {
  const { version, premium, bonusMalus, effectiveFrom: from, effectiveTo: to } = renewal;
  const last = latestSpan(policy);
  const unbroken = !isBefore(last.to, from);
  const spans = unbroken ? [...policy.spans.slice(0, -1), { ...last, to }] : [...policy.spans, { from, to }];
  const terms = [...policy.terms, { from, to }];
  const renewed = withVersion(policy, { version, from, premium, bonusMalus });
  return { ...renewed, terms: atLeastOne(terms), spans: atLeastOne(spans) };
}

function endedPolicy(policy: Policy, at: string, ended: 'CANCELLED' | 'LAPSED'): Policy {
  const spans = policy.spans
    .filter((span, index) => index === 0 || !isAfter(span.from, at))
    .map((span): CoverSpan =>
      isAfter(span.to, at) ? { from: span.from, to: latest(span.from, at), ended } : span,
    );
  return { ...policy, spans: atLeastOne(spans) };
}

/** Lists of a policy only grow or are mapped from one that was not empty. */
function atLeastOne<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError('a policy has at least one version, term and span');
  return [first, ...rest];
}
