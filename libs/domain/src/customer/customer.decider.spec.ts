import { describe, expect, it } from '@jest/globals';
import type { ConsentPurpose, RegisterCustomerPayload } from '@aika/contracts';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { specify } from '../testing.js';
import { profileFrom, type CustomerProfile } from './customer-profile.js';
import { customerDecider } from './customer.decider.js';
import type {
  CustomerCommand,
  CustomerEvent,
  RegisterCustomerCommand,
  UpdateCustomerProfileCommand,
} from './customer.messages.js';
import { DEFAULT_PREFERENCES, hasConsent, preferencesOf } from './customer.state.js';

const customer = specify(customerDecider);
const customerId = 'cus-1';
const at = '2026-03-02T12:00:00Z';
const context = { id: 'msg-1', at, actor: 'console' };
const profile: CustomerProfile = { fullName: 'Kirsten Holm', email: 'kirsten@example.org' };

const register = (
  data: Partial<RegisterCustomerPayload> = {},
  stored?: CustomerProfile,
): RegisterCustomerCommand => ({
  ...context,
  type: 'REGISTER_CUSTOMER',
  data: { customerId, ...data },
  profile: stored,
});
const update = (data: CustomerProfile, stored: CustomerProfile = profile): UpdateCustomerProfileCommand => ({
  ...context,
  type: 'UPDATE_CUSTOMER_PROFILE',
  data: { customerId, ...data },
  profile: stored,
});
const consent = (purpose: ConsentPurpose, granted: boolean): CustomerCommand => ({
  ...context,
  type: 'SET_CUSTOMER_CONSENT',
  data: { customerId, purpose, granted },
});
const prefer = (channels: readonly ('LOG' | 'EMAIL' | 'WEBHOOK')[], language?: string): CustomerCommand => ({
  ...context,
  type: 'SET_NOTIFICATION_PREFERENCES',
  data: { customerId, channels, language },
});

const registered = (channels: readonly ('LOG' | 'EMAIL')[] = ['LOG']): CustomerEvent => ({
  type: 'CUSTOMER_REGISTERED',
  data: { customerId, registeredAt: at, channels },
});
const consentChanged = (purpose: ConsentPurpose, granted: boolean): CustomerEvent => ({
  type: 'CUSTOMER_CONSENT_CHANGED',
  data: { customerId, purpose, granted },
});

describe('REGISTER_CUSTOMER', () => {
  it('registers with the log as default channel and without any consent', () => {
    const expectation = customer.when(register(profile));
    expectation.then(registered());
    expect(hasConsent(expectation.outcome().state, 'SERVICE')).toBe(false);
  });

  it('records channels and consents, the last answer for each purpose', () => {
    const consents = [
      { purpose: 'MARKETING', granted: true },
      { purpose: 'SERVICE', granted: true },
      { purpose: 'MARKETING', granted: false },
    ] as const;
    customer
      .when(register({ channels: ['EMAIL', 'LOG', 'EMAIL'], consents }))
      .then(
        registered(['EMAIL', 'LOG']),
        consentChanged('MARKETING', false),
        consentChanged('SERVICE', true),
      );
  });

  it('keeps personal data out of every event', () => {
    const { events } = customer.when(register({ ...profile, phone: '+45 12345678' })).outcome();
    expect(JSON.stringify(events)).not.toMatch(/Kirsten|kirsten|12345678/);
  });

  it('stays quiet on a repeat that asks for nothing new', () => {
    customer.given(registered()).when(register()).thenNothing();
    customer
      .given(registered(['EMAIL', 'LOG']), consentChanged('SERVICE', true))
      .when(
        register(
          { ...profile, channels: ['LOG', 'EMAIL'], consents: [{ purpose: 'SERVICE', granted: true }] },
          profile,
        ),
      )
      .thenNothing();
  });

  it('refuses other data for a registered customer', () => {
    customer
      .given(registered())
      .when(register({ channels: ['EMAIL'] }))
      .thenRejected('already_registered');
    customer
      .given(registered())
      .when(register({ consents: [{ purpose: 'SERVICE', granted: true }] }))
      .thenRejected('already_registered');
    customer
      .given(registered())
      .when(register({ fullName: 'Other' }, profile))
      .thenRejected('already_registered');
  });
});

describe('UPDATE_CUSTOMER_PROFILE', () => {
  it('names the fields that change and not their values', () => {
    const command = update({ fullName: 'Kirsten Holm', email: 'kh@example.org', phone: '+45 1' });
    customer
      .given(registered())
      .when(command)
      .then({ type: 'CUSTOMER_PROFILE_UPDATED', data: { customerId, changedFields: ['email', 'phone'] } });
  });

  it('stays quiet when nothing changes', () => {
    customer.given(registered()).when(update(profile)).thenNothing();
    customer.given(registered()).when(update({})).thenNothing();
  });

  it('is refused for an unknown customer', () => {
    customer.when(update(profile)).thenRejected('customer_not_found');
  });
});

