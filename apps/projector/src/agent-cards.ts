import type { AgentCard, LogRecord } from '@aika/messaging';
import type { CardChange } from '@aika/views';

/** A record of the live directory; undefined where it says nothing about an instance. */
export function cardChangeOf(record: LogRecord): CardChange | undefined {
  const [agentId, ...rest] = (record.key?.toString() ?? '').split('/');
  const instanceId = rest.join('/');
  if (!agentId || !instanceId) return undefined;
  const card = record.value && cardOf(record.value);
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

/** Programs of other teams write cards too: what is no card takes the one before it back. */
function cardOf(value: Buffer): AgentCard | undefined {
  try {
    const card = JSON.parse(value.toString()) as Partial<AgentCard> | null;
    const isCard =
      typeof card?.at === 'string' && !Number.isNaN(Date.parse(card.at)) && Array.isArray(card.partitions);
    return isCard ? (card as AgentCard) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
