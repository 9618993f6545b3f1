import { memoryStateStores } from './memory-state-store.js';
import { describeAgentRuntime } from './suite/agent-runtime.suite.js';
import { openInMemory } from './suite/in-memory-setup.js';
import { MaskingGuard, type MaskKeys } from './suite/masked-state.fixtures.js';

describeAgentRuntime('a log that keeps state in a form of its own', async () => {
  const keys: MaskKeys = new Set();
  return {
    ...(await openInMemory('masked')),
    stores: (log) => ({ guard: new MaskingGuard(log, keys), open: memoryStateStores.open }),
  };
});
