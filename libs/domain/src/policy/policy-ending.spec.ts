import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { specify } from '../testing.js';
import { policyDecider } from './policy.decider.js';
import {
  bound,
  cancel,
  day,
  endorse,
  ids,
  inception,
  lapse,
  quote,
  reinstate,
  renew,
} from './policy.fixtures.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';
import { coverAt } from './policy.state.js';

const policy = specify(policyDecider);
const insured = { initiator: 'INSURED' } as const;

function eventOf(history: PolicyEvent[], command: PolicyCommand): PolicyEvent {
  const [event] = policy
    .given(...history)
    .when(command)
    .outcome().events;
  if (!event) throw new Error(`${command.type} stayed quiet`);
  return event;
}

/** Carries the orders out one after the other and returns everything that happened. */
function history(...commands: PolicyCommand[]): PolicyEvent[] {
  return commands.reduce<PolicyEvent[]>(
    (past, command) => [...past, ...policyDecider.decide(fold(policyDecider, past), command)],
    bound(),
  );
}

function refundOf(event: PolicyEvent | undefined): number {
  if (event?.type !== 'POLICY_CANCELLED') throw new Error(`not cancelled but ${event?.type}`);
  return event.data.refund.amount;
}

describe('cancelling a policy', () => {
  it('by the insurer pays back pro rata', () => {
    policy
      .given(...bound())
      .when(cancel(day(73)))
      .then({
        type: 'POLICY_CANCELLED',
        data: {
          ...ids,
          effectiveAt: day(73),
          method: 'PRO_RATA',
          refund: { amount: 35_567, currency: 'GBP' }, // 44459 less the 8892 earned in 73 of 365 days
          reason: 'sold',
        },
      });
  });

  it('by the insured pays back 90 % of the unearned premium', () => {
    const event = eventOf(bound(), cancel(day(73), insured));
    expect(event.data).toMatchObject({ method: 'SHORT_RATE', refund: { amount: 32_010 } });
  });

  it('from inception pays everything back, as if it had never been', () => {
    const past = [...bound(), eventOf(bound(), endorse(day(20), { cover: { perils: ['LIABILITY'] } }))];
    const event = eventOf(past, cancel(day(40), { fromInception: true }));
    const [, , endorsed] = past;
    if (endorsed?.type !== 'POLICY_ENDORSED') throw new Error('not endorsed');
    expect(event.data).toMatchObject({ method: 'FLAT', effectiveAt: inception });
    expect(refundOf(event)).toBe(quote.premium.amount + endorsed.data.premiumDifference.amount);
    const state = fold(policyDecider, [...past, event]);
    expect(state.status !== 'none' && coverAt(state.policy, day(1))).toBeUndefined();
  });

  it('pays back the whole next year when that was agreed on', () => {
    const past = history(renew(day(300)));
    expect(refundOf(eventOf(past, cancel(day(350))))).toBe(44_459 - 42_632 + 42_236);
  });

  it('is refused outside the cover, too far back, when flat makes no sense, or for an unknown policy', () => {
    policy
      .given(...bound())
      .when(cancel(day(-1)))
      .thenRejected('outside_policy_period');
    policy
      .given(...bound())
      .when(cancel(day(365)))
      .thenRejected('outside_policy_period');
    policy
      .given(...bound())
      .when(cancel(day(9), insured, day(11)))
      .thenRejected('effective_in_past');
    policy
      .given(...bound())
      .when(cancel(day(9), {}, day(40)))
      .thenRejected('effective_in_past');
    policy
      .given(...history(renew(day(300))))
      .when(cancel(day(310), { fromInception: true }))
      .thenRejected('flat_not_possible');
    policy
      .given(...history(lapse(day(5))))
      .when(cancel(day(6)))
      .thenRejected('policy_lapsed');
    policy.when(cancel(day(9))).thenRejected('policy_not_found');
    policy
      .given(...bound())
      .when(cancel(day(9), { customerId: 'c2' }))
      .thenRejected('policy_not_found');
  });

  it('stays quiet when repeated and refuses another date', () => {
    policy
      .given(...history(cancel(day(9))))
      .when(cancel(day(9), {}, day(12)))
      .thenNothing();
    policy
      .given(...history(cancel(day(9))))
      .when(cancel(day(10)))
      .thenRejected('already_cancelled');
    const flat = cancel(day(9), { fromInception: true });
    policy
      .given(...history(flat))
      .when(flat)
      .thenNothing();
  });

  it('never pays back less than nothing or more than was charged', () => {
    const change = fc.record({
      at: fc.integer({ min: 0, max: 364 }),
      engine: fc.constantFrom('<1l', '1-1.5l', '>2l'),
    });
    const cancellation = fc.record({
      at: fc.integer({ min: 0, max: 364 }),
      initiator: fc.constantFrom('INSURER', 'INSURED'),
      fromInception: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), cancellation, (changes, { at, ...how }) => {
        const inOrder = [...changes].sort((a, b) => a.at - b.at);
        const past = history(
          ...inOrder.map((each) =>
            endorse(day(each.at), { motor: { district: 1, engine: each.engine, driverAge: 40 } }),
          ),
        );
        const charged = past.reduce((sum, event) => {
          if (event.type === 'POLICY_BOUND') return sum + event.data.premium.amount;
          return event.type === 'POLICY_ENDORSED' ? sum + event.data.premiumDifference.amount : sum;
        }, 0);
        const refund = refundOf(eventOf(past, cancel(day(at), how)));
        expect(refund).toBeGreaterThanOrEqual(0);
        expect(refund).toBeLessThanOrEqual(charged);
        if (how.fromInception || (at === 0 && how.initiator === 'INSURER')) expect(refund).toBe(charged);
      }),
    );
  });
});

