import { topicOf } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import type { RecordWriter } from '../ports/index.js';
import { type ParkedKey, waitingCount } from './parked-key.js';

/** What an instance of an agent says of itself in the live directory `<namespace>.agents` (compacted). */
export interface AgentCard {
  readonly agentId: string;
  readonly instanceId: string;
  readonly handles: readonly string[];
  readonly emits: readonly string[];
  readonly partitions: readonly number[];
  readonly generation: number;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Customers whose messages wait behind one that fails; absent in cards of versions before parking. */
  readonly parked?: ParkedSummary;
}

/** One parked customer. Times are RFC 3339 UTC. */
export interface ParkedEntry {
  readonly customerId: string;
  readonly since: string;
  readonly nextTry: string;
  /** Failed tries of the first message. */
  readonly attempts: number;
  /** Messages that wait, the failing one included. */
  readonly waiting: number;
  readonly code: string;
  readonly reason: string;
}

export interface ParkedSummary {
  readonly keys: number;
  readonly messages: number;
  /** The oldest ones, at most 100. */
  readonly oldest: readonly ParkedEntry[];
}

/** A card as somebody wrote it: an older version, or a program of another team. */
export type FoundCard = Pick<AgentCard, 'at' | 'partitions'> & Partial<AgentCard>;

const LISTED = 100;

export function parkedSummary(parked: readonly ParkedKey[]): ParkedSummary {
  const oldest = [...parked].sort((a, b) => a.since - b.since).slice(0, LISTED);
  return {
    keys: parked.length,
    messages: parked.reduce((sum, key) => sum + waitingCount(key), 0),
    oldest: oldest.map((key) => ({
      customerId: key.customerId,
      since: new Date(key.since).toISOString(),
      nextTry: new Date(key.dueAt).toISOString(),
      attempts: key.attempts,
      waiting: waitingCount(key),
      code: key.code,
      reason: key.reason,
    })),
  };
}

export function agentCard(
  agent: AgentManifest,
  status: Pick<AgentCard, 'instanceId' | 'partitions' | 'generation' | 'at' | 'parked'>,
): AgentCard {
  return {
    agentId: agent.id,
    handles: agent.handles.map((definition) => definition.type),
    emits: agent.emits.map((definition) => definition.type),
    ...status,
  };
}

/** @returns undefined where the value is no card */
export function readAgentCard(value: Buffer): FoundCard | undefined {
  try {
    const card = JSON.parse(value.toString()) as Partial<AgentCard> | null;
    const isCard = typeof card?.at === 'string' && Array.isArray(card.partitions);
    return isCard ? (card as FoundCard) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes a card, or with `null` takes it back. */
export async function publishCard(
  writer: RecordWriter,
  namespace: string,
  key: { readonly agentId: string; readonly instanceId: string },
  card: AgentCard | null,
): Promise<void> {
  await writer.send([
    {
      topic: topicOf(namespace, 'agents'),
      partition: 0,
      key: `${key.agentId}/${key.instanceId}`,
      value: card && JSON.stringify(card),
    },
  ]);
}
