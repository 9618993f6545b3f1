import {
  type Channel,
  NotificationClosed,
  type NotificationRequestedPayload,
  type Reason,
} from '@aika/contracts';
import {
  defineEffect,
  type EffectDefinition,
  type EffectResult,
  HandlerError,
  outcome,
} from '@aika/messaging';

/** A notification on its way out. */
export interface Notice extends Pick<
  NotificationRequestedPayload,
  'customerId' | 'notificationId' | 'channel' | 'template' | 'language' | 'parameters' | 'causedBy'
> {
  /** E-mail address, for that channel alone. Personal: it stands in the agent's state until the notice is delivered. */
  readonly address?: string;
}

/** One of each kind, so that an outage of one channel holds up none of the others. */
const shared = {
  timeoutMs: 20_000,
  maxAttempts: 12,
  backoffMs: 1000,
  maxBackoffMs: 300_000,
  breaker: { pauseMs: 1000, maxPauseMs: 60_000 },
  personal: ['address'],
  givenUp: (notice: Notice, error: unknown) => closed(notice, 'FAILED', reasonOf(error)),
};

export const WriteToLog = defineEffect<Notice>({ ...shared, name: 'notify-log' });
/** In order: that a claim is paid is not to be read before that it is approved. */
export const SendEmail = defineEffect<Notice>({ ...shared, name: 'notify-email', ordered: true });
export const CallWebhook = defineEffect<Notice>({ ...shared, name: 'notify-webhook', ordered: true });

/** How each channel is served. */
export const EFFECT_OF: Readonly<Record<Channel, EffectDefinition<Notice>>> = {
  LOG: WriteToLog,
  EMAIL: SendEmail,
  WEBHOOK: CallWebhook,
};

/** The message about what became of a notice. */
export function closed(
  { customerId, notificationId, channel }: Notice,
  status: 'DELIVERED' | 'FAILED',
  reason?: Reason,
): EffectResult {
  return outcome(NotificationClosed, {
    customerId,
    notificationId,
    channel,
    outcome: status,
    ...(reason && { reason }),
  });
}

/** Only errors that were made for it speak; what another one says may name the address. */
function reasonOf(error: unknown): Reason {
  return error instanceof HandlerError
    ? { code: error.code.toLowerCase(), detail: error.message.slice(0, 1000) }
    : { code: 'not_delivered', detail: 'The channel failed in an unexpected way.' };
}
