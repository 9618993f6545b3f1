import { topicOf } from '@aika/contracts';
import { LogError, type LogRecord, type MessageLog } from '../ports/index.js';
import { type AgentCard, readAgentCard } from './agent-card.js';

/**
 * The cards in the live directory `<namespace>.agents`, the last one of each instance. An instance that has
 * stopped took its card back; one that was killed could not, so a card alone does not prove that it runs.
 *
 * @returns cards by agent and instance; none where the directory does not exist yet
 */
export async function readAgentCards(
  log: Pick<MessageLog, 'partitionCount' | 'offsets' | 'read'>,
  namespace: string,
): Promise<readonly AgentCard[]> {
  const topic = topicOf(namespace, 'agents');
  const cards = new Map<string, AgentCard>();
  for (let partition = 0; partition < (await partitionCount(log, topic)); partition++) {
    const { start, end } = await log.offsets({ topic, partition });
    for await (const records of log.read({ topic, partition }, { from: start, until: end })) {
      for (const record of records) take(cards, record);
    }
  }
  return [...cards].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, card]) => card);
}

async function partitionCount(log: Pick<MessageLog, 'partitionCount'>, topic: string): Promise<number> {
  try {
    return await log.partitionCount(topic);
  } catch (error) {
    if (error instanceof LogError && error.code === 'UNKNOWN_TOPIC') return 0;
    throw error;
  }
}

function take(cards: Map<string, AgentCard>, { key, value }: LogRecord): void {
  const card = value && instanceCard(value);
  // A tombstone, or something else under this key: what was said before does not hold any more.
  if (card) cards.set(String(key), card);
  else cards.delete(String(key));
}

/** What says not of which instance it is must not break the display. */
function instanceCard(value: Buffer): AgentCard | undefined {
  const card = readAgentCard(value);
  const isOfInstance = typeof card?.agentId === 'string' && typeof card.instanceId === 'string';
  return isOfInstance ? (card as AgentCard) : undefined;
}
