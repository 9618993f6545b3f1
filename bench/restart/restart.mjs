/**
 * How long an agent takes to start with a million keys of state: `node bench/restart/restart.mjs [--keys N] [--json]`,
 * after a build. Brokers: KAFKA_BROKERS, or three of its own.
 */
import { parseArgs } from 'node:util';
import { startTestCluster } from '@aika/testing';
import { measureRestart } from './measure-restart.mjs';

const { values } = parseArgs({
  options: { keys: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
const onProgress = (line) => void process.stderr.write(`  ${line}\n`);
const cluster = await startTestCluster(onProgress);
try {
  const { rows, runs } = await measureRestart({
    brokers: cluster.brokers,
    keys: Number(values.keys),
    onProgress,
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
  else console.table(runs);
} finally {
  await cluster.stop();
}