describe('a lapse', () => {
  it('ends cover without a refund, also from a due date up to 30 days back', () => {
    policy
      .given(...bound())
      .when(lapse(day(30), day(55)))
      .then({ type: 'POLICY_LAPSED', data: { ...ids, effectiveAt: day(30), reason: 'unpaid' } });
  });

  it('is refused outside the cover and for an unknown or cancelled policy, and quiet when repeated', () => {
    policy
      .given(...bound())
      .when(lapse(day(365)))
      .thenRejected('outside_policy_period');
    policy
      .given(...bound())
      .when(lapse(day(10), day(41)))
      .thenRejected('effective_in_past');
    policy.when(lapse(day(5))).thenRejected('policy_not_found');
    policy
      .given(...history(cancel(day(5))))
      .when(lapse(day(5)))
      .thenRejected('policy_cancelled');
    policy
      .given(...history(lapse(day(5))))
      .when(lapse(day(5), day(9)))
      .thenNothing();
  });
});

describe('reinstating a policy', () => {
  it.each([
    ['without a gap', 40, false],
    ['with a gap', 50, true],
  ])('puts it in force again %s', (_how, from, gap) => {
    const past = history(lapse(day(40)));
    const event = eventOf(past, reinstate(day(from), day(60)));
    expect(event).toEqual({
      type: 'POLICY_REINSTATED',
      data: { ...ids, version: 2, effectiveAt: day(from), gap },
    });
    const state = fold(policyDecider, [...past, event]);
    if (state.status !== 'in_force') throw new Error(state.status);
    expect(coverAt(state.policy, day(45)) === undefined).toBe(gap);
    expect(coverAt(state.policy, day(60))?.version.cover).toEqual(quote.cover);
  });

  it('works after a cancellation too, and the policy can be changed and cancelled again', () => {
    const past = history(
      cancel(day(40)),
      reinstate(day(50)),
      endorse(day(60), { cover: { perils: ['LIABILITY'] } }),
    );
    expect(refundOf(eventOf(past, cancel(day(365 - 73))))).toBe(2668); // 30 % of the premium, 73 of 365 days
  });

  it('is refused before the end, after 30 days, past the year, from a flat cancellation or when nothing ended', () => {
    const lapsed = policy.given(...history(lapse(day(40))));
    lapsed.when(reinstate(day(39))).thenRejected('effective_before_end');
    lapsed.when(reinstate(day(71))).thenRejected('reinstatement_too_late');
    lapsed.when(reinstate(day(60), day(71))).thenRejected('reinstatement_too_late');
    policy
      .given(...history(lapse(day(350))))
      .when(reinstate(day(366)))
      .thenRejected('outside_policy_period');
    policy
      .given(...history(cancel(day(9), { fromInception: true })))
      .when(reinstate(day(9)))
      .thenRejected('cancelled_from_inception');
    policy
      .given(...bound())
      .when(reinstate(day(9)))
      .thenRejected('policy_not_ended');
    policy.when(reinstate(day(9))).thenRejected('policy_not_found');
  });

  it('stays quiet when repeated', () => {
    policy
      .given(...history(lapse(day(40)), reinstate(day(50))))
      .when(reinstate(day(50)))
      .thenNothing();
  });
});
