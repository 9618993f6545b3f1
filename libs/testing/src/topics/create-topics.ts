import type { Stage } from '@aika/contracts';
import { createKafkaAdmin, type EnsuredTopics } from '@aika/messaging/kafka';
import { PlatformError } from '../platform-error.js';
import { loadTopics } from './topics-file.js';

/**
 * Creates every topic of the topics file that the cluster does not have. Repeats are harmless; topics that
 * exist are never changed, only reported when they differ.
 * @throws PlatformError PARTITIONS_DIFFER when a topic exists with another partition count: customers would
 *   be looked for in partitions where they are not
 */
export async function createTopics(options: {
  readonly brokers: readonly string[];
  readonly environment: string;
  readonly namespace?: string;
  readonly stageTopics?: readonly Stage[];
}): Promise<EnsuredTopics> {
  const admin = createKafkaAdmin({ brokers: [...options.brokers], clientId: 'aika-platform' });
  try {
    const topics = await admin.ensureTopics(loadTopics(options));
    refuseOtherPartitionCounts(topics, options.environment);
    return topics;
  } finally {
    await admin.close();
  }
}

function refuseOtherPartitionCounts({ mismatched }: EnsuredTopics, environment: string): void {
  const differing = mismatched.filter(({ wanted, found }) => wanted.partitions !== found.partitions);
  if (differing.length === 0) return;
  const list = differing.map(
    ({ topic, wanted, found }) => `${topic} has ${found.partitions}, not ${wanted.partitions}`,
  );
  throw new PlatformError(
    'PARTITIONS_DIFFER',
    `This cluster was made with other partition counts than environment "${environment}" has: ${list.join('; ')}. ` +
      'The count is chosen once per cluster: use the environment it was made with, or a new cluster.',
  );
}
