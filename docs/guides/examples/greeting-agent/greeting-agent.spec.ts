import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { startTestBed, type TestBed } from '@aika/messaging/testing';
import { GreetingAgentModule } from './greeting-agent.module.js';
import { Greetings } from './greeting.agent.js';
import { GreetCustomer } from './greeting.messages.js';

describe('the greeting agent', () => {
  let bed: TestBed;

  beforeAll(async () => {
    bed = await startTestBed(Test.createTestingModule({ imports: [GreetingAgentModule] }));
  });
  afterAll(() => bed.close());

  it('counts the greetings of a customer', async () => {
    await bed.send(GreetCustomer, { customerId: 'cust-1', name: 'Ada' });
    await bed.send(GreetCustomer, { customerId: 'cust-1', name: 'Ada' });
    expect(await bed.outputs()).toMatchObject([
      { messageType: 'CUSTOMER_GREETED', payload: { times: 1 } },
      { messageType: 'CUSTOMER_GREETED', payload: { times: 2 } },
    ]);
    expect((await bed.state('cust-1', Greetings)).get('Ada')).toBe(2);
  });
});

describe('the guide', () => {
  it('shows this code as it is', () => {
    const folder = new URL('./', import.meta.url);
    const guide = readFileSync(new URL('../../add-an-agent.md', folder), 'utf8');
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const missing = files.filter(
      (name) => !guide.includes(readFileSync(new URL(name, folder), 'utf8').trim()),
    );
    expect(missing).toEqual([]);
  });
});
