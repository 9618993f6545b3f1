import { describe, expect, it } from '@jest/globals';
import { HEADER } from '@aika/contracts';
import { defineAgent, type MessageHandler } from '../../agent/index.js';
import { Add, Added, AddOutside, catalogue, Confirmed } from './counter-agent.fixtures.js';
import { type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

const staged = catalogue.withStageTopics(['decision']);

/** Rules of messages by the stage of their workflow, the same on every adapter. */
export function describeStages(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`stages on ${name}`, () => {
    const world = useCounterWorld(open);

    const observer = defineAgent({
      id: 'observing-agent',
      inbox: 'agent.policy',
      handles: [Added, Confirmed],
      emits: [],
      stages: ['decision'],
    });

    it('with a topic of their own have their events there, in both lanes; who asked for them gets no others', async () => {
      const seen: string[] = [];
      const note: MessageHandler = (_payload, { message }) => void seen.push(message.messageType);
      const handlers = new Map([Added, Confirmed].map(({ type }) => [type, note]));
      const counter = await world().start('one', { catalogue: staged });
      const reader = await world().start('two', { agent: observer, handlers, catalogue: staged });
      const customerId = world().customer();
      const before = world().events(customerId).length;
      await world().sender.send(AddOutside, { customerId, amount: 1 });
      await until(() => world().events(customerId).length === before + 1);
      await world().sender.send(Add, { customerId, amount: 2 });
      await world().sender.send(Add, { customerId, amount: 3 }, { priority: 'HIGH' });
      await until(() => seen.length === 2 && world().on('stage.decision').length === 2);
      expect(seen).toEqual(['ADDED', 'ADDED']);
      const topics = world()
        .on('stage.decision')
        .map(({ topic }) => topic);
      expect(topics.sort()).toEqual(['stage.decision', 'stage.decision.high'].map(world().topic, world()));
      const others = world()
        .on('events')
        .map(({ headers }) => headers[HEADER.type]?.toString());
      expect(others).toEqual(['CONFIRMED']);
      await until(() => reader.status().handled === 2 && counter.status().handled === 3);
    });
  });
}
