import { describe, expect, it } from '@jest/globals';
import type { MotorFacts } from '@aika/contracts';
import { specify } from '../testing.js';
import { addYears } from '../time.js';
import { policyDecider } from './policy.decider.js';
import type { PolicyCommand, PolicyEvent } from './policy.messages.js';
import {
  bind,
  bound,
  cancel,
  context,
  day,
  endorse,
  expiry,
  homeQuote,
  ids,
  inception,
  lapse,
  quote,
  renew,
} from './policy.fixtures.js';
import type { PolicyState } from './policy.state.js';

const policy = specify(policyDecider);
const start = (at: string) => ({ type: 'START_COVER', ...context(at), data: ids }) as const;
const tookEffect = (effectiveFrom: string): PolicyEvent => ({
  type: 'POLICY_TOOK_EFFECT',
  data: { ...ids, effectiveFrom },
});

function outcome(history: PolicyEvent[], command: PolicyCommand): { event: PolicyEvent; state: PolicyState } {
  const { events, state } = policy
    .given(...history)
    .when(command)
    .outcome();
  const [event] = events;
  if (!event || events.length > 1) throw new Error(`expected one event, found ${events.length}`);
  return { event, state };
}

describe('binding a policy', () => {
  it('covers one year from the quote’s date and takes effect at once when that is now', () => {
    const { events, state } = policy.when(bind()).outcome();
    expect(events).toEqual([
      {
        type: 'POLICY_BOUND',
        data: {
          ...ids,
          quoteId: 'quo-1',
          product: 'MOTOR',
          version: 1,
          cover: quote.cover,
          premium: quote.premium,
          effectiveFrom: inception,
          effectiveTo: expiry,
          motor: quote.motor,
          bonusMalus: 1,
          riskScore: 17,
        },
      },
      tookEffect(inception),
    ]);
    expect(state.status).toBe('in_force');
  });

  it('waits for a date in the future', () => {
    const { events, state } = policy.when(bind({ effectiveFrom: day(5) })).outcome();
    expect(events.map(({ type }) => type)).toEqual(['POLICY_BOUND']);
    expect(state.status).toBe('bound');
  });

  it('begins no earlier than it is bound, except for a portfolio taken over', () => {
    expect(policy.when(bind({}, day(3))).outcome().events[0]?.data).toMatchObject({ effectiveFrom: day(3) });
    const [taken] = policy.when(bind({ effectiveFrom: day(-90) }, day(3))).outcome().events;
    expect(taken?.data).toMatchObject({ effectiveFrom: day(-90), effectiveTo: addYears(day(-90), 1) });
    policy.when(bind({ effectiveFrom: day(-364) }, day(3))).thenRejected('effective_in_past');
  });

  it('stays quiet on a duplicate and refuses another quote under the same id', () => {
    policy
      .given(...bound())
      .when(bind({}, day(1)))
      .thenNothing();
    policy
      .given(...bound())
      .when(bind({ quoteId: 'quo-9' }))
      .thenRejected('policy_exists');
  });
});

describe('starting cover', () => {
  const future = bound({ effectiveFrom: day(5) });

  it('happens at inception, not before, and once', () => {
    policy
      .given(...future)
      .when(start(day(5)))
      .then(tookEffect(day(5)));
    policy
      .given(...future)
      .when(start(day(4)))
      .thenRejected('not_yet_effective');
    policy
      .given(...future, tookEffect(day(5)))
      .when(start(day(5)))
      .thenNothing();
    policy.when(start(day(5))).thenRejected('policy_not_found');
  });

  it('stays quiet for a policy cancelled before', () => {
    const { event } = outcome(future, cancel(day(5), { fromInception: true }, day(1)));
    policy
      .given(...future, event)
      .when(start(day(5)))
      .thenNothing();
  });
});

