import { DateOnly, Flag, Id, ListOf, ListOfOneOf, OneOf, Text } from '../../schema/field.decorators.js';
import type { Channel, ConsentPurpose } from '../../value-types.js';
import { CHANNELS, CONSENT_PURPOSES, ConsentChoice, CustomerPayload } from '../../value-types.js';

const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;

/** Language of what is written to the customer. */
export const Language = (options: { optional?: boolean } = {}): PropertyDecorator =>
  Text({ ...options, min: 2, max: 5, pattern: LANGUAGE, description: 'Language tag, such as en or da-DK.' });

export class RegisterCustomerPayload extends CustomerPayload {
  @Text({ optional: true, personal: true })
  readonly fullName?: string;
  @Text({ optional: true, max: 254, personal: true })
  readonly email?: string;
  @Text({ optional: true, max: 40, personal: true })
  readonly phone?: string;
  @Text({ optional: true, max: 500, personal: true })
  readonly postalAddress?: string;
  @DateOnly({ optional: true, personal: true })
  readonly dateOfBirth?: string;
  @ListOf(() => ConsentChoice, { optional: true })
  readonly consents?: readonly ConsentChoice[];
  @ListOfOneOf(CHANNELS, { optional: true })
  readonly channels?: readonly Channel[];
}

export class UpdateCustomerProfilePayload extends CustomerPayload {
  @Text({ optional: true, personal: true })
  readonly fullName?: string;
  @Text({ optional: true, max: 254, personal: true })
  readonly email?: string;
  @Text({ optional: true, max: 40, personal: true })
  readonly phone?: string;
  @Text({ optional: true, max: 500, personal: true })
  readonly postalAddress?: string;
}

/** The person asks to be forgotten. Sent after the customer's key was thrown away. */
export class ErasePersonalDataPayload extends CustomerPayload {}

export class SetCustomerConsentPayload extends CustomerPayload {
  @OneOf(CONSENT_PURPOSES)
  readonly purpose!: ConsentPurpose;
  @Flag()
  readonly granted!: boolean;
}

export class SetNotificationPreferencesPayload extends CustomerPayload {
  @ListOfOneOf(CHANNELS)
  readonly channels!: readonly Channel[];
  @Language({ optional: true })
  readonly language?: string;
}

export class SendConversationMessagePayload extends CustomerPayload {
  @Id()
  readonly conversationId!: string;
  @Text({ max: 4000, personal: true })
  readonly text!: string;
}

export class CloseConversationPayload extends CustomerPayload {
  @Id()
  readonly conversationId!: string;
}
