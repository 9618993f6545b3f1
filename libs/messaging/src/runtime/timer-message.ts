import type { Catalogue } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import type { OutgoingRecord } from '../ports/index.js';
import type { MessageOutbox } from './message-outbox.js';
import type { TimerEntry } from './partition-state.js';

export interface TimerMessageOptions {
  readonly agent: Pick<AgentManifest, 'id'>;
  readonly catalogue: Pick<Catalogue, 'get'>;
  readonly outbox: MessageOutbox;
}

/** The records that a due timer becomes, dated when it was due; undefined for a type that the catalogue lacks. */
export function timerRecords(
  { messageType, payload, messageId, dueAt, priority, metadata }: TimerEntry,
  { agent, catalogue, outbox }: TimerMessageOptions,
): readonly OutgoingRecord[] | undefined {
  const definition = catalogue.get(messageType);
  return (
    definition &&
    outbox.records(definition, payload, {
      messageId,
      timestamp: new Date(dueAt).toISOString(),
      targetAgentId: agent.id,
      priority,
      metadata,
    })
  );
}
