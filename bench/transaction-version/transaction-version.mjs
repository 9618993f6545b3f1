/**
 * What a small transaction of Java's producer costs with transaction.version 1 and 2 (KIP-890), in turns:
 * `node bench/transaction-version/transaction-version.mjs [--rounds N]`, after a build. On three brokers of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { compileJava, ensureKafkaInstalled, startTestCluster } from '@aika/testing';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const TOPIC = 'transaction-cost';
const cluster = await startTestCluster((line) => void process.stderr.write(`  ${line}\n`));
const admin = createKafkaAdmin({ brokers: [...cluster.brokers], clientId: 'bench' });
try {
  const config = { 'min.insync.replicas': '2' };
  await admin.ensureTopics([{ name: TOPIC, partitions: 3, replicationFactor: 3, config }]);
  const libs = await ensureKafkaInstalled();
  const { java, classes } = await compileJava(
    fileURLToPath(new URL('./TransactionCost.java', import.meta.url)),
    libs,
  );
  const classPath = [classes, join(libs, '*')].join(delimiter);
  const args = ['TransactionCost', cluster.brokers.join(','), TOPIC, values.rounds];
  const child = spawn(java, ['-Xmx512m', '-XX:+UseSerialGC', '-cp', classPath, ...args], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await admin.close();
  await cluster.stop();
}
