import { topicOf } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import type { RecordWriter } from '../ports/index.js';

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
}

export function agentCard(
  agent: AgentManifest,
  status: Pick<AgentCard, 'instanceId' | 'partitions' | 'generation' | 'at'>,
): AgentCard {
  return {
    agentId: agent.id,
    handles: agent.handles.map((definition) => definition.type),
    emits: agent.emits.map((definition) => definition.type),
    ...status,
  };
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
