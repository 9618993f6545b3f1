import {
  ErasePersonalData,
  ErasePersonalDataPayload,
  RegisterCustomer,
  RegisterCustomerPayload,
  SetCustomerConsent,
  SetCustomerConsentPayload,
  SetNotificationPreferences,
  SetNotificationPreferencesPayload,
  UpdateCustomerProfile,
  UpdateCustomerProfilePayload,
} from '@aika/contracts';
import { type CustomerCommand, type CustomerProfile, profileFrom } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn } from '@aika/workflow';
import { customerAgent, type CustomerContext } from './customer.agent.js';
import { customer, profiles } from './customer.entity.js';

/** Keeps who the customer is, what they consent to and how they want to be told. */
@AgentController(customerAgent)
export class CustomerController {
  @Handles(RegisterCustomer)
  register(data: RegisterCustomerPayload, context: CustomerContext): void {
    const profile = context.store(profiles).get(data.customerId);
    const command = { ...commandOf(context, 'REGISTER_CUSTOMER', data), profile };
    if (wasDecided(context, command)) keepProfile(context, profileFrom(command));
  }

  @Handles(UpdateCustomerProfile)
  updateProfile(data: UpdateCustomerProfilePayload, context: CustomerContext): void {
    const profile = context.store(profiles).get(data.customerId) ?? {};
    const command = { ...commandOf(context, 'UPDATE_CUSTOMER_PROFILE', data), profile };
    if (wasDecided(context, command)) keepProfile(context, profileFrom(command));
  }

  /** The key is gone already: what stands here could not be read after a restart. */
  @Handles(ErasePersonalData)
  erase(data: ErasePersonalDataPayload, context: CustomerContext): void {
    decide(context, commandOf(context, 'ERASE_PERSONAL_DATA', data));
    context.store(profiles).delete(context.customerId);
  }

  @Handles(SetCustomerConsent)
  setConsent(data: SetCustomerConsentPayload, context: CustomerContext): void {
    decide(context, commandOf(context, 'SET_CUSTOMER_CONSENT', data));
  }

  @Handles(SetNotificationPreferences)
  setPreferences(data: SetNotificationPreferencesPayload, context: CustomerContext): void {
    decide(context, commandOf(context, 'SET_NOTIFICATION_PREFERENCES', data));
  }
}

function decide(context: CustomerContext, command: CustomerCommand) {
  return decideOn(context, customer, command.data.customerId, command);
}

/** Whether the command changed something: a refusal or a repeat leaves the stored profile as it is. */
function wasDecided(context: CustomerContext, command: CustomerCommand): boolean {
  return decide(context, command).some((event) => event.type !== 'COMMAND_REJECTED');
}

function keepProfile(context: CustomerContext, profile: CustomerProfile): void {
  context.store(profiles).put(context.customerId, profile);
}
