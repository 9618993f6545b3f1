import {
  type Channel,
  NotificationRequested,
  RegisterCustomer,
  SetCustomerConsent,
  SetNotificationPreferences,
} from '@aika/contracts';
import { RetriableError, TerminalError } from '@aika/messaging';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { customerAgent } from '../customer.agent.js';
import { CustomerController } from '../customer.controller.js';
import { EFFECT_OF, type Notice, SendEmail } from './deliver-notice.effects.js';
import { DeliveryController } from './delivery.controller.js';
import type { NotificationChannel } from './notification-channel.port.js';

const customerId = 'cust-1';
const email = 'ada@example.org';
const request = { ...NotificationRequested.example, customerId, channel: 'EMAIL' } as const;
const delivered: Notice[] = [];
const channel: NotificationChannel = {
  deliver: (notice) => Promise.resolve(void delivered.push(notice)),
};

describe('the delivery of notifications', () => {
  const controller = new DeliveryController({ LOG: channel, EMAIL: channel, WEBHOOK: channel });
  const customers = new CustomerController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(customerAgent, customerId);
    delivered.length = 0;
  });

  const register = (channels: readonly Channel[], address: object = { email }) => {
    const data = { customerId, channels, ...address };
    customers.register(data, agent.context(RegisterCustomer, data));
    agent.takeEmitted();
  };
  const ask = (data: object = request) =>
    controller.requested(data as typeof request, agent.context(NotificationRequested, data));

  it.each(['LOG', 'EMAIL', 'WEBHOOK'] as const)('over %s is one effect, and says nothing yet', (chosen) => {
    register([chosen]);
    ask({ ...request, channel: chosen });
    expect(agent.takeTypes()).toEqual([]);
    expect(agent.effects).toMatchObject([
      { name: EFFECT_OF[chosen].name, request: { notificationId: request.notificationId, channel: chosen } },
    ]);
  });

  it('hands the address to e-mail alone', () => {
    register(['LOG', 'EMAIL', 'WEBHOOK']);
    for (const each of ['LOG', 'EMAIL', 'WEBHOOK'] as const) ask({ ...request, channel: each });
    const addresses = agent.effects.map(({ request: notice }) => (notice as Notice).address);
    expect(addresses).toEqual([undefined, email, undefined]);
  });

  it.each([
    ['there is no address', 'no_address', () => register(['EMAIL'], {})],
    ['the channel is not chosen', 'channel_not_chosen', () => register(['LOG'])],
    [
      'the channel is chosen no longer',
      'channel_not_chosen',
      () => {
        register(['EMAIL']);
        const data = { customerId, channels: ['LOG'] } as const;
        customers.setPreferences(data, agent.context(SetNotificationPreferences, data));
      },
    ],
    [
      'the customer does not want messages',
      'no_consent',
      () => {
        register(['EMAIL']);
        const data = { customerId, purpose: 'SERVICE', granted: false } as const;
        customers.setConsent(data, agent.context(SetCustomerConsent, data));
      },
    ],
    ['nobody registered the customer', 'channel_not_chosen', () => undefined],
  ])('is skipped, with the reason, when %s', (_, code, given) => {
    given();
    agent.takeEmitted();
    ask();
    expect(agent.effects).toEqual([]);
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'NOTIFICATION_CLOSED',
        payload: {
          notificationId: request.notificationId,
          channel: 'EMAIL',
          outcome: 'SKIPPED',
          reason: { code },
        },
      },
    ]);
  });

  it('goes to the channel of the notice, and says that it was delivered without the address', async () => {
    const { signal } = new AbortController();
    const notice = { ...request, address: email };
    const call = { idempotencyKey: 'eff-1', attempt: 1, customerId, signal };
    const { definition, payload } = await controller.sendEmail(notice, call);
    expect(delivered).toEqual([notice]);
    expect(definition.type).toBe('NOTIFICATION_CLOSED');
    expect(payload).toEqual({
      customerId,
      notificationId: request.notificationId,
      channel: 'EMAIL',
      outcome: 'DELIVERED',
    });
  });

  it.each([
    [new TerminalError('SMTP_REFUSED', 'No such mailbox.'), 'smtp_refused', 'No such mailbox.'],
    [new RetriableError('SMTP_FAILED', 'Not now.'), 'smtp_failed', 'Not now.'],
    [new Error(`cannot send to ${email}`), 'not_delivered', 'The channel failed in an unexpected way.'],
  ])('that is given up after %s says so, and only what is meant to be told', (error, code, detail) => {
    const { payload } = SendEmail.givenUp?.({ ...request, address: email }, error) ?? {};
    expect(payload).toEqual({
      customerId,
      notificationId: request.notificationId,
      channel: 'EMAIL',
      outcome: 'FAILED',
      reason: { code, detail },
    });
  });
});
