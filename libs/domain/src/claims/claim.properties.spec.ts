import { describe, expect, it } from '@jest/globals';
import { catalogue, validatePayload } from '@aika/contracts';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { claimDeciderFor } from './claim-desk.js';
import { command, covered, dkk, fraud, gbp, notCovered, notice, refusal } from './claim.fixtures.js';
import type { ClaimCommand, ClaimEvent } from './claim.messages.js';
import { type ClaimState, isWaiting, paymentIdOf } from './claim.state.js';

const claimDecider = claimDeciderFor();

const loss = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 60_000 })).map(gbp);
const person = fc.constantFrom('anna', 'bo');
const paymentId = fc.integer({ min: 1, max: 3 }).map((attempt) => paymentIdOf('clm-1', attempt));
const answer = fc.oneof(
  { weight: 6, arbitrary: fc.constant(covered()) },
  fc.constant(covered({ limit: gbp(3000), carried: gbp(1), required: gbp(3) })),
  fc.constant(covered({ limit: dkk(3000), deductible: dkk(0) })),
  fc.constant(notCovered(refusal)),
);

const decision = fc.record({
  decision: fc.constantFrom(...(['APPROVE', 'APPROVE', 'CHANGE', 'ASK', 'DENY'] as const)),
  question: fc.constant('Why?'),
  decidedBy: person,
  reason: fc.constant('Seen.'),
  amount: fc.option(loss, { nil: undefined }),
});

/** Any command in any order, with the payments that really are awaited made likely. */
const anyCommand: fc.Arbitrary<ClaimCommand> = fc.oneof(
  fc.record({ estimatedLoss: loss }).map((data) => command('FILE_CLAIM', { ...notice, ...data })),
  answer.map((data) => command('RECORD_COVERAGE', data)),
  fc.constantFrom(0, 0, 20).map((points) => command('RECORD_FRAUD_ASSESSMENT', fraud(points))),
  fc.constant(command('ESCALATE_CLAIM', {})),
  decision.map((data) => command('DECIDE_REFERRED_CLAIM', data)),
  fc
    .record({ paymentId, amount: loss, providerReference: fc.constant('ref') })
    .map((data) => command('CONFIRM_PAYMENT', data)),
  paymentId.map((id) => command('RELEASE_RESERVE', { paymentId: id, reason: refusal })),
  fc.constantFrom(
    command('CLOSE_CLAIM', {}),
    command('REOPEN_CLAIM', { reason: 'New papers.' }),
    command('WITHDRAW_CLAIM', { reason: 'Found it.' }),
    command('PROVIDE_CLAIM_INFORMATION', { providedBy: 'maria', text: 'So.' }),
  ),
);

/** A provider that confirms what was approved, and deadlines that stand; by chance either would hardly ever fit. */
type Step = ClaimCommand | 'PROVIDER_PAYS' | 'TIME_PASSES';
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: anyCommand },
    { weight: 1, arbitrary: fc.constantFrom('PROVIDER_PAYS' as const, 'TIME_PASSES' as const) },
  ),
  { minLength: 5, maxLength: 40 },
);
const filedFirst = fc
  .tuple(fc.integer({ min: 1, max: 60_000 }).map(gbp), steps)
  .map(([estimatedLoss, rest]): Step[] => [command('FILE_CLAIM', { ...notice, estimatedLoss }), ...rest]);

function run(sequence: readonly Step[]): readonly ClaimEvent[] {
  return sequence.reduce<readonly ClaimEvent[]>((history, step) => {
    const state = fold(claimDecider, history);
    if (step === 'TIME_PASSES') return [...history, ...whenTimeHasPassed(state)];
    if (step !== 'PROVIDER_PAYS') return [...history, ...claimDecider.decide(state, step)];
    if (state.status !== 'approved') return history;
    const data = { paymentId: state.paymentId, amount: state.payable, providerReference: 'ref' };
    return [...history, ...claimDecider.decide(state, command('CONFIRM_PAYMENT', data))];
  }, []);
}

function whenTimeHasPassed(state: ClaimState): readonly ClaimEvent[] {
  if (!isWaiting(state) || state.dueAt === undefined) return [];
  const { dueAt } = state;
  return claimDecider.decide(state, command('ESCALATE_REFERRAL', { dueAt }, { at: dueAt }));
}

