import { Test } from '@nestjs/testing';
import {
  type Channel,
  type Envelope,
  NotificationRequested,
  PolicyBound,
  RegisterCustomer,
} from '@aika/contracts';
import { RetriableError } from '@aika/messaging';
import { startTestBed, type TestBed } from '@aika/messaging/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerAgentModule } from '../customer-agent.module.js';
import type { Notice } from './deliver-notice.effects.js';
import {
  type DeliveryCall,
  NOTIFICATION_CHANNELS,
  type NotificationChannel,
} from './notification-channel.port.js';

const customerId = 'cust-1';
const email = 'ada.secret@example.org';
const request = { ...NotificationRequested.example, customerId } as const;

/** A channel that keeps what it was given, and fails as often as it is told to. */
class Recorder implements NotificationChannel {
  readonly calls: (Notice & Pick<DeliveryCall, 'idempotencyKey'>)[] = [];
  failures = 0;

  deliver(notice: Notice, { idempotencyKey }: DeliveryCall): Promise<void> {
    this.calls.push({ ...notice, idempotencyKey });
    if (this.failures-- > 0) return Promise.reject(new RetriableError('SMTP_FAILED', 'Not now.'));
    return Promise.resolve();
  }
}

describe('a notification in the customer agent', () => {
  let bed: TestBed;
  let mail: Recorder;
  let log: Recorder;

  beforeEach(async () => {
    [mail, log] = [new Recorder(), new Recorder()];
    const channels: Record<Channel, NotificationChannel> = { LOG: log, EMAIL: mail, WEBHOOK: mail };
    const module = Test.createTestingModule({ imports: [CustomerAgentModule] });
    bed = await startTestBed(module.overrideProvider(NOTIFICATION_CHANNELS).useValue(channels));
  });
  afterEach(() => bed.close());

  const register = async (): Promise<void> => {
    await bed.send(RegisterCustomer, { customerId, email, channels: ['LOG', 'EMAIL'] });
    await bed.outputs();
  };
  const isAbout = (type: string) => (envelope: Envelope) => envelope.messageType === type;

  it('is asked for and delivered on each channel, and an outcome is told for each request', async () => {
    await register();
    await bed.send(PolicyBound, { ...PolicyBound.example, customerId });
    const outputs = await bed.outputs();
    const requested = outputs.filter(isAbout('NOTIFICATION_REQUESTED'));
    const closed = outputs.filter(isAbout('NOTIFICATION_CLOSED'));
    const ids = (envelopes: readonly Envelope[]) => envelopes.map(({ payload }) => payload['notificationId']);
    expect(requested).toHaveLength(2);
    expect(ids(closed).sort()).toEqual(ids(requested).sort());
    expect(closed.map(({ payload }) => payload['outcome'])).toEqual(['DELIVERED', 'DELIVERED']);
    expect(log.calls).toMatchObject([{ template: 'policy-bound' }]);
    expect(mail.calls).toMatchObject([{ template: 'policy-bound', address: email }]);
    expect(JSON.stringify(outputs)).not.toContain(email);
  });

  it('is delivered whoever has written it', async () => {
    await register();
    await bed.send(NotificationRequested, { ...request, template: 'claim-paid' });
    const outputs = await bed.outputs();
    expect(mail.calls).toHaveLength(1);
    expect(outputs).toMatchObject([
      { messageType: 'NOTIFICATION_CLOSED', payload: { outcome: 'DELIVERED' }, metadata: {} },
    ]);
  });

  it('is sent once when its message comes twice', async () => {
    await register();
    const messageId = 'msg-once';
    for (let times = 0; times < 2; times++) await bed.send(NotificationRequested, request, { messageId });
    expect(await bed.outputTypes()).toEqual(['NOTIFICATION_CLOSED']);
    expect(mail.calls).toHaveLength(1);
  });

  it('is tried again under the same key, that of its message', async () => {
    await register();
    mail.failures = 1;
    await bed.send(NotificationRequested, request);
    expect(await bed.outputs()).toMatchObject([{ payload: { outcome: 'DELIVERED' } }]);
    const keys = mail.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([keys[0], keys[0]]);
    await bed.send(NotificationRequested, request);
    await bed.idle();
    expect(mail.calls.at(-1)?.idempotencyKey).not.toBe(keys[0]);
  });
});

describe('a customer agent without settings for a channel', () => {
  it('says that the notification failed, and why', async () => {
    const bed = await startTestBed(Test.createTestingModule({ imports: [CustomerAgentModule] }));
    try {
      await bed.send(RegisterCustomer, { customerId, email, channels: ['EMAIL', 'WEBHOOK'] });
      await bed.send(NotificationRequested, request);
      await bed.send(NotificationRequested, { ...request, channel: 'WEBHOOK' });
      const closed = (await bed.outputs()).filter(({ messageType }) => messageType === 'NOTIFICATION_CLOSED');
      const failed = { outcome: 'FAILED', reason: { code: 'channel_not_configured' } };
      expect(closed).toMatchObject([{ payload: failed }, { payload: failed }]);
    } finally {
      await bed.close();
    }
  });
});
