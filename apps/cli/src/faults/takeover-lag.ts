import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaAdmin, type GroupStatus, type KafkaAdmin } from '@aika/messaging/kafka';
import { AGENT_APPS } from '../processes/agent-fleet.js';
import type { FaultField } from './fault-field.js';

const LOOK_EVERY_MS = 100;
const LOOK_WITHIN_MS = 4_000;
const REPLICATED_WITHIN_MS = 120_000;

/** Waits until every agent has handled all that there is. @throws Error after `timeoutMs`, with what was left */
export async function withoutLag(field: FaultField, timeoutMs: number): Promise<void> {
  await lookUntil(field, timeoutMs, 'lag', async (admin) =>
    lagOf(await admin.groups(`${field.world.namespace}.`)),
  );
}

/** Waits until the cluster does not count on a broker any more: others lead its partitions. */
export async function givenUp(field: FaultField, brokerId: number, timeoutMs: number): Promise<void> {
  await lookUntil(field, timeoutMs, 'a dead broker', async (admin) => {
    const { brokers } = await admin.describeCluster();
    return brokers.some(({ nodeId }) => nodeId === brokerId) ? `broker ${brokerId} counts as alive` : '';
  });
}

/** Waits until no partition lacks a replica. */
export async function fullyReplicated(field: FaultField): Promise<void> {
  await lookUntil(field, REPLICATED_WITHIN_MS, 'missing replicas', async (admin) =>
    (await admin.listTopics())
      .filter(({ underReplicated }) => underReplicated > 0)
      .map(({ name, underReplicated }) => `${underReplicated} partitions of ${name}`)
      .join(', '),
  );
}

/**
 * What is left to handle, for people; empty when nothing is. A group that is not there counts as left: a
 * coordinator that has just died lists none, and that must not look like no lag.
 */
export function lagOf(groups: readonly Pick<GroupStatus, 'groupId' | 'lag'>[]): string {
  if (groups.length < AGENT_APPS.length) return `${groups.length} of ${AGENT_APPS.length} groups listed`;
  const unread = groups.filter(({ lag }) => lag.length === 0);
  if (unread.length > 0) return `no offsets of ${unread.map(({ groupId }) => groupId).join(', ')}`;
  return groups
    .flatMap(({ groupId, lag }) => lag.map((one) => ({ groupId, ...one })))
    .filter(({ lag }) => lag > 0)
    .map(({ groupId, topic, partition, lag }) => `${groupId} ${lag} on ${topic}/${partition}`)
    .join(', ');
}

/** Looks again and again until `left` finds nothing. A look that fails is not the end: brokers come and go. */
async function lookUntil(
  field: FaultField,
  timeoutMs: number,
  what: string,
  left: (admin: KafkaAdmin) => Promise<string>,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look(field, left).catch((error: unknown) => String(error));
    if (found === '') return;
    if (performance.now() > deadline) throw new Error(`Still ${what} after ${timeoutMs} ms: ${found}.`);
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * A client of its own for each look, of the brokers that run, and a bound: one that goes on asking a dead broker
 * with growing pauses would be what is measured.
 */
async function look(field: FaultField, left: (admin: KafkaAdmin) => Promise<string>): Promise<string> {
  const running = field.cluster.nodes.filter(({ pid }) => pid !== null);
  const admin = createKafkaAdmin({
    brokers: running.map(({ port }) => `127.0.0.1:${port}`),
    clientId: 'aika-takeover',
    requestTimeoutMs: LOOK_WITHIN_MS,
  });
  const bound = new AbortController();
  const late = delay(LOOK_WITHIN_MS, 'no answer', { signal: bound.signal, ref: false });
  late.catch(() => undefined);
  const looking = left(admin);
  looking.catch(() => undefined);
  try {
    return await Promise.race([looking, late]);
  } finally {
    bound.abort();
    await Promise.race([admin.close().catch(() => undefined), delay(LOOK_EVERY_MS)]);
  }
}
