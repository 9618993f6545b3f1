import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { lastValueFrom } from 'rxjs';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { AikaClient, AikaModule } from '@aika/messaging/nest';
import { startTestBed } from '@aika/messaging/testing';
import { GreetCustomer } from '../greeting-agent/greeting.messages.js';
import { greetingAgent, GreetingController } from './after.controller.js';
import { catalogue } from './count-greetings.messages.js';

const log = () => createInMemoryBroker({ topics: 1 }).connect('replaced by the test bed');

@Module({
  imports: [AikaModule.forAgent(greetingAgent, { catalogue, log })],
  controllers: [GreetingController],
})
class GreetingAgentModule {}

describe('the guide from Nest’s Kafka transport', () => {
  it('ends at a controller that greets, and replies through ClientProxy.send', async () => {
    const bed = await startTestBed(Test.createTestingModule({ imports: [GreetingAgentModule] }));
    const ada = { customerId: 'cust-1', name: 'Ada' };
    await bed.send(GreetCustomer, ada);
    await bed.send(GreetCustomer, ada);
    const answer = lastValueFrom(bed.app.get(AikaClient).send<object>('COUNT_GREETINGS', ada));
    expect(await answer).toMatchObject({ messageType: 'GREETINGS_COUNTED', payload: { ...ada, times: 2 } });
    await bed.close();
  });

  it('shows this code as it is', () => {
    const folder = new URL('./', import.meta.url);
    const guide = readFileSync(new URL('../../from-nest-kafka.md', folder), 'utf8');
    for (const name of ['before.controller.ts', 'after.controller.ts']) {
      expect(guide).toContain(readFileSync(new URL(name, folder), 'utf8').trim());
    }
  });
});
