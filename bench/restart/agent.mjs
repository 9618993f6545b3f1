/** An agent that only restores its state, and says how that went: a line of JSON, then the end. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCatalogue, defineMessage, fields } from '@aika/contracts';
import { AgentRuntime, defineAgent, memoryStateStores } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { createLocalStateStores } from '@aika/messaging/local-state';

const { KAFKA_BROKERS = '', BENCH_NAMESPACE = '', AIKA_STATE_DIR = '' } = process.env;
const AGENT = 'risk-assessment-agent';

class Nothing {}
fields.Id()(Nothing.prototype, 'customerId');
const Do = defineMessage({
  type: 'DO',
  kind: 'command',
  owner: AGENT,
  stage: 'intake',
  payload: Nothing,
  example: { customerId: 'c-1' },
});

const delay = monitorEventLoopDelay({ resolution: 5 });
const logged = [];
const write = (message, fields) => void logged.push({ message, ...fields });
const logger = { debug: write, info: write, warn: write, error: write };

const runtime = new AgentRuntime({
  agent: defineAgent({ id: AGENT, inbox: 'agent.risk', handles: [Do], emits: [], steward: true }),
  log: createKafkaLog({ brokers: KAFKA_BROKERS.split(','), clientId: 'bench' }),
  namespace: BENCH_NAMESPACE,
  instanceId: 'bench',
  catalogue: createCatalogue([Do]),
  handlers: new Map([['DO', () => undefined]]),
  effects: new Map(),
  logger,
  stores:
    AIKA_STATE_DIR === ''
      ? memoryStateStores
      : createLocalStateStores({
          directory: AIKA_STATE_DIR,
          groupId: `${BENCH_NAMESPACE}.${AGENT}`,
          instanceId: 'bench',
          maxAgeMs: 3_600_000,
          logger,
        }),
});
delay.enable();
runtime.start();
while (runtime.status().state !== 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 5));
const readyMs = performance.now();
delay.disable();
globalThis.gc?.();
const memory = process.memoryUsage();
const assigned = logged.find(({ message }) => message === 'partitions assigned');
await runtime.stop();
process.stdout.write(
  `${JSON.stringify({
    readyMs: Math.round(readyMs),
    restoreMs: assigned?.ms,
    keys: assigned?.keys,
    replayed: assigned?.replayed,
    longestBlockMs: Math.round(delay.max / 1e6),
    heapMB: Math.round(memory.heapUsed / 1e6),
    rssMB: Math.round(memory.rss / 1e6),
    stopMs: Math.round(performance.now() - readyMs),
    warnings: logged.filter(({ message }) => /copy|anew|memory/.test(message)).length,
  })}\n`,
);
process.exit(0);
