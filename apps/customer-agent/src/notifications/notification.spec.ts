import { ClaimPaid, PolicyBound, RegisterCustomer } from '@aika/contracts';
import { NOTIFIED_EVENT_TYPES } from '@aika/domain';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { customerAgent } from '../customer.agent.js';
import { CustomerController } from '../customer.controller.js';
import { NotificationController } from './notification.controller.js';

const customerId = 'cust-1';
const bound = { ...PolicyBound.example, customerId };

describe('notifications', () => {
  const controller = new NotificationController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(customerAgent, customerId);
  });

  it('go to the log for a customer that nobody registered', () => {
    controller.policyBound(bound, agent.context(PolicyBound, bound, { messageId: 'msg-77' }));
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'NOTIFICATION_REQUESTED',
        payload: { customerId, channel: 'LOG', template: 'policy-bound', causedBy: 'msg-77' },
      },
    ]);
  });

  it('go to every channel of the customer', () => {
    const registration = { customerId, channels: ['EMAIL', 'WEBHOOK'] } as const;
    new CustomerController().register(registration, agent.context(RegisterCustomer, registration));
    agent.takeEmitted();
    const paid = { ...ClaimPaid.example, customerId };
    controller.claimPaid(paid, agent.context(ClaimPaid, paid));
    expect(agent.takeEmitted()).toMatchObject([
      { payload: { channel: 'EMAIL', template: 'claim-paid' } },
      { payload: { channel: 'WEBHOOK', template: 'claim-paid' } },
    ]);
  });

  it('are made for every event that a customer is told about', () => {
    const events = customerAgent.handles.filter(({ kind, topic }) => kind === 'event' && topic === 'events');
    expect(events.map(({ type }) => type).sort()).toEqual([...NOTIFIED_EVENT_TYPES].sort());
  });
});
