import { memoryStateStores } from './memory-state-store.js';
import { describeAsks } from './suite/asks.suite.js';
import { describeEffects } from './suite/effects.suite.js';
import { openInMemory } from './suite/in-memory-setup.js';
import { MaskingGuard, type MaskKeys } from './suite/masked-state.fixtures.js';
import { describeParking } from './suite/parking.suite.js';
import { describePipeline } from './suite/pipeline.suite.js';
import type { RuntimeSuiteSetup } from './suite/counter-world.js';
import { describeTimers } from './suite/timers.suite.js';

const NAME = 'a log that keeps state in a form of its own';

async function open(): Promise<RuntimeSuiteSetup> {
  const keys: MaskKeys = new Set();
  return {
    ...(await openInMemory('masked')),
    stores: (log) => ({ guard: new MaskingGuard(log, keys), open: memoryStateStores.open }),
  };
}

// Those of the suites in which state is read: by handlers, timers, parked keys, effects and asks.
for (const describeRules of [
  describePipeline,
  describeParking,
  describeEffects,
  describeTimers,
  describeAsks,
]) {
  describeRules(NAME, open);
}
