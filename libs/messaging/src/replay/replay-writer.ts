import { topicOf } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import type {
  GroupMember,
  Membership,
  MessageLog,
  TopicPartitionOffset,
  TransactionalWriter,
} from '../ports/index.js';
import { stateTopicOf } from '../runtime/runtime-options.js';
import type { Batch } from '../runtime/batch.js';
import { groupIdOf, shortNameOf } from '../runtime/runtime-options.js';
import { ReplayError } from './replay-error.js';

const SESSION_MS = 30_000;
const POLL_MS = 100;

export interface ReplayWriterOptions {
  readonly log: MessageLog;
  readonly agent: AgentManifest;
  /** Where it is written. */
  readonly namespace: string;
  /** Full names of the live input topics: positions in them are what is committed. */
  readonly inputs: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Writes what was made again to a namespace of its own: outputs, state and how far it is, in one transaction for
 * each batch of steps. The positions stand under the group of the agent in that namespace.
 */
export class ReplayWriter {
  private constructor(
    private readonly options: ReplayWriterOptions,
    private readonly member: GroupMember,
    private readonly membership: Membership,
    private readonly writer: TransactionalWriter,
  ) {}

  /** @throws ReplayError `NAMESPACE_TAKEN` when it holds an earlier replay of the agent */
  static async open(options: ReplayWriterOptions): Promise<ReplayWriter> {
    const { log, agent, namespace, inputs, signal } = options;
    const groupId = groupIdOf(namespace, agent);
    const earlier = await log.committedOffsets(groupId, inputs);
    if (earlier.length > 0) throw taken(namespace, earlier);
    // Of the namespace's own topics: nothing of the live ones is fetched for this group.
    const member = await log.joinGroup({
      groupId,
      topics: [topicOf(namespace, agent.inbox)],
      sessionTimeoutMs: SESSION_MS,
      rebalanceTimeoutMs: SESSION_MS,
      heartbeatIntervalMs: SESSION_MS / 10,
      maxBuffered: 1,
    });
    try {
      const membership = await membershipOf(member, signal);
      const transactionalId = `${groupId}-replay`;
      const writer = await log.createTransactionalWriter({
        transactionalId,
        transactionTimeoutMs: SESSION_MS,
      });
      return new ReplayWriter(options, member, membership, writer);
    } catch (error) {
      await member.leave();
      throw error;
    }
  }

  async write(batch: Batch, positions: readonly TopicPartitionOffset[]): Promise<void> {
    const { agent, namespace } = this.options;
    batch.rememberHandled(Date.now(), 0);
    const records = [...batch.outputs, ...batch.changelog(stateTopicOf(namespace, shortNameOf(agent)))];
    if (records.length === 0) return;
    const transaction = await this.writer.begin();
    await transaction.send(records);
    await transaction.commitOffsets(this.membership, positions);
    await transaction.commit();
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.member.leave();
  }
}

async function membershipOf(member: GroupMember, signal: AbortSignal): Promise<Membership> {
  while (!member.membership) {
    signal.throwIfAborted();
    await member.poll({ maxRecords: 1, waitMs: POLL_MS });
  }
  return member.membership;
}

function taken(namespace: string, positions: readonly TopicPartitionOffset[]): ReplayError {
  const far = positions.map(({ topic, partition, offset }) => `${topic}/${partition}@${offset}`).join(', ');
  return new ReplayError(
    'NAMESPACE_TAKEN',
    `The namespace ${namespace} holds a replay of this agent, which got as far as ${far}. Take another name.`,
  );
}
