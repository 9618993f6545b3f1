import { createInMemoryBroker } from '../in-memory/index.js';
import { describeAgentRuntime, type RuntimeSuiteSetup } from './agent-runtime.suite.js';
import { describeEffects } from './effects.suite.js';

const open = (): Promise<RuntimeSuiteSetup> => {
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
};

describeAgentRuntime('the in-memory log', open);
describeEffects('the in-memory log', open);
