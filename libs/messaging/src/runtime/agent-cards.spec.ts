import { describe, expect, it } from '@jest/globals';
import { createInMemoryBroker } from '../in-memory/index.js';
import { readAgentCards } from './agent-cards.js';

const card = (agentId: string, instanceId: string, generation = 1) => ({
  agentId,
  instanceId,
  handles: [],
  emits: [],
  partitions: [0],
  generation,
  at: '2026-01-01T00:00:00.000Z',
});

/** The directory after these records: `[key, value]`. */
async function cardsAfter(records: readonly (readonly [string, object | string | null])[]) {
  const log = createInMemoryBroker({ topics: { 'aika.agents': 1 } }).connect('test');
  const writer = await log.createWriter();
  await writer.send(
    records.map(([key, value]) => ({
      topic: 'aika.agents',
      partition: 0,
      key,
      value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
    })),
  );
  const cards = await readAgentCards(log, 'aika');
  await log.close();
  return cards;
}

describe('the live directory', () => {
  it('has the last card of each instance, by agent and instance', async () => {
    const cards = await cardsAfter([
      ['risk/2', card('risk', '2')],
      ['risk/1', card('risk', '1')],
      ['risk/2', card('risk', '2', 5)],
    ]);
    expect(cards).toEqual([card('risk', '1'), card('risk', '2', 5)]);
  });

  it('has no card of an instance that took its card back', async () => {
    expect(
      await cardsAfter([
        ['risk/1', card('risk', '1')],
        ['risk/1', null],
      ]),
    ).toEqual([]);
  });

  it('passes over what is no card', async () => {
    const cards = await cardsAfter([
      ['x', 'no json'],
      ['y', { agentId: 'y' }],
      ['z', 'null'],
      ['risk/1', card('risk', '1')],
    ]);
    expect(cards).toEqual([card('risk', '1')]);
  });

  it('is empty while its topic does not exist', async () => {
    const log = createInMemoryBroker({ topics: {} }).connect('test');
    expect(await readAgentCards(log, 'aika')).toEqual([]);
    await log.close();
  });

  it('is empty before anybody wrote to it', async () => {
    expect(await cardsAfter([])).toEqual([]);
  });
});
