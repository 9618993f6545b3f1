import { topicOf } from '@aika/contracts';
import { LogError, type MessageLog } from '../ports/index.js';
import { stateTopicOf } from '../runtime/runtime-options.js';
import { assertSamePartitionCount } from '../runtime/partition-task.js';
import { inputTopics, shortNameOf } from '../runtime/runtime-options.js';
import type { ReplayOptions } from './replay-options.js';

/** Full names of the live topics that a replay reads. */
export interface ReplayTopics {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of the inputs and the state. */
  readonly partitions: number;
  /** Of an input, or of an output in the live or in the written namespace. @throws LogError `UNKNOWN_TOPIC` */
  readonly partitionCount: (topic: string) => number;
}

/** Learns the partition counts once: those of the written namespace have to be the same. */
export async function replayTopics(options: ReplayOptions): Promise<ReplayTopics> {
  const { agent, catalogue, log, namespace, request } = options;
  const inputNames = inputTopics(agent, catalogue);
  const inputs = inputNames.map((name) => topicOf(namespace, name));
  const partitions = await assertSamePartitionCount(log, [
    ...inputs,
    stateTopicOf(namespace, shortNameOf(agent)),
  ]);
  const names = [...new Set([...catalogue.messageTopics(), ...inputNames, 'dlq'])];
  const counts = await countsOf(log, namespace, names);
  if (request.writeTo !== undefined) await assertSameCounts(log, request.writeTo, counts);
  const partitionCount = (topic: string): number => {
    const name = topic.slice(topic.indexOf('.') + 1);
    const count = counts.get(name);
    if (count === undefined) throw unknown(topic);
    return count;
  };
  const outputs = [...counts.keys()].filter((name) => name !== 'dlq').map((name) => topicOf(namespace, name));
  return { inputs, outputs, partitions, partitionCount };
}

/** Partition counts by name without namespace. An installation need not have the topics of agents it does not run. */
async function countsOf(
  log: MessageLog,
  namespace: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = names.map(async (name): Promise<readonly (readonly [string, number])[]> => {
    try {
      return [[name, await log.partitionCount(topicOf(namespace, name))]];
    } catch (error) {
      if (error instanceof LogError && error.code === 'UNKNOWN_TOPIC') return [];
      throw error;
    }
  });
  return new Map((await Promise.all(counts)).flat());
}

async function assertSameCounts(
  log: MessageLog,
  namespace: string,
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [name, count] of counts) {
    const topic = topicOf(namespace, name);
    const found = await log.partitionCount(topic);
    if (found === count) continue;
    throw new LogError('UNKNOWN_TOPIC', `${topic} has ${found} partitions; ${count} are needed.`, false);
  }
}

function unknown(topic: string): LogError {
  return new LogError('UNKNOWN_TOPIC', `The partition count of ${topic} is not known.`, false);
}
