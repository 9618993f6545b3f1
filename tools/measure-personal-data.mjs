/**
 * What it costs a message that personal data is sealed, in microseconds of one core. Needs a build.
 * Usage: node_modules/.bin/node tools/measure-personal-data.mjs [messages]
 */
import { randomBytes } from 'node:crypto';
import {
  catalogue,
  ClaimFiled,
  ConversationMessageRecorded,
  HEADER,
  RegisterCustomer,
} from '@aika/contracts';
import { CustomerKeys, LocalMasterKeys, MemoryKeyStore, RecordGuard } from '@aika/personal-data';

const COUNT = Number(process.argv[2] ?? 20_000);
const CUSTOMERS = 500;
const BATCH = 500;
const ROUNDS = 5;

const keys = new CustomerKeys({
  store: new MemoryKeyStore(),
  master: new LocalMasterKeys([randomBytes(32).toString('base64')]),
});
const guard = new RecordGuard({ keys, catalogue, namespace: 'aika' });

function recordsOf(definition) {
  return Array.from({ length: COUNT }, (_, index) => {
    const payload = { ...definition.example, customerId: `cust-${index % CUSTOMERS}` };
    const message = { messageId: `msg-${index}`, messageType: definition.type, schemaVersion: 1, payload };
    return {
      topic: 'aika.events',
      partition: 0,
      offset: index,
      timestamp: 0,
      key: payload.customerId,
      value: JSON.stringify(message),
      headers: { [HEADER.type]: Buffer.from(definition.type) },
    };
  });
}

async function microseconds(records, step) {
  const times = [];
  let results = [];
  for (let round = 0; round < ROUNDS; round++) {
    results = [];
    const startedAt = performance.now();
    for (let at = 0; at < records.length; at += BATCH)
      results.push(...(await step(records.slice(at, at + BATCH))));
    times.push(((performance.now() - startedAt) * 1000) / records.length);
  }
  return { median: times.sort((a, b) => a - b)[ROUNDS >> 1], results };
}

for (const definition of [ClaimFiled, ConversationMessageRecorded, RegisterCustomer]) {
  const records = recordsOf(definition);
  const off = await microseconds(records, async (batch) => batch);
  const sealing = await microseconds(records, (batch) => guard.seal(batch));
  const onLog = sealing.results.map((record) => ({ ...record, value: Buffer.from(record.value) }));
  const opening = await microseconds(onLog, (batch) => guard.open(batch));
  const bytes = onLog.reduce((sum, { value }) => sum + value.length, 0) / onLog.length;
  const before = records.reduce((sum, { value }) => sum + value.length, 0) / records.length;
  process.stdout.write(
    `${definition.type.padEnd(30)} off ${off.median.toFixed(2)} µs, seal ${sealing.median.toFixed(2)} µs, ` +
      `open ${opening.median.toFixed(2)} µs, ${Math.round(before)} → ${Math.round(bytes)} bytes\n`,
  );
}
