import type { RegisterCustomerCommand, UpdateCustomerProfileCommand } from './customer.messages.js';

/**
 * The personal data of a customer.
 *
 * It is no part of `CustomerState`: that state follows from events, events are kept without limit, and personal
 * data must be erasable. So the events name the fields that changed and never their values, and the agent keeps
 * the profile as a value of its own (encrypted under the customer's key) that `profileFrom` makes from the command.
 */
export interface CustomerProfile {
  readonly fullName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  /** YYYY-MM-DD */
  readonly dateOfBirth?: string;
}

/** All of them are personal. */
export const PROFILE_FIELDS = ['fullName', 'email', 'phone', 'postalAddress', 'dateOfBirth'] as const;

/** The profile after the command; fields that the command leaves out stay as they are in `current`. */
export function profileFrom(
  command: RegisterCustomerCommand | UpdateCustomerProfileCommand,
  current: CustomerProfile = command.profile ?? {},
): CustomerProfile {
  const given: CustomerProfile = command.data;
  const fields = PROFILE_FIELDS.map((field) => [field, given[field] ?? current[field]] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Names of the fields whose values differ. */
export function changedFields(before: CustomerProfile, after: CustomerProfile): readonly string[] {
  return PROFILE_FIELDS.filter((field) => before[field] !== after[field]);
}