describe('ERASE_PERSONAL_DATA', () => {
  const erase: CustomerCommand = { ...context, type: 'ERASE_PERSONAL_DATA', data: { customerId } };
  const erased: CustomerEvent = { type: 'PERSONAL_DATA_ERASED', data: { customerId, erasedAt: at } };

  it('is told once, with its time, and also of somebody who never registered', () => {
    customer.given(registered()).when(erase).then(erased);
    customer.given(registered(), erased).when(erase).thenNothing();
    customer.when(erase).then(erased);
  });

  it('leaves nobody who could be given a name again, while wishes can still change', () => {
    for (const command of [register(profile), update({ phone: '+45 12 34 56 78' })]) {
      customer.given(registered(), erased).when(command).thenRejected('customer_erased');
    }
    customer
      .given(registered(), erased)
      .when(consent('MARKETING', false))
      .then(consentChanged('MARKETING', false));
  });
});

describe('the profile', () => {
  it('takes what the command says and keeps the rest', () => {
    expect(profileFrom(register({ ...profile, dateOfBirth: '1980-05-01', channels: ['LOG'] }))).toEqual({
      ...profile,
      dateOfBirth: '1980-05-01',
    });
    expect(profileFrom(update({ email: 'kh@example.org' }))).toEqual({ ...profile, email: 'kh@example.org' });
  });
});

describe('SET_CUSTOMER_CONSENT', () => {
  it('records a consent, a withdrawal and a first refusal', () => {
    customer.given(registered()).when(consent('MARKETING', true)).then(consentChanged('MARKETING', true));
    customer
      .given(registered(), consentChanged('MARKETING', true))
      .when(consent('MARKETING', false))
      .then(consentChanged('MARKETING', false));
    customer.given(registered()).when(consent('SERVICE', false)).then(consentChanged('SERVICE', false));
  });

  it('stays quiet when the answer is the same', () => {
    customer
      .given(registered(), consentChanged('MARKETING', true))
      .when(consent('MARKETING', true))
      .thenNothing();
  });

  it('is refused for an unknown customer', () => {
    customer.when(consent('MARKETING', true)).thenRejected('customer_not_found');
  });
});

describe('SET_NOTIFICATION_PREFERENCES', () => {
  it('sets channels, each once, and keeps the language unless one is named', () => {
    const expectation = customer.given(registered()).when(prefer(['EMAIL', 'WEBHOOK', 'EMAIL']));
    const data = { customerId, channels: ['EMAIL', 'WEBHOOK'], language: 'en' } as const;
    expectation.then({ type: 'NOTIFICATION_PREFERENCES_SET', data });
    expect(preferencesOf(expectation.outcome().state)).toEqual({
      channels: ['EMAIL', 'WEBHOOK'],
      language: 'en',
    });
    const inDanish = { ...data, channels: ['LOG'], language: 'da' } as const;
    customer
      .given(registered())
      .when(prefer(['LOG'], 'da'))
      .then({ type: 'NOTIFICATION_PREFERENCES_SET', data: inDanish });
  });

  it('stays quiet when nothing changes, in whatever order', () => {
    customer
      .given(registered(['EMAIL', 'LOG']))
      .when(prefer(['LOG', 'EMAIL']))
      .thenNothing();
  });

  it('refuses to leave the customer without any channel', () => {
    customer.given(registered()).when(prefer([])).thenRejected('no_channel');
  });

  it('is refused for an unknown customer, for whom the defaults hold', () => {
    customer.when(prefer(['EMAIL'])).thenRejected('customer_not_found');
    expect(preferencesOf(customerDecider.initialState)).toEqual(DEFAULT_PREFERENCES);
  });
});

it('has the same state again from a replay of its events, and is quiet on every command repeated', () => {
  const channels = fc.uniqueArray(fc.constantFrom('LOG' as const, 'EMAIL' as const, 'WEBHOOK' as const), {
    minLength: 1,
  });
  const purpose = fc.constantFrom('SERVICE' as const, 'MARKETING' as const);
  const commands = fc.oneof(
    channels.map((some) => register({ channels: some })),
    fc.tuple(purpose, fc.boolean()).map(([which, granted]) => consent(which, granted)),
    fc
      .tuple(channels, fc.constantFrom('en', 'da', undefined))
      .map(([some, language]) => prefer(some, language)),
  );
  fc.assert(
    fc.property(fc.array(commands), (sequence) => {
      let state = customerDecider.initialState;
      const history: CustomerEvent[] = [];
      for (const command of sequence) {
        const events = customerDecider.decide(state, command);
        history.push(...events);
        state = fold(customerDecider, events, state);
        const again = customerDecider.decide(state, command);
        expect(again.filter(({ type }) => type !== 'COMMAND_REJECTED')).toEqual([]);
      }
      expect(fold(customerDecider, JSON.parse(JSON.stringify(history)) as CustomerEvent[])).toEqual(state);
    }),
  );
});
