import { describe, expect, it } from '@jest/globals';
import type { Channel } from '@aika/contracts';
import type { CustomerProfile } from './customer-profile.js';
import { type CustomerState, type RegisteredCustomer } from './customer.state.js';
import { decideDelivery } from './notification-delivery.js';

const nobody: CustomerState = { status: 'none' };
const profile: CustomerProfile = { fullName: 'Ada Example', email: 'ada@example.org' };
const customer = (
  channels: readonly Channel[],
  consents: RegisteredCustomer['consents'] = {},
): CustomerState => ({
  status: 'registered',
  customerId: 'cus-1',
  registeredAt: '2026-06-15T10:00:00Z',
  preferences: { channels, language: 'en' },
  consents,
});
const skipped = (code: string) => ({ kind: 'SKIP', reason: { code, detail: expect.any(String) } });

describe('the delivery of a notification', () => {
  it('given a channel of the choice of the customer, then it is sent, e-mail to the address of the profile', () => {
    const given = customer(['LOG', 'EMAIL', 'WEBHOOK']);
    expect(decideDelivery({ channel: 'LOG' }, given, profile)).toEqual({ kind: 'SEND' });
    expect(decideDelivery({ channel: 'WEBHOOK' }, given, {})).toEqual({ kind: 'SEND' });
    expect(decideDelivery({ channel: 'EMAIL' }, given, profile)).toEqual({
      kind: 'SEND',
      address: 'ada@example.org',
    });
  });

  it('given a channel that was not chosen, or no longer, then it is skipped', () => {
    expect(decideDelivery({ channel: 'EMAIL' }, customer(['WEBHOOK']), profile)).toEqual(
      skipped('channel_not_chosen'),
    );
  });

  it('given somebody who is not registered, then only the log is told', () => {
    expect(decideDelivery({ channel: 'LOG' }, nobody)).toEqual({ kind: 'SEND' });
    expect(decideDelivery({ channel: 'EMAIL' }, nobody, profile)).toEqual(skipped('channel_not_chosen'));
  });

  it.each([
    ['SERVICE', undefined, 'SEND'],
    ['SERVICE', true, 'SEND'],
    ['SERVICE', false, 'SKIP'],
    ['MARKETING', undefined, 'SKIP'],
    ['MARKETING', true, 'SEND'],
    ['MARKETING', false, 'SKIP'],
    ['DATA_SHARING', undefined, 'SKIP'],
  ] as const)('given a message for %s and consent %s to it, then %s', (purpose, granted, kind) => {
    const given = customer(['WEBHOOK'], granted === undefined ? {} : { [purpose]: granted });
    expect(decideDelivery({ channel: 'WEBHOOK', purpose }, given).kind).toBe(kind);
  });

  it('given no purpose, then it is for the service', () => {
    expect(decideDelivery({ channel: 'WEBHOOK' }, customer(['WEBHOOK'], { SERVICE: false }))).toEqual(
      skipped('no_consent'),
    );
  });

  it('given a customer who said no, then the log is told all the same: it reaches nobody', () => {
    expect(decideDelivery({ channel: 'LOG' }, customer(['LOG'], { SERVICE: false })).kind).toBe('SEND');
  });

  it('given no e-mail address, then e-mail is skipped', () => {
    expect(decideDelivery({ channel: 'EMAIL' }, customer(['EMAIL']), { phone: '+45 1' })).toEqual(
      skipped('no_address'),
    );
  });

  it.each([
    'ada',
    'ada@',
    'a@b@c',
    'ada@example.org, eve@example.org',
    'ada@example.org;eve@example.org',
    'Ada <ada@example.org>',
    'ada@example.org\r\nBcc: eve@example.org',
    '',
  ])('given %j as the address, then e-mail is skipped: it is not one address', (email) => {
    expect(decideDelivery({ channel: 'EMAIL' }, customer(['EMAIL']), { email })).toEqual(
      skipped('invalid_address'),
    );
  });

  it('given blanks around the address, then it is sent without them', () => {
    const given = { email: ' ada@example.org\n' };
    expect(decideDelivery({ channel: 'EMAIL' }, customer(['EMAIL']), given)).toEqual({
      kind: 'SEND',
      address: 'ada@example.org',
    });
  });
});
