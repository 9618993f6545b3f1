import { createInMemoryBroker } from '../in-memory/index.js';
import { describeDeadLetters } from './suite/dead-letters.suite.js';

describeDeadLetters('the in-memory log', () => {
  const namespace = 'dl';
  const keyed = ['commands', 'events', 'agent.risk', 'audit', 'dlq', 'state.risk'];
  const partitions = keyed.map((name) => [`${namespace}.${name}`, 4] as const);
  const broker = createInMemoryBroker({
    topics: { ...Object.fromEntries(partitions), [`${namespace}.agents`]: 1 },
  });
  return Promise.resolve({
    namespace,
    connect: (clientId) => broker.connect(clientId),
    close: () => Promise.resolve(),
  });
});
