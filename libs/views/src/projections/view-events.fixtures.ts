import type { MessageDefinition } from '@aika/contracts';
import { orderKey, type ViewEvent } from './view-event.js';

/** An event with its example's payload, as the n-th of its topic at a second of the log. */
export function event<P extends object>(
  definition: MessageDefinition<string, P>,
  second: number,
  change: Partial<P> = {},
  topic = 'aika.events',
): ViewEvent {
  const payload = { ...definition.example, ...change };
  return {
    messageId: `msg-${topic}-${second}`,
    type: definition.type,
    customerId: definition.key(payload),
    occurredAt: new Date(Date.UTC(2026, 2, 1, 0, 0, second)).toISOString(),
    payload,
    orderKey: orderKey({ latestMs: second * 1000, topic, partition: 0, offset: second }),
  };
}
