import { describe, expect, it } from '@jest/globals';
import type { Peril } from '@aika/contracts';
import { MOTOR_PERILS } from '@aika/contracts';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { isBefore } from '../time.js';
import { policyDecider } from './policy.decider.js';
import { bind, cancel, day, endorse, lapse, reinstate, renew } from './policy.fixtures.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';
import { latestVersion, type PolicyState } from './policy.state.js';

const perils = fc.subarray<Peril>([...MOTOR_PERILS]);
const days = fc.integer({ min: -10, max: 800 });
const commands: fc.Arbitrary<PolicyCommand> = fc.oneof(
  fc.constant(bind()),
  fc.tuple(days, perils).map(([at, some]) => endorse(day(at), { cover: { perils: ['LIABILITY', ...some] } })),
  fc.tuple(days, fc.nat(3)).map(([at, atFaultClaims]) => renew(day(at), { atFaultClaims })),
  fc.tuple(days, fc.boolean()).map(([at, fromInception]) => cancel(day(at), { fromInception })),
  days.map((at) => lapse(day(at))),
  fc.tuple(days, fc.nat(40)).map(([at, later]) => reinstate(day(at), day(at + later))),
);

/** Orders as they come, in order of time, from a binding on. */
function run(orders: PolicyCommand[]): { events: PolicyEvent[]; state: PolicyState } {
  let state = policyDecider.initialState;
  const events: PolicyEvent[] = [];
  const inOrder = [...orders].sort((a, b) => (isBefore(a.at, b.at) ? -1 : 1));
  for (const order of [bind(), ...inOrder]) {
    const decided = policyDecider.decide(state, order);
    events.push(...decided);
    state = fold(policyDecider, decided, state);
  }
  return { events, state };
}

describe('a policy, whatever is ordered', () => {
  it('is the same after a replay of its events, also from JSON', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 25 }), (orders) => {
        const { events, state } = run(orders);
        expect(fold(policyDecider, events)).toEqual(state);
        const stored = JSON.parse(JSON.stringify(events)) as PolicyEvent[];
        expect(JSON.stringify(fold(policyDecider, stored))).toBe(JSON.stringify(state));
      }),
    );
  });

  it('has versions, terms and spans in order, numbered without holes', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 25 }), (orders) => {
        const { state } = run(orders);
        if (state.status === 'none') throw new Error('not bound');
        const { versions, terms, spans } = state.policy;
        expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
        const inOrder = (list: readonly { from: string; to: string }[]) =>
          list.every(({ from, to }, i) => !isBefore(to, from) && !isBefore(from, list[i - 1]?.to ?? from));
        expect(inOrder(terms) && inOrder(spans)).toBe(true);
        expect(isBefore(latestVersion(state.policy).from, terms[0].from)).toBe(false);
      }),
    );
  });

  it('answers the same order a second time with silence or a refusal, never with a second change', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 15 }), commands, (orders, order) => {
        const { state } = run(orders);
        const first = policyDecider.decide(state, order);
        const again = policyDecider.decide(fold(policyDecider, first, state), order);
        expect(again.every(({ type }) => type === 'COMMAND_REJECTED')).toBe(true);
      }),
    );
  });
});
