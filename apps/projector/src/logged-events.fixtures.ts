import type { MessageDefinition } from '@aika/contracts';
import { eventOf, type LoggedEvent, type ViewBatch } from '@aika/views';

export interface Logged<P extends object> {
  /** Also its second on the log's clock, unless said. */
  readonly offset: number;
  readonly id?: string;
  readonly payload?: Partial<P>;
  readonly topic?: string;
  readonly second?: number;
}

/** An event with its example's payload, as it was read from the log. */
export function logged<P extends object>(
  definition: MessageDefinition<string, P>,
  { offset, id = `msg-${offset}`, payload, topic = 'aika.events', second = offset }: Logged<P>,
): LoggedEvent {
  const recordedMs = Date.UTC(2026, 2, 1, 0, 0, second);
  return eventOf({
    envelope: {
      messageId: id,
      timestamp: new Date(recordedMs).toISOString(),
      sourceAgentId: definition.owner,
      targetAgentId: null,
      messageType: definition.type,
      priority: 'NORMAL',
      schemaVersion: definition.version,
      payload: { ...definition.example, ...payload } as Record<string, unknown>,
      metadata: {},
    },
    definition,
    topic,
    partition: 0,
    offset,
    recordedMs,
    latestMs: recordedMs,
  });
}

/** A batch of events alone; positions stay. */
export function batchOf(events: readonly LoggedEvent[], rest: Partial<ViewBatch> = {}): ViewBatch {
  return { moves: [], events, commands: [], letters: [], cards: [], ...rest };
}
