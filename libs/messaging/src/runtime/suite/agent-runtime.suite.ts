import { describeAsks } from './asks.suite.js';
import type { RuntimeSuiteSetup } from './counter-world.js';
import { describeDelivery } from './delivery.suite.js';
import { describeEffects } from './effects.suite.js';
import { describeHandlingOrder } from './handling-order.suite.js';
import { describeLanes } from './lanes.suite.js';
import { describeParking } from './parking.suite.js';
import { describePredecessors } from './predecessors.suite.js';
import { describeStages } from './stages.suite.js';
import { describePipeline } from './pipeline.suite.js';
import { describeTimers } from './timers.suite.js';

/** Everything that an agent promises, the same on every adapter. */
export function describeAgentRuntime(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describeDelivery(name, open);
  describePipeline(name, open);
  describeParking(name, open);
  describeEffects(name, open);
  describeTimers(name, open);
  describeAsks(name, open);
  describeLanes(name, open);
  describeStages(name, open);
  describeHandlingOrder(name, open);
  describePredecessors(name, open);
}
