import type { Channel, ConsentChoice } from '@aika/contracts';
import { rejected, type Decider } from '../decider.js';
import { changedFields, profileFrom } from './customer-profile.js';
import type {
  CustomerCommand,
  CustomerEvent,
  ErasePersonalDataCommand,
  RegisterCustomerCommand,
  SetCustomerConsentCommand,
  SetNotificationPreferencesCommand,
  UpdateCustomerProfileCommand,
} from './customer.messages.js';
import { DEFAULT_PREFERENCES, type CustomerState, type RegisteredCustomer } from './customer.state.js';

/** A customer: registration, consents, preferences. The profile itself is beside it: see `CustomerProfile`. */
export const customerDecider: Decider<CustomerState, CustomerCommand, CustomerEvent> = {
  initialState: { status: 'none' },
  decide: decideCustomer,
  evolve: evolveCustomer,
};

function decideCustomer(state: CustomerState, command: CustomerCommand): readonly CustomerEvent[] {
  if (command.type === 'ERASE_PERSONAL_DATA') return erase(state, command);
  if (state.status === 'registered' && state.erasedAt !== undefined && isProfile(command)) {
    const detail = `What was personal of ${state.customerId} was erased. Somebody who comes back is a new customer.`;
    return refuse(command, 'customer_erased', detail);
  }
  if (command.type === 'REGISTER_CUSTOMER') {
    return state.status === 'none' ? register(command) : registerAgain(state, command);
  }
  if (state.status === 'none') {
    const { customerId } = command.data;
    return refuse(command, 'customer_not_found', `There is no customer ${customerId}.`);
  }
  switch (command.type) {
    case 'UPDATE_CUSTOMER_PROFILE':
      return updateProfile(command);
    case 'SET_CUSTOMER_CONSENT':
      return setConsent(state, command);
    case 'SET_NOTIFICATION_PREFERENCES':
      return setPreferences(state, command);
    default:
      command satisfies never;
      return [];
  }
}

function refuse(command: CustomerCommand, code: string, detail: string) {
  return [rejected(command, code, detail, command.data.customerId)];
}

/** Also of somebody who never registered: conversations and claims have words too. */
function erase(state: CustomerState, command: ErasePersonalDataCommand): readonly CustomerEvent[] {
  if (state.status === 'registered' && state.erasedAt !== undefined) return [];
  const { customerId } = command.data;
  return [{ type: 'PERSONAL_DATA_ERASED', data: { customerId, erasedAt: command.at } }];
}

function isProfile({ type }: CustomerCommand): boolean {
  return type === 'REGISTER_CUSTOMER' || type === 'UPDATE_CUSTOMER_PROFILE';
}

function register(command: RegisterCustomerCommand): readonly CustomerEvent[] {
  const { customerId, channels, consents } = command.data;
  const registered: CustomerEvent = {
    type: 'CUSTOMER_REGISTERED',
    data: { customerId, registeredAt: command.at, channels: channelsOf(channels) },
  };
  return [registered, ...lastChoices(consents).map((choice) => consentChanged(customerId, choice))];
}

/** A repeat asks for nothing that is not so already; anything else has a command of its own. */
function registerAgain(state: RegisteredCustomer, command: RegisterCustomerCommand) {
  const { channels, consents } = command.data;
  const same =
    (!channels || isSameChannels(channelsOf(channels), state.preferences.channels)) &&
    lastChoices(consents).every(({ purpose, granted }) => state.consents[purpose] === granted) &&
    changedFields(command.profile ?? {}, profileFrom(command)).length === 0;
  if (same) return [];
  const detail = `Customer ${state.customerId} is registered with other data; change it by its own commands.`;
  return refuse(command, 'already_registered', detail);
}

function updateProfile(command: UpdateCustomerProfileCommand): readonly CustomerEvent[] {
  const changed = changedFields(command.profile, profileFrom(command));
  if (changed.length === 0) return [];
  const { customerId } = command.data;
  return [{ type: 'CUSTOMER_PROFILE_UPDATED', data: { customerId, changedFields: changed } }];
}

function setConsent(
  state: RegisteredCustomer,
  { data }: SetCustomerConsentCommand,
): readonly CustomerEvent[] {
  // A first "no" is recorded too: it is an answer, where absence is none.
  return state.consents[data.purpose] === data.granted ? [] : [consentChanged(data.customerId, data)];
}

function setPreferences(
  state: RegisteredCustomer,
  command: SetNotificationPreferencesCommand,
): readonly CustomerEvent[] {
  const { customerId, language = state.preferences.language } = command.data;
  if (command.data.channels.length === 0) {
    const detail = 'Decisions on policies and claims have to reach the customer; name at least one channel.';
    return refuse(command, 'no_channel', detail);
  }
  const channels = channelsOf(command.data.channels);
  const { preferences } = state;
  if (language === preferences.language && isSameChannels(channels, preferences.channels)) return [];
  return [{ type: 'NOTIFICATION_PREFERENCES_SET', data: { customerId, channels, language } }];
}

function channelsOf(channels: readonly Channel[] | undefined): readonly Channel[] {
  return channels && channels.length > 0 ? [...new Set(channels)] : DEFAULT_PREFERENCES.channels;
}

function isSameChannels(a: readonly Channel[], b: readonly Channel[]): boolean {
  return a.length === b.length && a.every((channel) => b.includes(channel));
}

/** One choice for each purpose; of contradictory ones the last counts. */
function lastChoices(consents: readonly ConsentChoice[] = []): readonly ConsentChoice[] {
  return [...new Map(consents.map((choice) => [choice.purpose, choice])).values()];
}

function consentChanged(customerId: string, { purpose, granted }: ConsentChoice): CustomerEvent {
  return { type: 'CUSTOMER_CONSENT_CHANGED', data: { customerId, purpose, granted } };
}

function evolveCustomer(state: CustomerState, event: CustomerEvent): CustomerState {
  if (event.type === 'CUSTOMER_REGISTERED') {
    const { customerId, registeredAt, channels } = event.data;
    const preferences = { ...DEFAULT_PREFERENCES, channels };
    return { status: 'registered', customerId, registeredAt, preferences, consents: {} };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'CUSTOMER_CONSENT_CHANGED':
      return { ...state, consents: { ...state.consents, [event.data.purpose]: event.data.granted } };
    case 'NOTIFICATION_PREFERENCES_SET':
      return {
        ...state,
        preferences: { channels: event.data.channels, language: event.data.language },
      };
    case 'PERSONAL_DATA_ERASED':
      return { ...state, erasedAt: event.data.erasedAt };
    case 'CUSTOMER_PROFILE_UPDATED':
    case 'COMMAND_REJECTED':
      return state;
    default:
      event satisfies never;
      return state;
  }
}
