import { describe, expect, it } from '@jest/globals';
import { loginOf, secondsOf } from './identity-flags.js';
import { prepareLocalIdentity } from './local-logins.js';

describe('flags of a login', () => {
  it('say roles, customer and limits', () => {
    expect(loginOf({ role: ['customer'], customer: 'cust-1' })).toEqual({
      subject: 'local.customer',
      roles: ['customer'],
      customerId: 'cust-1',
    });
    const flags = { role: ['adjuster', 'manager'], subject: 'anna', authority: ['GBP=25000.10', 'DKK=7'] };
    expect(loginOf(flags)).toEqual({
      subject: 'anna',
      roles: ['adjuster', 'manager'],
      authority: { GBP: 2_500_010, DKK: 700 },
    });
  });

  it.each([
    ['no role', {}],
    ['a role that is none', { role: ['admin'] }],
    ['a customer without an id', { role: ['customer'] }],
    ['an id without a customer', { role: ['manager'], customer: 'cust-1' }],
    ['a limit of another form', { role: ['adjuster'], authority: ['GBP 5'] }],
  ])('are refused with %s', (_name, flags) => {
    expect(() => loginOf(flags)).toThrow(expect.objectContaining({ code: 'SETTING_INVALID' }));
  });

  it('say how long', () => {
    expect(['90m', '8h', '30d'].map((text) => secondsOf('--lifetime', text))).toEqual([
      5_400, 28_800, 2_592_000,
    ]);
    for (const text of ['', '0h', '8', 'h8', '-1h']) {
      expect(() => secondsOf('--lifetime', text)).toThrow('--lifetime must be');
    }
  });
});

describe('a key of this machine', () => {
  it('is not made in production', async () => {
    for (const env of [{ AIKA_ENVIRONMENT: 'production' }, { NODE_ENV: 'production' }]) {
      await expect(prepareLocalIdentity(env)).rejects.toMatchObject({ code: 'SETTING_INVALID' });
    }
  });
});
