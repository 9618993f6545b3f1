/**
 * An agent that restores its state, handles so many commands as BENCH_BACKLOG names, and says how that went: a line of
 * JSON, then the end.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCatalogue, defineMessage, fields } from '@aika/contracts';
import { AgentRuntime, defineAgent, defineStore, memoryStateStores } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { createLocalStateStores } from '@aika/messaging/local-state';

const { KAFKA_BROKERS = '', BENCH_NAMESPACE = '', AIKA_STATE_DIR = '', BENCH_BACKLOG = '0' } = process.env;
const backlog = Number(BENCH_BACKLOG);
const AGENT = 'risk-assessment-agent';

class Payload {}
fields.Id()(Payload.prototype, 'customerId');
const shared = { owner: AGENT, payload: Payload, example: { customerId: 'c-1' } };
const Do = defineMessage({ ...shared, type: 'DO', kind: 'command', stage: 'intake' });
const Done = defineMessage({ ...shared, type: 'DONE', kind: 'event', stage: 'decision' });
const Counts = defineStore('counts');
const handle = (payload, context) => {
  const counts = context.store(Counts);
  counts.put('count', (counts.get('count') ?? 0) + 1);
  context.emit(Done, payload);
};

const delay = monitorEventLoopDelay({ resolution: 5 });
const logged = [];
const write = (message, fields) => void logged.push({ message, ...fields });
const logger = { debug: write, info: write, warn: write, error: write };

const runtime = new AgentRuntime({
  agent: defineAgent({ id: AGENT, inbox: 'agent.risk', handles: [Do], emits: [Done], steward: true }),
  log: createKafkaLog({ brokers: KAFKA_BROKERS.split(','), clientId: 'bench' }),
  namespace: BENCH_NAMESPACE,
  instanceId: 'bench',
  catalogue: createCatalogue([Do, Done]),
  handlers: new Map([['DO', handle]]),
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
const longestBlockMs = Math.round(delay.max / 1e6);
const handling = await handleBacklog();
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
    longestBlockMs,
    ...handling,
    heapMB: Math.round(memory.heapUsed / 1e6),
    rssMB: Math.round(memory.rss / 1e6),
    stopMs: Math.round(performance.now() - readyMs),
    warnings: logged.filter(({ message }) => /copy|anew|memory/.test(message)).length,
  })}\n`,
);
process.exit(0);

async function handleBacklog() {
  if (backlog === 0) return {};
  delay.reset();
  delay.enable();
  const startedAt = performance.now();
  while (runtime.status().handled < backlog) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (performance.now() - startedAt) / 1000;
  delay.disable();
  return {
    handled: runtime.status().handled,
    handledPerSecond: Math.round(backlog / seconds),
    longestBlockHandlingMs: Math.round(delay.max / 1e6),
  };
}
