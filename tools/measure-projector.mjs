/**
 * How many messages a second the projector brings into the views, on brokers and a PostgreSQL of this run:
 * `node_modules/.bin/node tools/measure-projector.mjs [customers]` after a build. Each customer is assessed, quoted, insured, has a claim that
 * is paid, and is told about it: 16 messages. Then the views are checked, rebuilt and checked again.
 */
import { execFile, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as contracts from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import {
  createTestDatabase,
  createTopics,
  repositoryRoot,
  startTestCluster,
  startTestPostgres,
} from '@aika/testing';
import { openViews } from '@aika/views';

const run = promisify(execFile);
const STORY = [
  'CustomerAssessmentRequest',
  'RiskAssessmentCompleted',
  'PolicyRecommended',
  'QuoteIssued',
  'AcceptQuote',
  'QuoteAccepted',
  'PolicyBound',
  'FileClaim',
  'ClaimFiled',
  'CoverageVerified',
  'ClaimRiskAssessed',
  'ClaimReserved',
  'ClaimApproved',
  'PaymentSettled',
  'ClaimPaid',
  'NotificationRequested',
];
const IDS = ['customerId', 'quoteId', 'policyId', 'claimId', 'paymentId', 'assessmentId', 'notificationId'];
const namespace = `measure-${Date.now().toString(36)}`;
const customers = Number(process.argv[2] ?? 5000);
const progress = (line) => process.stderr.write(`  ${line}\n`);

function record(name, customer) {
  const definition = contracts[name];
  const payload = { ...definition.example };
  for (const id of IDS) if (payload[id] !== undefined) payload[id] = `${payload[id]}-${customer}`;
  const envelope = {
    messageId: `msg-${name}-${customer}`,
    timestamp: '2026-03-02T09:00:00Z',
    sourceAgentId: definition.owner,
    targetAgentId: null,
    messageType: definition.type,
    priority: 'NORMAL',
    schemaVersion: definition.version,
    payload,
    metadata: { correlationId: `msg-CustomerAssessmentRequest-${customer}` },
  };
  const key = definition.key(payload);
  return {
    topic: contracts.topicOf(namespace, contracts.catalogue.topicFor(definition, 'NORMAL')),
    partition: partitionFor(key, 4),
    key,
    value: contracts.writeMessage(envelope),
    headers: contracts.messageHeaders(envelope, definition),
  };
}

const cluster = await startTestCluster(progress);
const postgres = await startTestPostgres(progress);
const database = await createTestDatabase(postgres.url);
const log = createKafkaLog({ brokers: [...cluster.brokers], clientId: namespace });
const db = openViews(database.url);
try {
  await createTopics({ brokers: cluster.brokers, environment: 'test', namespace, stageTopics: [] });
  const writer = await log.createWriter();
  for (let customer = 0; customer < customers; customer += 100) {
    const some = Array.from({ length: Math.min(100, customers - customer) }, (_, n) => customer + n);
    await writer.send(STORY.flatMap((name) => some.map((one) => record(name, one))));
  }
  await writer.close();
  const messages = customers * STORY.length;
  progress(`${messages} messages are written; the projector starts`);
  const env = {
    KAFKA_BROKERS: cluster.brokers.join(','),
    DATABASE_URL: database.url,
    AIKA_NAMESPACE: namespace,
    AIKA_HTTP_PORT: '0',
  };
  const projector = fork(join(repositoryRoot(), 'apps/projector/dist/main.js'), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const done = async () => {
    const row = await db
      .selectFrom('positions')
      .select(({ fn }) => fn.sum('next_offset').as('sum'))
      .executeTakeFirst();
    return Number(row?.sum ?? 0);
  };
  const count = () => done().catch(() => 0);
  while ((await count()) === 0) await sleep(10);
  const [from, startedAt] = [await count(), performance.now()];
  while ((await count()) < messages) await sleep(20);
  const seconds = (performance.now() - startedAt) / 1000;
  const command = async (...args) => {
    const at = performance.now();
    const { stdout } = await run(process.execPath, ['apps/cli/dist/main.js', ...args, '--json'], {
      cwd: repositoryRoot(),
      env: { ...process.env, ...env },
    });
    const { records, isSame } = JSON.parse(stdout);
    const verdict = isSame === undefined ? '' : `, ${isSame ? 'the same' : 'NOT THE SAME'}`;
    const took = ((performance.now() - at) / 1000).toFixed(2);
    return `aika ${args.join(' ')}: ${records} messages in ${took} s${verdict}\n`;
  };
  const after = [await command('views', 'check'), await command('rebuild'), await command('views', 'check')];
  projector.kill('SIGTERM');
  const rate = Math.round((messages - from) / seconds);
  process.stdout.write(`${messages - from} messages in ${seconds.toFixed(2)} s: ${rate} a second\n`);
  process.stdout.write(after.join(''));
} finally {
  await db.destroy();
  await database.drop();
  await log.close();
  await Promise.all([cluster.stop(), postgres.stop()]);
}
process.exit();
