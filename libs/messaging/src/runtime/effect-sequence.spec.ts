import type { Envelope } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { defineEffect, type EffectDefinition } from '../agent/index.js';
import { Add, catalogue, counterAgent } from './suite/counter-agent.fixtures.js';
import { MessageContext } from './message-context.js';
import { MessageOutbox } from './message-outbox.js';
import { type EffectEntry, PartitionState } from './partition-state.js';
import { kindOf } from './state-key.js';
import { StateOverlay, type StateReader } from './state-overlay.js';

const Ordered = defineEffect({ name: 'ordered', ordered: true });
const Unordered = defineEffect({ name: 'unordered' });
const agent = { ...counterAgent, effects: [Ordered, Unordered] };
const outbox = new MessageOutbox({
  catalogue,
  sourceAgentId: agent.id,
  namespace: 'test',
  maxRecordBytes: 1000,
  partitionCount: () => 1,
});
let messages = 0;

/** One message that asks for an effect. @returns what it changes in the state */
function ask(below: StateReader, effect: EffectDefinition, customerId = 'ada'): StateOverlay {
  const message: Envelope = {
    messageId: `msg-${++messages}`,
    timestamp: '2026-06-15T10:00:00Z',
    sourceAgentId: 'test',
    targetAgentId: null,
    messageType: Add.type,
    priority: 'NORMAL',
    schemaVersion: 1,
    payload: { customerId, amount: 1 },
    metadata: {},
  };
  const context = new MessageContext(message, customerId, below, {
    agent,
    outbox,
    maxStateValueBytes: 1000,
    clock: () => 0,
  });
  context.effect(effect, {});
  return context.state;
}
const sequencesIn = ({ changes }: StateOverlay): (number | undefined)[] =>
  [...changes]
    .filter(([key, value]) => kindOf(key) === 'effect' && value !== null)
    .map(([, value]) => (JSON.parse(value as string) as EffectEntry).sequence);

describe('the sequence of ordered effects', () => {
  it('counts over what is committed and what is not yet', () => {
    const state = new PartitionState();
    state.apply(ask(state.store, Ordered).changes);
    const batch = new StateOverlay(state.store);
    batch.absorb(ask(batch, Ordered).changes);
    batch.absorb(ask(batch, Ordered).changes);
    expect(sequencesIn(batch)).toEqual([2, 3]);
  });

  it('is per customer', () => {
    const state = new PartitionState();
    state.apply(ask(state.store, Ordered, 'ada').changes);
    expect(sequencesIn(ask(state.store, Ordered, 'bob'))).toEqual([1]);
  });

  it('goes on above those that are pending when the first of them has ended', () => {
    const state = new PartitionState();
    const first = ask(state.store, Ordered).changes;
    state.apply(first);
    state.apply(ask(state.store, Ordered).changes);
    state.apply([...first.keys()].map((key) => [key, null] as const));
    expect(sequencesIn(ask(state.store, Ordered))).toEqual([3]);
  });

  it('is left out where order is not asked for', () => {
    const state = new PartitionState();
    expect(sequencesIn(ask(state.store, Unordered))).toEqual([undefined]);
  });
});
