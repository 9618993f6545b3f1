import {
  ClaimApproved,
  ClaimDenied,
  ClaimInformationRequested,
  ClaimPaid,
  ClaimReferralEscalated,
  ClaimReferred,
  ClaimReopened,
  CloseConversation,
  CommandRejected,
  ConversationClosed,
  ConversationMessageRecorded,
  ConversationOpened,
  CUSTOMER_AGENT,
  CustomerConsentChanged,
  CustomerProfileUpdated,
  CustomerRegistered,
  ErasePersonalData,
  NotificationClosed,
  NotificationPreferencesSet,
  NotificationRequested,
  PersonalDataErased,
  PolicyBound,
  PolicyCancelled,
  PolicyEndorsed,
  PolicyRenewed,
  QuoteDeclined,
  QuoteIssued,
  RegisterCustomer,
  SendConversationMessage,
  SetCustomerConsent,
  SetNotificationPreferences,
  UpdateCustomerProfile,
} from '@aika/contracts';
import { type ContextOf, defineAgent } from '@aika/messaging';
import { CallWebhook, SendEmail, WriteToLog } from './notifications/deliver-notice.effects.js';

/**
 * Owns the customer and the conversation, and tells customers what was decided about them: it
 * asks for notifications and delivers all that are asked for. As the system's
 * steward it also answers for records on the shared topics that belong to no agent.
 */
export const customerAgent = defineAgent({
  id: CUSTOMER_AGENT,
  inbox: 'agent.customer',
  steward: true,
  handles: [
    RegisterCustomer,
    UpdateCustomerProfile,
    ErasePersonalData,
    SetCustomerConsent,
    SetNotificationPreferences,
    SendConversationMessage,
    CloseConversation,
    QuoteIssued,
    QuoteDeclined,
    PolicyBound,
    PolicyEndorsed,
    PolicyRenewed,
    PolicyCancelled,
    ClaimApproved,
    ClaimReferred,
    ClaimReferralEscalated,
    ClaimInformationRequested,
    ClaimDenied,
    ClaimPaid,
    ClaimReopened,
    NotificationRequested,
  ],
  emits: [
    CustomerRegistered,
    CustomerProfileUpdated,
    PersonalDataErased,
    CustomerConsentChanged,
    NotificationPreferencesSet,
    ConversationOpened,
    ConversationMessageRecorded,
    ConversationClosed,
    NotificationRequested,
    NotificationClosed,
    CommandRejected,
  ],
  effects: [WriteToLog, SendEmail, CallWebhook],
});

/** What the handlers of this agent may do. */
export type CustomerContext = ContextOf<typeof customerAgent>;