const forAnyHistory = (rule: (history: readonly ClaimEvent[]) => void) =>
  fc.assert(
    fc.property(filedFirst, (sequence) => rule(run(sequence))),
    { numRuns: 500 },
  );

describe('a claim, after any sequence of commands', () => {
  it('was never paid or approved without a reserve that covers it', () => {
    forAnyHistory((history) => {
      let reserve = 0;
      for (const { type, data } of history) {
        if (type === 'CLAIM_RESERVED') reserve = data.reserve.amount;
        if (type === 'CLAIM_APPROVED') expect(data.payable.amount).toBeLessThanOrEqual(reserve);
        if (type === 'CLAIM_PAID') expect(data.amount.amount).toBeLessThanOrEqual(reserve);
        if (type === 'RESERVE_RELEASED') expect(data.released.amount).toBe(reserve);
        if (type === 'RESERVE_RELEASED' || type === 'CLAIM_CLOSED') reserve = 0;
      }
    });
  });

  it('was never approved or paid for nothing or less', () => {
    forAnyHistory((history) => {
      for (const { type, data } of history) {
        if (type === 'CLAIM_APPROVED') expect(data.payable.amount).toBeGreaterThan(0);
        if (type === 'CLAIM_PAID') expect(data.amount.amount).toBeGreaterThan(0);
      }
    });
  });

  it('waits for a person with a deadline, or after the last one has passed', () => {
    forAnyHistory((history) => {
      const state = fold(claimDecider, history);
      if (isWaiting(state) && state.dueAt === undefined) expect(state.escalationLevel).toBeGreaterThan(0);
    });
  });

  it('was decided at most once between two reopenings', () => {
    forAnyHistory((history) => {
      let decisions = 0;
      for (const { type } of history) {
        if (type === 'CLAIM_REOPENED') decisions = 0;
        if (type === 'CLAIM_APPROVED' || type === 'CLAIM_DENIED' || type === 'CLAIM_WITHDRAWN')
          decisions += 1;
        expect(decisions).toBeLessThanOrEqual(1);
      }
    });
  });

  it('paid every payment id at most once, and never more than the loss altogether', () => {
    forAnyHistory((history) => {
      const payments = history.flatMap((event) => (event.type === 'CLAIM_PAID' ? [event.data] : []));
      expect(new Set(payments.map((payment) => payment.paymentId)).size).toBe(payments.length);
      const filed = history.find((event) => event.type === 'CLAIM_FILED');
      const inLossCurrency = payments.every(({ amount }) => amount.currency === 'GBP');
      const total = payments.reduce((sum, { amount }) => sum + amount.amount, 0);
      if (inLossCurrency) expect(total).toBeLessThanOrEqual(filed?.data.estimatedLoss.amount ?? 0);
    });
  });

  it('said only what the contracts allow', () => {
    forAnyHistory((history) => {
      for (const { type, data } of history) {
        const definition = catalogue.get(type);
        expect(definition && validatePayload(definition, data)).toEqual([]);
      }
    });
  });

  it('has the same state again from a replay of its history, also through JSON', () => {
    forAnyHistory((history) => {
      const state = fold(claimDecider, history);
      const stored = JSON.parse(JSON.stringify(history)) as ClaimEvent[];
      expect(fold(claimDecider, stored)).toEqual(state);
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    });
  });

  it('has the state of its history without what it refused', () => {
    forAnyHistory((history) => {
      const facts = history.filter((event) => event.type !== 'COMMAND_REJECTED');
      expect(fold(claimDecider, facts)).toEqual(fold(claimDecider, history));
    });
  });
});

it('reaches every status by such sequences, so that the properties are not idle', () => {
  const seen = new Set<string>();
  const types = new Set<string>();
  fc.assert(
    fc.property(filedFirst, (sequence) => {
      const history = run(sequence);
      for (const { type } of history) types.add(type);
      history.forEach((_, index) => seen.add(fold(claimDecider, history.slice(0, index + 1)).status));
    }),
    { numRuns: 300, seed: 1 },
  );
  const desk = ['ESCALATED', 'REQUESTED', 'PROVIDED'];
  for (const word of desk) expect([...types].some((type) => type.endsWith(word))).toBe(true);
  expect([...seen].sort()).toEqual([
    'approved',
    'closed',
    'denied',
    'filed',
    'paid',
    'payment_refused',
    'referred',
    'reopened',
    'reserved',
    'withdrawn',
  ]);
});
