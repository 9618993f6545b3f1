import { CUSTOMER_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import * as commands from './customer.commands.js';
import * as events from './customer.events.js';

const owner = CUSTOMER_AGENT;
const intakeCommand = { kind: 'command', owner, stage: 'intake', audited: true } as const;
const intakeEvent = { kind: 'event', owner, stage: 'intake' } as const;
const customerId = 'cust-1001';
const conversationId = 'conv-1001-1';

export const RegisterCustomer = defineMessage({
  ...intakeCommand,
  type: 'REGISTER_CUSTOMER',
  payload: commands.RegisterCustomerPayload,
  example: {
    customerId,
    fullName: 'Ada Example',
    email: 'ada@example.org',
    phone: '+44 20 7946 0000',
    postalAddress: '1 Example Street, London',
    dateOfBirth: '1984-05-17',
    consents: [{ purpose: 'SERVICE', granted: true }],
    channels: ['LOG', 'EMAIL'],
  },
});

export const UpdateCustomerProfile = defineMessage({
  ...intakeCommand,
  type: 'UPDATE_CUSTOMER_PROFILE',
  payload: commands.UpdateCustomerProfilePayload,
  example: { customerId, email: 'ada.example@example.org' },
});

export const ErasePersonalData = defineMessage({
  ...intakeCommand,
  type: 'ERASE_PERSONAL_DATA',
  payload: commands.ErasePersonalDataPayload,
  example: { customerId },
});

export const SetCustomerConsent = defineMessage({
  ...intakeCommand,
  type: 'SET_CUSTOMER_CONSENT',
  payload: commands.SetCustomerConsentPayload,
  example: { customerId, purpose: 'MARKETING', granted: false },
});

export const SetNotificationPreferences = defineMessage({
  ...intakeCommand,
  type: 'SET_NOTIFICATION_PREFERENCES',
  payload: commands.SetNotificationPreferencesPayload,
  example: { customerId, channels: ['EMAIL'], language: 'en' },
});

export const SendConversationMessage = defineMessage({
  ...intakeCommand,
  type: 'SEND_CONVERSATION_MESSAGE',
  payload: commands.SendConversationMessagePayload,
  example: { customerId, conversationId, text: 'Is hail covered?' },
});

export const CloseConversation = defineMessage({
  ...intakeCommand,
  type: 'CLOSE_CONVERSATION',
  payload: commands.CloseConversationPayload,
  example: { customerId, conversationId },
});

export const CustomerRegistered = defineMessage({
  ...intakeEvent,
  type: 'CUSTOMER_REGISTERED',
  payload: events.CustomerRegisteredPayload,
  example: { customerId, registeredAt: '2026-03-02T09:00:00Z', channels: ['LOG', 'EMAIL'] },
});

export const CustomerProfileUpdated = defineMessage({
  ...intakeEvent,
  type: 'CUSTOMER_PROFILE_UPDATED',
  payload: events.CustomerProfileUpdatedPayload,
  example: { customerId, changedFields: ['email'] },
});

export const PersonalDataErased = defineMessage({
  ...intakeEvent,
  type: 'PERSONAL_DATA_ERASED',
  payload: events.PersonalDataErasedPayload,
  audited: { kind: 'privacy' },
  example: { customerId, erasedAt: '2026-03-02T09:00:00Z' },
});

export const CustomerConsentChanged = defineMessage({
  ...intakeEvent,
  type: 'CUSTOMER_CONSENT_CHANGED',
  payload: events.CustomerConsentChangedPayload,
  audited: true,
  example: { customerId, purpose: 'MARKETING', granted: false },
});

export const NotificationPreferencesSet = defineMessage({
  ...intakeEvent,
  type: 'NOTIFICATION_PREFERENCES_SET',
  payload: events.NotificationPreferencesSetPayload,
  example: { customerId, channels: ['EMAIL'], language: 'en' },
});

export const ConversationOpened = defineMessage({
  ...intakeEvent,
  type: 'CONVERSATION_OPENED',
  payload: events.ConversationOpenedPayload,
  example: { customerId, conversationId },
});

export const ConversationMessageRecorded = defineMessage({
  ...intakeEvent,
  type: 'CONVERSATION_MESSAGE_RECORDED',
  payload: events.ConversationMessageRecordedPayload,
  example: { customerId, conversationId, sequence: 1, author: 'CUSTOMER', text: 'Is hail covered?' },
});

export const ConversationClosed = defineMessage({
  ...intakeEvent,
  type: 'CONVERSATION_CLOSED',
  payload: events.ConversationClosedPayload,
  example: { customerId, conversationId },
});

export const NotificationRequested = defineMessage({
  kind: 'event',
  owner,
  topic: 'notifications',
  stage: 'settlement',
  type: 'NOTIFICATION_REQUESTED',
  payload: events.NotificationRequestedPayload,
  example: {
    customerId,
    notificationId: 'ntf-7001',
    channel: 'EMAIL',
    template: 'claim_paid',
    language: 'en',
    parameters: { claimId: 'clm-5001', amount: '350.00 GBP' },
    causedBy: 'msg-6001',
  },
});

export const NotificationClosed = defineMessage({
  kind: 'event',
  owner,
  topic: 'notifications',
  stage: 'settlement',
  type: 'NOTIFICATION_CLOSED',
  payload: events.NotificationClosedPayload,
  example: {
    customerId,
    notificationId: 'ntf-7001',
    channel: 'EMAIL',
    outcome: 'SKIPPED',
    reason: { code: 'no_address', detail: 'There is no e-mail address to send it to.' },
  },
});
