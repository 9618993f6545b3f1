import {
  Flag,
  Id,
  Int,
  ListOfOneOf,
  Nested,
  OneOf,
  StringMap,
  Text,
  TextList,
  Time,
} from '../../schema/field.decorators.js';
import type { Channel, ConsentPurpose } from '../../value-types.js';
import { CHANNELS, CONSENT_PURPOSES, CustomerPayload, Reason } from '../../value-types.js';
import { Language } from './customer.commands.js';

/** Who wrote a line of a conversation. */
export const CONVERSATION_AUTHORS = ['CUSTOMER', 'AGENT'] as const;
export type ConversationAuthor = (typeof CONVERSATION_AUTHORS)[number];

/** Carries no name or contact: events are kept without limit. */
export class CustomerRegisteredPayload extends CustomerPayload {
  @Time()
  readonly registeredAt!: string;
  @ListOfOneOf(CHANNELS)
  readonly channels!: readonly Channel[];
}

export class CustomerProfileUpdatedPayload extends CustomerPayload {
  @TextList({ description: 'Names of the fields that changed; their values stay out of the log.' })
  readonly changedFields!: readonly string[];
}

/** What was personal of the customer is gone; decisions and amounts stay. */
export class PersonalDataErasedPayload extends CustomerPayload {
  @Time()
  readonly erasedAt!: string;
}

export class CustomerConsentChangedPayload extends CustomerPayload {
  @OneOf(CONSENT_PURPOSES)
  readonly purpose!: ConsentPurpose;
  @Flag()
  readonly granted!: boolean;
}

export class NotificationPreferencesSetPayload extends CustomerPayload {
  @ListOfOneOf(CHANNELS)
  readonly channels!: readonly Channel[];
  @Language()
  readonly language!: string;
}

export class ConversationOpenedPayload extends CustomerPayload {
  @Id()
  readonly conversationId!: string;
}

export class ConversationMessageRecordedPayload extends CustomerPayload {
  @Id()
  readonly conversationId!: string;
  @Int({ min: 1, description: 'Place in the conversation, from 1.' })
  readonly sequence!: number;
  @OneOf(CONVERSATION_AUTHORS)
  readonly author!: ConversationAuthor;
  @Text({ max: 4000, personal: true })
  readonly text!: string;
}

export class ConversationClosedPayload extends CustomerPayload {
  @Id()
  readonly conversationId!: string;
}

/** Whoever may write it: it is delivered by the customer agent, and carries no address. */
export class NotificationRequestedPayload extends CustomerPayload {
  @Id()
  readonly notificationId!: string;
  @OneOf(CHANNELS)
  readonly channel!: Channel;
  @Text({ max: 100, description: 'Name of the text to send.' })
  readonly template!: string;
  @Language()
  readonly language!: string;
  @StringMap({ description: "The template's values, by their placeholder." })
  readonly parameters!: Readonly<Record<string, string>>;
  @Id({ description: 'Message that the customer is told about.' })
  readonly causedBy!: string;
  @OneOf(CONSENT_PURPOSES, {
    optional: true,
    description: 'What it is sent for; absent = SERVICE, which a customer is told unless they said no.',
  })
  readonly purpose?: ConsentPurpose;
}

/** What became of a notification. */
export const NOTIFICATION_OUTCOMES = ['DELIVERED', 'SKIPPED', 'FAILED'] as const;
export type NotificationOutcome = (typeof NOTIFICATION_OUTCOMES)[number];

/** One for each request. */
export class NotificationClosedPayload extends CustomerPayload {
  @Id()
  readonly notificationId!: string;
  @OneOf(CHANNELS)
  readonly channel!: Channel;
  @OneOf(NOTIFICATION_OUTCOMES, {
    description:
      'DELIVERED: the channel took it. SKIPPED: nothing was sent, by the wish of the customer or for want of an address. FAILED: the channel refused it, or did not take it in all attempts.',
  })
  readonly outcome!: NotificationOutcome;
  @Nested(() => Reason, { optional: true, description: 'Why it was not delivered.' })
  readonly reason?: Reason;
}
