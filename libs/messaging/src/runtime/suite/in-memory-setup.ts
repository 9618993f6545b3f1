import { createInMemoryBroker } from '../../in-memory/index.js';
import { KEYED_TOPICS, PARTITIONS, type RuntimeSuiteSetup } from './counter-world.js';

/** A log in memory with the topics of a namespace. */
export function openInMemory(namespace: string): Promise<RuntimeSuiteSetup> {
  const keyed = KEYED_TOPICS.map((name) => [`${namespace}.${name}`, PARTITIONS] as const);
  const broker = createInMemoryBroker({
    topics: { ...Object.fromEntries(keyed), [`${namespace}.agents`]: 1 },
  });
  return Promise.resolve({
    namespace,
    connect: (clientId) => broker.connect(clientId),
    close: () => Promise.resolve(),
  });
}
