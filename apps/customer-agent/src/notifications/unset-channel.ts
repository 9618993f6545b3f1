import { TerminalError } from '@aika/messaging';
import type { NotificationChannel } from './notification-channel.port.js';

/** Stands for a channel for which this installation has no settings. */
export class UnsetChannel implements NotificationChannel {
  /** @param setting the one that would turn it on */
  constructor(private readonly setting: string) {}

  deliver(): Promise<void> {
    const message = `This installation does not have the channel: ${this.setting} is not set.`;
    return Promise.reject(new TerminalError('CHANNEL_NOT_CONFIGURED', message));
  }
}
