import type { Notice } from './deliver-notice.effects.js';

export interface DeliveryCall {
  /** The same in every attempt: what is sent under it twice can be told to be one. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/**
 * A way to reach a customer. Its errors are logged and become reasons on the log: what they say holds no address and
 * nothing that the other side has answered.
 */
export interface NotificationChannel {
  /**
   * Resolves when the other side has taken the notice.
   *
   * @throws TerminalError when it never will
   * @throws RetriableError when it has not, or it is not known whether it has
   */
  deliver(notice: Notice, call: DeliveryCall): Promise<void>;
}

/** Injection token of the `NotificationChannels`. */
export const NOTIFICATION_CHANNELS = Symbol('notification-channels');