describe('endorsing a policy', () => {
  const wider = { cover: { limit: { amount: 10_000_000, currency: 'GBP' } } } as const;
  const stronger: MotorFacts = { district: 1, engine: '>2l', driverAge: 40 };

  it('makes a new version with the difference for the days that remain', () => {
    const { event } = outcome(bound(), endorse(day(73), { motor: stronger }));
    // 64680 × 1.757 × 0.585 = 66481.07: 22022 more a year, 292 of 365 days of it.
    expect(event).toEqual({
      type: 'POLICY_ENDORSED',
      data: {
        ...ids,
        version: 2,
        effectiveAt: day(73),
        cover: quote.cover,
        premium: { amount: 66_481, currency: 'GBP' },
        premiumDifference: { amount: 17_618, currency: 'GBP' },
        coverIncreased: false,
        motor: stronger,
      },
    });
  });

  it('says whether cover was increased', () => {
    const increased = (change: Parameters<typeof endorse>[1]) =>
      outcome(bound(), endorse(day(9), change)).event.data;
    expect(increased(wider)).toMatchObject({ coverIncreased: true });
    expect(increased({ cover: { deductible: { amount: 0, currency: 'GBP' } } })).toMatchObject({
      coverIncreased: true,
    });
    expect(increased({ cover: { perils: ['LIABILITY'] } })).toMatchObject({ coverIncreased: false });
  });

  it('pays back when the cover shrinks, and nothing remains of a change undone the same day', () => {
    const there = outcome(bound(), endorse(day(100), { cover: { perils: ['LIABILITY'] } })).event;
    const back = outcome(
      [...bound(), there],
      endorse(day(100), { cover: { perils: quote.cover.perils } }),
    ).event;
    if (there.type !== 'POLICY_ENDORSED' || back.type !== 'POLICY_ENDORSED') throw new Error('not endorsed');
    expect(there.data.premiumDifference.amount).toBeLessThan(0);
    expect(there.data.premiumDifference.amount + back.data.premiumDifference.amount).toBe(0);
    expect(back.data).toMatchObject({ version: 3, premium: quote.premium });
  });

  it('never takes effect before it was asked for', () => {
    const { event } = outcome(bound(), endorse(day(9), wider, '2026-12-01T18:00:00Z'));
    expect(event.data).toMatchObject({ effectiveAt: '2026-12-01T18:00:00Z' });
  });

  it('lets the limit of a home follow its sum insured', () => {
    const home = { construction: 'BRICK', sumInsured: { amount: 60_000_000, currency: 'DKK' } } as const;
    const { event } = outcome(bound(homeQuote), endorse(day(9), { home }));
    expect(event.data).toMatchObject({ cover: { limit: home.sumInsured }, coverIncreased: true, home });
  });

  it.each([
    ['effective_in_past', endorse(day(9), wider, day(11))],
    ['outside_policy_period', endorse(day(365), wider)],
    ['peril_compulsory', endorse(day(9), { cover: { perils: ['THEFT'] } })],
    ['peril_not_offered', endorse(day(9), { cover: { perils: ['LIABILITY', 'FLOOD'] } })],
    ['limit_too_low', endorse(day(9), { cover: { limit: { amount: 1, currency: 'GBP' } } })],
    ['currency_mismatch', endorse(day(9), { cover: { limit: { amount: 1, currency: 'EUR' } } })],
    ['facts_of_other_product', endorse(day(9), { home: homeQuote.home })],
  ] as const)('is refused with %s', (code, command) => {
    const { event } = outcome(bound(), command);
    expect(event.type === 'COMMAND_REJECTED' && event.data.code).toBe(code);
  });

  it('is refused before terms that are already agreed, and for an unknown, cancelled or lapsed policy', () => {
    const { event } = outcome(bound(), endorse(day(50), wider, day(1)));
    const other = endorse(day(49), { motor: stronger }, day(2));
    policy
      .given(...bound(), event)
      .when(other)
      .thenRejected('endorsement_out_of_sequence');
    policy.when(endorse(day(9), wider)).thenRejected('policy_not_found');
    const ended = (by: PolicyCommand) => policy.given(...bound(), outcome(bound(), by).event);
    ended(cancel(day(5)))
      .when(endorse(day(9), wider))
      .thenRejected('policy_cancelled');
    ended(lapse(day(5)))
      .when(endorse(day(9), wider))
      .thenRejected('policy_lapsed');
  });

  it('stays quiet when it changes nothing', () => {
    const { event } = outcome(bound(), endorse(day(9), wider));
    policy
      .given(...bound(), event)
      .when(endorse(day(9), wider))
      .thenNothing();
    policy
      .given(...bound())
      .when(endorse(day(9), {}))
      .thenNothing();
  });
});

describe('renewing a policy', () => {
  it('agrees on the next year with a bonus for a clean one', () => {
    const { event } = outcome(bound(), renew(day(340)));
    expect(event).toEqual({
      type: 'POLICY_RENEWED',
      data: {
        ...ids,
        version: 2,
        effectiveFrom: expiry,
        effectiveTo: addYears(expiry, 1),
        premium: { amount: 42_236, currency: 'GBP' }, // 44459.415 × 0.95 = 42236.44
        bonusMalus: 0.95,
      },
    });
  });

  it('adds the malus of the year’s claims', () => {
    const { event } = outcome(bound(), renew(day(340), { atFaultClaims: 1, partlyAtFaultClaims: 1 }));
    expect(event.data).toMatchObject({ bonusMalus: 1.4, premium: { amount: 62_243 } });
  });

  it('keeps the coefficient of a home', () => {
    expect(outcome(bound(homeQuote), renew(day(340))).event.data).toMatchObject({ bonusMalus: 1 });
  });

  it('stays quiet when the next year is agreed on, and goes on to the year after in that year', () => {
    const first = outcome(bound(), renew(day(340))).event;
    policy
      .given(...bound(), first)
      .when(renew(day(341)))
      .thenNothing();
    const second = outcome([...bound(), first], renew(day(400))).event;
    expect(second.data).toMatchObject({ version: 3, effectiveFrom: addYears(expiry, 1), bonusMalus: 0.9 });
  });

  it('is refused before inception, after the end, and for an unknown or ended policy', () => {
    policy
      .given(...bound({ effectiveFrom: day(9) }))
      .when(renew(day(1)))
      .thenRejected('not_yet_effective');
    policy
      .given(...bound())
      .when(renew(expiry))
      .thenRejected('policy_expired');
    policy.when(renew(day(1))).thenRejected('policy_not_found');
    policy
      .given(...bound(), outcome(bound(), lapse(day(5))).event)
      .when(renew(day(9)))
      .thenRejected('policy_lapsed');
  });
});
