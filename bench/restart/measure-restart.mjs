import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lanesOf } from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';

const PARTITIONS = 4;
const TOPICS = ['commands', 'events', 'agent.risk', 'audit', 'dlq', 'state.risk'].flatMap(lanesOf);
const PER_SEND = 5000;
/** Of five keys four are entries of a store, and one is a timer; for each entry an id is remembered. */
const TIMER_EVERY = 5;
const IDS_PER_BATCH = 500;
/** Commands that wait for the last of the agents. */
const BACKLOG = 20_000;
/** A machine that is busy with other work takes longer; what takes longer than this hangs. */
const BOUND_MS = 600_000;

/**
 * Restarts an agent that has `keys` entries of state, in memory only, without a copy, with one, and again with it.
 * The brokers need Kafka's usual settings; topics are made in a namespace of their own and deleted at the end.
 *
 * @param {{ brokers: readonly string[], keys?: number, onProgress?: (line: string) => void }} options
 * @returns {Promise<{ rows: { name: string, value: number, unit: string }[], runs: object }>} seconds until the agent
 *   owns its partitions with their state, counted from the start of its process; and all figures of each run
 */
export async function measureRestart({ brokers, keys = 1_000_000, onProgress = () => undefined }) {
  const namespace = `restart-${process.pid}`;
  const directory = mkdtempSync(join(tmpdir(), 'aika-restart-'));
  const admin = createKafkaAdmin({ brokers: [...brokers], clientId: 'bench' });
  try {
    await admin.ensureTopics([
      ...TOPICS.map((name) => topic(`${namespace}.${name}`, PARTITIONS)),
      topic(`${namespace}.agents`, 1),
    ]);
    onProgress(`writing ${keys} keys`);
    await fill(brokers, namespace, keys);
    const run = async (name, stateDir, backlog = 0) => {
      const figures = await runAgent({ brokers, namespace, stateDir, backlog });
      onProgress(`${name}: ${JSON.stringify(figures)}`);
      return figures;
    };
    const runs = {
      'in memory': await run('in memory', ''),
      'without a copy': await run('without a copy', directory),
      'with the copy': await run('with the copy', directory),
      'with the copy, again': await run('with the copy, again', directory),
    };
    await ask(brokers, namespace, BACKLOG);
    const backlog = { 'with a backlog': await run('with a backlog', directory, BACKLOG) };
    const rows = Object.entries(runs).map(([name, { readyMs }]) => ({
      name: `restart with ${keys} keys, ${name}`,
      value: readyMs / 1000,
      unit: 's',
    }));
    return { rows, runs: { ...runs, ...backlog } };
  } finally {
    await admin.deleteTopics([...TOPICS, 'agents'].map((name) => `${namespace}.${name}`));
    await admin.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function topic(name, partitions) {
  return { name, partitions, replicationFactor: 3, config: { 'min.insync.replicas': '2' } };
}

/** A changelog as a runtime writes it. */
async function fill(brokers, namespace, keys) {
  const log = createKafkaLog({ brokers: [...brokers], clientId: 'bench-fill' });
  const writer = await log.createWriter();
  const send = (records) =>
    writer.send(records.map((record) => ({ topic: `${namespace}.state.risk`, ...record })));
  const dueAt = Date.now() + 30 * 24 * 3_600_000;
  for (let n = 0; n < keys; n += PER_SEND) {
    const numbers = Array.from({ length: Math.min(PER_SEND, keys - n) }, (_, i) => n + i);
    await send(
      numbers.map((i) => ({ partition: partitionFor(customer(i), PARTITIONS), ...entry(i, dueAt) })),
    );
  }
  // In one run, as compaction leaves them: what stood between them was overwritten since.
  for (let n = 0; n < keys; n += PER_SEND) {
    const numbers = Array.from({ length: Math.min(PER_SEND, keys - n) }, (_, i) => n + i);
    await send(seenOf(numbers).map((batch, i) => ({ partition: i % PARTITIONS, ...batch })));
  }
  await writer.close();
  await log.close();
}

/** Commands that wait when the agent starts. */
async function ask(brokers, namespace, count) {
  const log = createKafkaLog({ brokers: [...brokers], clientId: 'bench-fill' });
  const writer = await log.createWriter();
  const timestamp = new Date().toISOString();
  for (let n = 0; n < count; n += PER_SEND) {
    const numbers = Array.from({ length: Math.min(PER_SEND, count - n) }, (_, i) => n + i);
    await writer.send(
      numbers.map((i) => {
        const customerId = customer(i);
        const message = { messageId: `do-${i}`, messageType: 'DO', sourceAgentId: 'bench', timestamp };
        return {
          topic: `${namespace}.commands`,
          partition: partitionFor(customerId, PARTITIONS),
          key: customerId,
          value: JSON.stringify({ ...message, payload: { customerId } }),
        };
      }),
    );
  }
  await writer.close();
  await log.close();
}

function customer(n) {
  return `cust-${String(n % 250_000).padStart(8, '0')}`;
}

function entry(n, dueAt) {
  if (n % TIMER_EVERY === 0) {
    const timer = { dueAt: dueAt + n, messageId: `msg-${n}`, messageType: 'DO', payload: {}, metadata: {} };
    return { key: `t/${customer(n)}/timer-${n}`, value: JSON.stringify(timer) };
  }
  const value = { d: { policyId: `pol-${n}`, premium: n, currency: 'GBP', note: 'x'.repeat(120) } };
  return { key: `s/${customer(n)}/policies/pol-${n}`, value: JSON.stringify(value) };
}

function seenOf(numbers) {
  const batches = [];
  for (let at = 0; at < numbers.length; at += IDS_PER_BATCH) {
    const own = numbers.slice(at, at + IDS_PER_BATCH).filter((n) => n % TIMER_EVERY !== 0);
    const ids = Object.fromEntries(own.map((n) => [`msg-${String(n).padStart(32, '0')}`, digestOf(n)]));
    batches.push({ key: `m/-/commands/0/${own[0]}`, value: JSON.stringify({ at: Date.now(), ids }) });
  }
  return batches;
}

function digestOf(n) {
  return String(n).padStart(16, '0');
}

async function runAgent({ brokers, namespace, stateDir, backlog }) {
  const child = spawn(
    process.execPath,
    ['--expose-gc', fileURLToPath(new URL('./agent.mjs', import.meta.url))],
    {
      env: {
        ...process.env,
        KAFKA_BROKERS: brokers.join(','),
        BENCH_NAMESPACE: namespace,
        AIKA_STATE_DIR: stateDir,
        BENCH_BACKLOG: String(backlog),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const bound = setTimeout(() => child.kill('SIGKILL'), BOUND_MS);
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  const [code, signal] = await once(child, 'close');
  clearTimeout(bound);
  if (code !== 0) throw new Error(`The agent ended with ${signal ?? code}.`);
  return JSON.parse(text);
}
