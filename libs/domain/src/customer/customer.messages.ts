import type {
  CustomerConsentChangedPayload,
  CustomerProfileUpdatedPayload,
  CustomerRegisteredPayload,
  ErasePersonalDataPayload,
  NotificationPreferencesSetPayload,
  PersonalDataErasedPayload,
  RegisterCustomerPayload,
  SetCustomerConsentPayload,
  SetNotificationPreferencesPayload,
  UpdateCustomerProfilePayload,
} from '@aika/contracts';
import type { Command, CommandRejected, DomainEvent } from '../decider.js';
import type { CustomerProfile } from './customer-profile.js';

/** A new customer; `profile` is what is stored of them already, needed to tell a repeat from a conflict. */
export interface RegisterCustomerCommand extends Command<'REGISTER_CUSTOMER', RegisterCustomerPayload> {
  readonly profile?: CustomerProfile;
}

/** New personal data; `profile` is what is stored now, needed to name the fields that change. */
export interface UpdateCustomerProfileCommand extends Command<
  'UPDATE_CUSTOMER_PROFILE',
  UpdateCustomerProfilePayload
> {
  readonly profile: CustomerProfile;
}

export type ErasePersonalDataCommand = Command<'ERASE_PERSONAL_DATA', ErasePersonalDataPayload>;
export type SetCustomerConsentCommand = Command<'SET_CUSTOMER_CONSENT', SetCustomerConsentPayload>;
export type SetNotificationPreferencesCommand = Command<
  'SET_NOTIFICATION_PREFERENCES',
  SetNotificationPreferencesPayload
>;

export type CustomerCommand =
  | RegisterCustomerCommand
  | UpdateCustomerProfileCommand
  | ErasePersonalDataCommand
  | SetCustomerConsentCommand
  | SetNotificationPreferencesCommand;

export type CustomerEvent =
  | DomainEvent<'CUSTOMER_REGISTERED', CustomerRegisteredPayload>
  | DomainEvent<'CUSTOMER_PROFILE_UPDATED', CustomerProfileUpdatedPayload>
  | DomainEvent<'PERSONAL_DATA_ERASED', PersonalDataErasedPayload>
  | DomainEvent<'CUSTOMER_CONSENT_CHANGED', CustomerConsentChangedPayload>
  | DomainEvent<'NOTIFICATION_PREFERENCES_SET', NotificationPreferencesSetPayload>
  | CommandRejected;
