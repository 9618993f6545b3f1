import { customerDecider, type CustomerProfile, PROFILE_FIELDS } from '@aika/domain';
import { defineStore } from '@aika/messaging';
import { defineEntity } from '@aika/workflow';

/** The customer, by customer id. */
export const customer = defineEntity({ name: 'customer', decider: customerDecider });

/** Personal data stays in this agent's state: events name the fields that changed and never their values. */
export const profiles = defineStore<CustomerProfile>('customer-profile', {
  personal: PROFILE_FIELDS,
});
