import { FailpointTrigger, orderOf, type FailpointAction } from './failpoint-trigger.js';
import { setFailpoints } from './patches.js';

/**
 * Loaded into an agent's process by `node --import`: makes it die (or stand still) at a point of its work. The
 * order comes from the environment (see `orderOf`) or, while it runs, from the file AIKA_FAULT_FILE.
 */
function carryOut(action: FailpointAction): void {
  if (action === 'stop') {
    process.kill(process.pid, 'SIGSTOP');
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  // The signal is under way: nothing may happen after it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** The very files that the agent loads: other copies would have prototypes of their own. */
const messaging = import.meta.resolve('@aika/messaging');
const load = async (file: string): Promise<Readonly<Record<string, unknown>>> =>
  (await import(new URL(file, messaging).href)) as Readonly<Record<string, unknown>>;

async function prototypeOf(file: string, name: string): Promise<object> {
  const found = (await load(file))[name];
  if (typeof found === 'function') return found.prototype as object;
  throw new Error(`Failpoints: ${file} has no class ${name}; see faults/failpoints/failpoints.preload.ts`);
}

/** Its class is not exported; making one connects to nothing. */
async function logPrototype(): Promise<object> {
  const { createKafkaLog } = (await load('./kafka/kafka-log.js')) as {
    readonly createKafkaLog: (options: object) => object;
  };
  return Object.getPrototypeOf(createKafkaLog({ brokers: [], clientId: 'failpoints' })) as object;
}

const file = process.env['AIKA_FAULT_FILE'];
const order = orderOf(process.env);
if (file !== undefined || order !== undefined) {
  const trigger = new FailpointTrigger(order, file, carryOut);
  setFailpoints(
    {
      transaction: await prototypeOf('./kafka/kafka-transaction.js', 'KafkaTransaction'),
      groupSession: await prototypeOf('./kafka/group-session.js', 'GroupSession'),
      log: await logPrototype(),
      effectRunner: await prototypeOf('./runtime/effect-runner.js', 'EffectRunner'),
      writeBehind: await prototypeOf('./local-state/write-behind.js', 'WriteBehind'),
      agentRuntime: await prototypeOf('./runtime/agent-runtime.js', 'AgentRuntime'),
    },
    (point) => trigger.hit(point),
  );
}
