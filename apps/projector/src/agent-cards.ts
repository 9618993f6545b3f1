import { type FoundCard, type LogRecord, readAgentCard } from '@aika/messaging';
import type { CardChange } from '@aika/views';

/** A record of the live directory; undefined where it says nothing about an instance. */
export function cardChangeOf(record: LogRecord): CardChange | undefined {
  const [agentId, ...rest] = (record.key?.toString() ?? '').split('/');
  const instanceId = rest.join('/');
  if (!agentId || !instanceId) return undefined;
  const card = record.value && datedCard(record.value);
  if (!card) return { agentId, instanceId, card: undefined };
  const { handles = [], emits = [], partitions, generation = 0, at, parked } = card;
  return {
    agentId,
    instanceId,
    card: {
      row: {
        agent_id: agentId,
        instance_id: instanceId,
        handles: [...handles],
        emits: [...emits],
        partitions: [...partitions],
        generation,
        parked_keys: parked?.keys ?? 0,
        parked_messages: parked?.messages ?? 0,
        published_at: at,
        record_offset: record.offset,
      },
      parked: (parked?.oldest ?? []).map((key) => ({
        agent_id: agentId,
        instance_id: instanceId,
        customer_id: key.customerId,
        since: key.since,
        next_try: key.nextTry,
        attempts: key.attempts,
        waiting: key.waiting,
        code: key.code,
        reason: key.reason,
      })),
    },
  };
}

/** A card that the views can hold: its time has to be one. What is no card takes the one before it back. */
function datedCard(value: Buffer): FoundCard | undefined {
  const card = readAgentCard(value);
  return card === undefined || Number.isNaN(Date.parse(card.at)) ? undefined : card;
}
