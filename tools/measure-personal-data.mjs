/**
 * What it costs a message that personal data is sealed, and an entry of state in a local copy, in microseconds of one
 * core. Needs a build.
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
import { defineStore, stateKey } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { CustomerKeys, guardLog, LocalMasterKeys, MemoryKeyStore, RecordGuard } from '@aika/personal-data';

const COUNT = Number(process.argv[2] ?? 20_000);
const CUSTOMERS = 500;
const BATCH = 500;
const ROUNDS = 5;

const profiles = defineStore('profile', { personal: ['fullName', 'email', 'dateOfBirth'] });
const places = {
  store: new MemoryKeyStore(),
  master: new LocalMasterKeys([randomBytes(32).toString('base64')]),
};
const keys = new CustomerKeys(places);
const guardWith = (own) =>
  new RecordGuard({ keys: own, catalogue, namespace: 'aika', stores: [profiles], effects: [] });
const guard = guardWith(keys);

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

const log = createInMemoryBroker({ topics: 1 }).connect('measure');
const sessionOf = (own) => guardLog(log, guardWith(own)).stateGuard.session();
const customers = Array.from({ length: CUSTOMERS }, (_, index) => `cust-${index}`);
const profile = { fullName: 'Ada Lovelace', email: 'ada@example.org', dateOfBirth: '1984-05-17' };
const claim = { status: 'approved', reserve: { amount: 180000, currency: 'GBP' }, policyId: 'pol-1' };

for (const [store, d] of [
  ['claim', claim],
  ['profile', profile],
]) {
  const session = sessionOf(keys);
  await session.prepare(customers);
  const value = JSON.stringify({ d });
  const entries = Array.from({ length: COUNT }, (_, index) => {
    const key = stateKey('store', customers[index % CUSTOMERS], `${store}/${index}`);
    return { topic: 'aika.state.x', partition: 0, key, value };
  });
  const putting = await microseconds(entries, (batch) => session.seal(batch));
  await session.prepare(customers);
  const getting = await microseconds(putting.results, async (batch) =>
    batch.map((entry) => session.open(entry.key, entry.value)),
  );
  if (getting.results.some((text) => text !== value)) throw new Error('An entry is not what it was.');
  const bytes = putting.results.reduce((sum, entry) => sum + entry.value.length, 0) / COUNT;
  process.stdout.write(
    `${`entry of ${store}`.padEnd(30)} put ${putting.median.toFixed(2)} µs, get ${getting.median.toFixed(2)} µs, ` +
      `${value.length} → ${Math.round(bytes)} bytes\n`,
  );
}

const held = await microseconds(customers, (batch) =>
  sessionOf(keys)
    .prepare(batch)
    .then(() => []),
);
const asked = await microseconds(customers, (batch) =>
  sessionOf(new CustomerKeys(places))
    .prepare(batch)
    .then(() => []),
);
process.stdout.write(
  `${"a customer's key".padEnd(30)} at hand ${held.median.toFixed(2)} µs, to be unwrapped ${asked.median.toFixed(2)} µs\n`,
);
