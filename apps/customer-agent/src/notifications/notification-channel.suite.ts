import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Notice } from './deliver-notice.effects.js';
import type { NotificationChannel } from './notification-channel.port.js';

/** Personal: no error may say it. */
export const ADDRESS = 'ada.secret@example.org';
export const NOTICE: Notice = {
  customerId: 'cust-1',
  notificationId: 'ntf-1',
  channel: 'EMAIL',
  template: 'claim-paid',
  language: 'en',
  parameters: { claimId: 'clm-1', paymentId: 'clm-1-pay-1', amount: '350.00 GBP' },
  causedBy: 'msg-1',
  address: ADDRESS,
};

/** How the other side answers: takes it, says no for good, says not now, takes it and loses the answer, is silent. */
export type Mood = 'takes' | 'refuses' | 'defers' | 'loses the answer' | 'is silent';

/** A channel with a real server at its other side. */
export interface ChannelSetup {
  readonly channel: NotificationChannel;
  /** Keys of what the server has taken, in order, repeats too. */
  readonly keys: readonly string[];
  mood: Mood;
  close(): Promise<void>;
}

const retriable = expect.objectContaining({ retriable: true });

/** What every channel that reaches over a network does. */
export function describeNotificationChannel(name: string, open: () => Promise<ChannelSetup>): void {
  describe(`${name} as a notification channel`, () => {
    let setup: ChannelSetup;

    beforeEach(async () => {
      setup = await open();
    });
    afterEach(() => setup.close());

    const deliver = (signal = new AbortController().signal): Promise<void> =>
      setup.channel.deliver(NOTICE, { idempotencyKey: 'eff-1', signal });

    it('delivers a notice under its key', async () => {
      await deliver();
      expect(setup.keys).toEqual(['eff-1']);
    });

    it('takes a refusal for the last word', async () => {
      setup.mood = 'refuses';
      await expect(deliver()).rejects.toMatchObject({ retriable: false });
    });

    it('may be asked again when the other side wants patience', async () => {
      setup.mood = 'defers';
      await expect(deliver()).rejects.toEqual(retriable);
      setup.mood = 'takes';
      await deliver();
      expect(setup.keys).toEqual(['eff-1']);
    });

    it('does not know the outcome when the answer is lost, and repeats it under the same key', async () => {
      setup.mood = 'loses the answer';
      await expect(deliver()).rejects.toEqual(retriable);
      setup.mood = 'takes';
      await deliver();
      expect(setup.keys).toEqual(['eff-1', 'eff-1']);
    });

    it('stops when it is told to', async () => {
      setup.mood = 'is silent';
      const begun = performance.now();
      await expect(deliver(AbortSignal.timeout(50))).rejects.toEqual(retriable);
      expect(performance.now() - begun).toBeLessThan(2000);
    });

    it('may be asked again when nobody is there', async () => {
      await setup.close();
      await expect(deliver()).rejects.toEqual(retriable);
    });

    it.each(['refuses', 'defers', 'loses the answer'] as const)(
      'tells no address where the other side %s and names it',
      async (mood) => {
        setup.mood = mood;
        const error = await deliver().then(
          () => undefined,
          (failure: unknown) => failure,
        );
        expect(error).toBeInstanceOf(Error);
        expect(everythingIn(error)).not.toContain(ADDRESS);
      },
    );
  });
}

/** All that a logger could show of an error. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [String(error), error.stack, JSON.stringify(error), everythingIn(error.cause)].join('\n');
}
