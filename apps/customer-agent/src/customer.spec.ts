import {
  CloseConversation,
  RegisterCustomer,
  SendConversationMessage,
  SetCustomerConsent,
  SetNotificationPreferences,
  UpdateCustomerProfile,
} from '@aika/contracts';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ConversationController } from './conversation.controller.js';
import { customerAgent } from './customer.agent.js';
import { CustomerController } from './customer.controller.js';

const customerId = 'cust-1';
const registration = { customerId, fullName: 'Ada Lovelace', email: 'ada@example.org' };

describe('the customer', () => {
  const customers = new CustomerController();
  const conversations = new ConversationController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(customerAgent, customerId);
  });

  const register = () => customers.register(registration, agent.context(RegisterCustomer, registration));
  const update = (change: object) => {
    const data = { customerId, ...change };
    customers.updateProfile(data, agent.context(UpdateCustomerProfile, data));
  };

  it('is registered once', () => {
    register();
    expect(agent.takeTypes()).toEqual(['CUSTOMER_REGISTERED']);
    register();
    expect(agent.takeTypes()).toEqual([]);
  });

  it('never has personal data in an event', () => {
    register();
    update({ fullName: 'Ada King', phone: '+45 12 34 56 78' });
    const said = JSON.stringify(agent.takeEmitted());
    for (const secret of ['Ada', 'example.org', '12 34']) expect(said).not.toContain(secret);
  });

  it('has a profile that remembers earlier values: only what changes is named', () => {
    register();
    update({ fullName: 'Ada Lovelace', phone: '+45 12 34 56 78' });
    update({ phone: '+45 12 34 56 78' });
    expect(agent.takeEmitted().slice(1)).toMatchObject([
      { type: 'CUSTOMER_PROFILE_UPDATED', payload: { changedFields: ['phone'] } },
    ]);
  });

  it('has to be registered before the profile can change, and a refused change is not kept', () => {
    update({ fullName: 'Somebody Else' });
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'COMMAND_REJECTED', payload: { code: 'customer_not_found' } },
    ]);
    register();
    agent.takeEmitted();
    register();
    expect(agent.takeTypes()).toEqual([]);
  });

  it('says what it consents to and how it wants to be told', () => {
    register();
    const consent = { customerId, purpose: 'MARKETING', granted: false } as const;
    customers.setConsent(consent, agent.context(SetCustomerConsent, consent));
    const preferences = { customerId, channels: ['EMAIL'] } as const;
    customers.setPreferences(preferences, agent.context(SetNotificationPreferences, preferences));
    expect(agent.takeTypes()).toEqual([
      'CUSTOMER_REGISTERED',
      'CUSTOMER_CONSENT_CHANGED',
      'NOTIFICATION_PREFERENCES_SET',
    ]);
  });

  it('has conversations whose messages are counted and that can be closed', () => {
    const message = { customerId, conversationId: 'conv-1', text: 'Is hail covered?' };
    conversations.send(message, agent.context(SendConversationMessage, message));
    conversations.send(message, agent.context(SendConversationMessage, message));
    const end = { customerId, conversationId: 'conv-1' };
    conversations.close(end, agent.context(CloseConversation, end));
    expect(agent.takeEmitted()).toMatchObject([
      { type: 'CONVERSATION_OPENED' },
      { type: 'CONVERSATION_MESSAGE_RECORDED', payload: { sequence: 1, author: 'CUSTOMER' } },
      { type: 'CONVERSATION_MESSAGE_RECORDED', payload: { sequence: 2 } },
      { type: 'CONVERSATION_CLOSED' },
    ]);
  });
});
