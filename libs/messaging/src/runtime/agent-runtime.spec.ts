import { createInMemoryBroker } from '../in-memory/index.js';
import { describeAgentRuntime } from './suite/agent-runtime.suite.js';

describeAgentRuntime('the in-memory log', () => {
  const namespace = 'rt';
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
