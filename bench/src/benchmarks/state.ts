import { topicOf } from '@aika/contracts';
import { type OutgoingRecord, partitionFor } from '@aika/messaging';
import type { BenchCluster } from '../cluster/bench-cluster.js';
import { customerIdOf } from '../workload/claim-records.js';
import { fill } from '../workload/fill.js';

/** Writes the changelog of an agent that knows so many customers, as the agent itself would have written it. */
export async function fillState(
  cluster: BenchCluster,
  agent: string,
  customers: number,
  signal: AbortSignal,
): Promise<void> {
  const topic = topicOf(cluster.namespace, `state.${agent}`);
  await fill(cluster.log, customers, (n) => stateRecord(n, topic, cluster.partitions), signal);
}

function stateRecord(n: number, topic: string, partitions: number): OutgoingRecord {
  const customerId = customerIdOf(n);
  return {
    topic,
    partition: partitionFor(customerId, partitions),
    key: `s/${customerId}/tallies/claims`,
    // Nothing counted yet: the check of the outputs counts from here.
    value: JSON.stringify({ d: { approved: 0, total: 0, lastClaimId: `clm-before-${n}` } }),
  };
}
