import { readdirSync, readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageSender } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { AikaModule, MESSAGE_LOG } from '@aika/messaging/nest';
import { startTestBed, type TestBed } from '@aika/messaging/testing';
import { GreetingAgentModule } from '../greeting-agent/greeting-agent.module.js';
import { greetingsOf } from './front-door.js';
import { receptionAgent } from './reception.agent.js';
import { ReceptionController } from './reception.controller.js';
import { catalogue, CustomerGreeted, ReceiveVisitor } from './reception.messages.js';

const log = () => createInMemoryBroker({ topics: 1 }).connect('replaced by the test bed');

@Module({
  imports: [AikaModule.forAgent(receptionAgent, { catalogue, log })],
  controllers: [ReceptionController],
})
class ReceptionAgentModule {}

const ada = { customerId: 'cust-1', name: 'Ada' };

describe('the reception agent', () => {
  let bed: TestBed;

  beforeEach(async () => {
    const builder = Test.createTestingModule({ imports: [ReceptionAgentModule] });
    bed = await startTestBed(builder, { now: '2026-03-02T09:00:00.000Z' });
    await bed.send(ReceiveVisitor, ada);
  });
  afterEach(() => bed.close());

  it('ends a visit half an hour after its beginning when the visitor was greeted', async () => {
    const [question] = await bed.outputs();
    await bed.answer(question!, CustomerGreeted, { ...ada, times: 1 });
    await bed.advance(30 * 60_000 - 1);
    expect(await bed.outputs()).toEqual([]);
    await bed.advance(1);
    expect((await bed.outputs()).at(-1)?.payload).toMatchObject({ how: 'after half an hour' });
  });

  it('ends it when nobody greets in time', async () => {
    await bed.advance(5_000);
    expect((await bed.outputs()).at(-1)?.payload).toMatchObject({ how: 'not greeted in time' });
  });
});

describe('the front door', () => {
  it('is answered by the greeting agent', async () => {
    const bed = await startTestBed(Test.createTestingModule({ imports: [GreetingAgentModule] }));
    const options = {
      log: bed.app.get(MESSAGE_LOG),
      catalogue,
      namespace: 'aika',
      sourceAgentId: 'front-door',
    };
    const sender = await MessageSender.create(options);
    expect(await greetingsOf(sender, 'cust-1', 'Ada')).toBe(1);
    expect(await greetingsOf(sender, 'cust-1', 'Ada')).toBe(2);
    await sender.close();
    await bed.close();
  });
});

describe('the guide', () => {
  it('shows this code as it is', () => {
    const folder = new URL('./', import.meta.url);
    const guide = readFileSync(new URL('../../request-reply.md', folder), 'utf8');
    const shown = readdirSync(folder).filter((name) => /(agent|controller|front-door)\.ts$/.test(name));
    expect(shown).toHaveLength(3);
    const missing = shown.filter(
      (name) => !guide.includes(readFileSync(new URL(name, folder), 'utf8').trim()),
    );
    expect(missing).toEqual([]);
  });
});
