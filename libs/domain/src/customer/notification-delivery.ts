import type { Channel, NotificationRequestedPayload, Reason } from '@aika/contracts';
import type { CustomerProfile } from './customer-profile.js';
import { type CustomerState, preferencesOf } from './customer.state.js';

/** Whether a notification is sent, and to where. */
export type DeliveryDecision =
  { readonly kind: 'SEND'; readonly address?: string } | { readonly kind: 'SKIP'; readonly reason: Reason };

type Request = Pick<NotificationRequestedPayload, 'channel' | 'purpose'>;

/**
 * Decides about a notification by what the customer wants and is known by now. Preferences are looked at again: who
 * asked may be another program, and the customer may have changed them since.
 */
export function decideDelivery(
  { channel, purpose = 'SERVICE' }: Request,
  state: CustomerState,
  profile: CustomerProfile = {},
): DeliveryDecision {
  if (!preferencesOf(state).channels.includes(channel)) {
    return skip('channel_not_chosen', `The customer has not chosen the channel ${channel}.`);
  }
  if (reachesOut(channel) && !mayBeTold(state, purpose)) {
    return skip('no_consent', `The customer does not consent to messages for ${purpose}.`);
  }
  return channel === 'EMAIL' ? toAddress(profile.email) : { kind: 'SEND' };
}

/** The log is the insurer's own: nobody is reached by it. */
function reachesOut(channel: Channel): boolean {
  return channel !== 'LOG';
}

/** What belongs to the contract goes out unless the customer said no; anything else only if they said yes. */
function mayBeTold(state: CustomerState, purpose: NonNullable<Request['purpose']>): boolean {
  const consent = state.status === 'registered' ? state.consents[purpose] : undefined;
  return purpose === 'SERVICE' ? consent !== false : consent === true;
}

/** One address and nothing else: a list of them, or a name in front, would be sent to whoever it names. */
const ONE_ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

function toAddress(email: string | undefined): DeliveryDecision {
  if (email === undefined) return skip('no_address', 'There is no e-mail address to send it to.');
  const address = email.trim();
  return ONE_ADDRESS.test(address)
    ? { kind: 'SEND', address }
    : skip('invalid_address', 'What is kept as the e-mail address is none.');
}

function skip(code: string, detail: string): DeliveryDecision {
  return { kind: 'SKIP', reason: { code, detail } };
}
