import { CLAIMS_AGENT, HEADER, lanesOf, topicOf } from '@aika/contracts';
import { type LogRecord, partitionFor, type ReplayReport } from '@aika/messaging';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { loadTopics } from '@aika/testing';
import type { CommandResult } from './run-aika.js';
import type { World } from './world.js';

const SETTLED_MS = 500;

/** The report of `aika replay --json`. @throws Error with what was said instead */
export function reportIn({ out, err }: CommandResult): ReplayReport {
  if (out === '') throw new Error(err);
  return JSON.parse(out) as ReplayReport;
}

/** Committed records of a topic of all its lanes, by partition. */
export async function recordsOf(
  world: World,
  namespace: string,
  name: string,
): Promise<readonly LogRecord[]> {
  const found: LogRecord[] = [];
  for (const lane of lanesOf(name)) {
    const topic = topicOf(namespace, lane);
    for (let partition = 0; partition < (await world.log.partitionCount(topic)); partition += 1) {
      const { start, end } = await world.log.offsets({ topic, partition });
      for await (const records of world.log.read({ topic, partition }, { from: start, until: end })) {
        found.push(...records);
      }
    }
  }
  return found;
}

/** The events that one agent has written, as partition and message. */
export async function eventsOf(world: World, agentId: string, namespace: string): Promise<readonly string[]> {
  const records = await recordsOf(world, namespace, 'events');
  return records
    .filter(({ headers }) => headers[HEADER.source]?.toString() === agentId)
    .map(({ partition, value }) => `${partition} ${value?.toString()}`);
}

/** Ends of all topics of messages and state, once nothing is written any more. */
export async function settledEnds(world: World): Promise<Readonly<Record<string, number>>> {
  let before = await endsOf(world);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const now = await endsOf(world);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

async function endsOf(world: World): Promise<Readonly<Record<string, number>>> {
  const ends: Record<string, number> = {};
  for (const { name, partitions } of loadTopics({ environment: 'test', namespace: world.namespace })) {
    // The live directory: instances tell of themselves.
    if (name.endsWith('.agents')) continue;
    for (let partition = 0; partition < partitions; partition += 1) {
      ends[`${name}/${partition}`] = (await world.log.offsets({ topic: name, partition })).end;
    }
  }
  return ends;
}

/** Puts an output on the record that the claims agent has not made, as if a message had caused it. */
export async function forgeOutput(world: World, causationId: string, customerId: string): Promise<void> {
  const topic = topicOf(world.namespace, 'audit');
  const partition = partitionFor(customerId, await world.log.partitionCount(topic));
  const messageId = `msg-forged-${customerId}`;
  const value = JSON.stringify({ messageId, messageType: 'CLAIM_LOST', metadata: { causationId } });
  const headers = { [HEADER.source]: CLAIMS_AGENT, [HEADER.messageId]: messageId };
  const writer = await world.log.createWriter();
  await writer.send([{ topic, partition, key: customerId, value, headers }]);
  await writer.close();
}

export async function deleteNamespace(world: World, namespace: string): Promise<void> {
  const admin = createKafkaAdmin({ brokers: [...world.brokers], clientId: 'e2e' });
  await admin.deleteTopics(loadTopics({ environment: 'test', namespace }).map(({ name }) => name));
  await admin.close();
}
