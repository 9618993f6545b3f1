import { describe, expect, it } from '@jest/globals';
import { validatePayload } from '@aika/contracts';
import { advance, begin, isOver, STAND_IN } from './journey.js';
import type { Policyholder } from './portfolio-plan.js';
import type { SeenEvent } from './seen-event.js';

const customerId = 'pf-r1-m1-1';
const driver: Policyholder = {
  customerId,
  cell: 'motor/1/<1l/<25',
  facts: { motor: { district: 1, engine: '<1l', driverAge: 22 } },
};
const claimant: Policyholder = {
  ...driver,
  claim: {
    name: 'motor/1',
    claimId: `clm-${customerId}`,
    cause: 'COLLISION',
    loss: { amount: 60_000, currency: 'GBP' },
    lossAt: '2026-10-01T12:00:00Z',
    reportedAt: '2026-10-03T12:00:00Z',
  },
};
const start = '2026-08-24T00:00:00Z';

function event(type: string, payload: object = {}): SeenEvent {
  return { messageId: `msg-${type}`, type, customerId, payload: { customerId, ...payload } };
}

/** The journey after these events, and the types of everything that was sent on the way. */
function travel(policyholder: Policyholder, events: readonly SeenEvent[]) {
  let { journey, messages } = begin(policyholder, start);
  for (const seen of events) {
    const step = advance(journey, seen);
    [journey, messages] = [step.journey, [...messages, ...step.messages]];
  }
  return { journey, messages, sent: messages.map(({ definition }) => definition.type) };
}

const quoted = event('QUOTE_ISSUED', { quoteId: 'quo-1' });
const bound = event('POLICY_BOUND', { policyId: 'pol-1' });
const referred = event('CLAIM_REFERRED', { claimId: `clm-${customerId}`, requiredAuthority: 'MANAGER' });
const closed = event('CLAIM_CLOSED');
const registered = event('CUSTOMER_REGISTERED');

describe('a policyholder of the replay', () => {
  it('registers, asks for a quote, accepts it, and is through when the policy is bound', () => {
    const { journey, sent } = travel(driver, [registered, quoted, bound]);
    expect(sent).toEqual(['REGISTER_CUSTOMER', 'CUSTOMER_ASSESSMENT_REQUEST', 'ACCEPT_QUOTE']);
    expect(isOver(journey)).toBe(true);
  });

  it('with a claim files it and is through when it is closed', () => {
    const before = travel(claimant, [registered, quoted, bound]);
    expect(before.sent.at(-1)).toBe('FILE_CLAIM');
    expect(isOver(before.journey)).toBe(false);
    expect(isOver(travel(claimant, [registered, quoted, bound, closed]).journey)).toBe(true);
  });

  it('has a referred claim approved by the stand-in, by the command of a person', () => {
    const { messages } = travel(claimant, [registered, quoted, bound, referred]);
    const last = messages.at(-1);
    expect(last?.definition.type).toBe('DECIDE_REFERRED_CLAIM');
    expect(last?.payload).toMatchObject({ decision: 'APPROVE', decidedBy: STAND_IN });
  });

  it('is not through before the registration was answered', () => {
    expect(isOver(travel(driver, [quoted, bound]).journey)).toBe(false);
    expect(isOver(travel(driver, [quoted, bound, registered]).journey)).toBe(true);
  });

  it('fails on a refusal, and says which', () => {
    const { journey } = travel(driver, [event('COMMAND_REJECTED', { detail: 'there is no such quote' })]);
    expect(journey).toMatchObject({
      state: 'failed',
      failure: 'COMMAND_REJECTED there is no such quote',
    });
    expect(isOver(journey)).toBe(true);
  });

  it('sends messages that keep the contracts, with ids that depend on nothing but person and step', () => {
    const all = () => travel(claimant, [quoted, bound, referred]).messages;
    for (const { definition, payload } of all()) expect(validatePayload(definition, payload)).toEqual([]);
    const ids = all().map(({ messageId }) => messageId);
    expect(ids).toEqual(
      ['register', 'ask', 'accept', 'claim', 'decide'].map((step) => `msg-${customerId}-${step}`),
    );
    expect(all().map(({ metadata }) => metadata)).toEqual(
      ids.map(() => ({ conversationId: `conv-${customerId}` })),
    );
  });
});
