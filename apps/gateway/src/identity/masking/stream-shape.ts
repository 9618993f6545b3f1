import { type Catalogue } from '@aika/contracts';
import type { StreamEvent } from '../../live/stream-event.js';
import { isInternal, maskedMessages, type Sight, withoutInternal } from './answer-shape.js';

/** Elsewhere the insurer's agents talk among themselves. */
const CUSTOMER_TOPICS = /^(events|notifications|stage\.)/;

/** An event of the live stream as its reader may see it; undefined where it is not for them. */
export type StreamShape = (event: StreamEvent) => StreamEvent | undefined;

export function streamShapeOf(sight: Sight, catalogue: Catalogue): StreamShape {
  switch (sight) {
    case 'whole':
      return (event) => event;
    case 'masked':
      return (event) => maskedMessages(event, catalogue) as StreamEvent;
    case 'customer':
      return (event) =>
        isForCustomers(event, catalogue) ? (withoutInternal(event) as StreamEvent) : undefined;
    default:
      return sight satisfies never;
  }
}

function isForCustomers({ topic, stage, message }: StreamEvent, catalogue: Catalogue): boolean {
  const isEvent = catalogue.get(message.messageType)?.kind === 'event';
  return isEvent && CUSTOMER_TOPICS.test(topic) && !isInternal({ stage, messageType: message.messageType });
}
