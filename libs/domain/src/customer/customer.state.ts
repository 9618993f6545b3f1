import type { Channel, ConsentPurpose } from '@aika/contracts';

/** How a customer wants to be told. */
export interface NotificationPreferences {
  /** At least one, each once. */
  readonly channels: readonly Channel[];
  /** Language tag, such as `en` or `da-DK`. */
  readonly language: string;
}

/** Also holds for somebody who is not registered yet: a quote's result must reach its customer. */
export const DEFAULT_PREFERENCES: NotificationPreferences = { channels: ['LOG'], language: 'en' };

export interface RegisteredCustomer {
  readonly status: 'registered';
  readonly customerId: string;
  readonly registeredAt: string;
  readonly preferences: NotificationPreferences;
  /** A purpose that was never asked for is absent, which is not consent. */
  readonly consents: Readonly<Partial<Record<ConsentPurpose, boolean>>>;
  /** RFC 3339 UTC: when what was personal was erased. Absent = it was not. */
  readonly erasedAt?: string;
}

/** A customer without personal data: see `CustomerProfile`. */
export type CustomerState = { readonly status: 'none' } | RegisteredCustomer;

export function preferencesOf(state: CustomerState): NotificationPreferences {
  return state.status === 'none' ? DEFAULT_PREFERENCES : state.preferences;
}

/** Whether the customer said yes to this purpose. */
export function hasConsent(state: CustomerState, purpose: ConsentPurpose): boolean {
  return state.status === 'registered' && state.consents[purpose] === true;
}
