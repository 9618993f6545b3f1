import type { LogRecord, MessageLog, TopicPartition } from '@aika/messaging';
import type { TrustedKeys } from '../keys/trusted-keys.js';
import { sealsTopicOf } from '../seal/seals-topic.js';
import type { SealStore, StoredSeal } from '../stores/seal-store.port.js';
import { type PartitionReport, verifyPartition } from './verify-partition.js';

export interface TrailToVerify {
  readonly log: Pick<MessageLog, 'partitionCount' | 'offsets' | 'read'>;
  /** Full name of the sealed topic; its seals stand in `<topic>.seals`. */
  readonly topic: string;
  /** Undefined where there is none: then the seals are held against themselves only. */
  readonly store: SealStore | undefined;
  readonly keys: TrustedKeys;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** All of them without one. */
  readonly partition?: number | undefined;
}

/** One report a partition, in order. @throws LogError; AuditError of the store */
export async function* verifyTrail(trail: TrailToVerify): AsyncGenerator<PartitionReport> {
  const { log, topic, partition } = trail;
  const count = await log.partitionCount(topic);
  for (let number = 0; number < count; number += 1) {
    if (partition === undefined || partition === number)
      yield await verifyOne({ topic, partition: number }, trail);
  }
}

async function verifyOne(
  at: TopicPartition,
  { log, store, keys, clock }: TrailToVerify,
): Promise<PartitionReport> {
  // In this order: a seal comes to the topic before it comes to the second place, and after its records.
  const copies = await store?.all(at.topic, at.partition);
  const seals = await sealsOf(log, at);
  const offsets = await log.offsets(at);
  const evidence = { ...at, log: offsets, seals, copies, records: recordsOf(log, at, offsets) };
  return verifyPartition(evidence, { keys, nowMs: clock() });
}

/** The seals of a partition of the topic, as they stand on the log. */
export async function sealsOf(
  log: Pick<MessageLog, 'offsets' | 'read'>,
  { topic, partition }: TopicPartition,
  from?: number,
): Promise<readonly StoredSeal[]> {
  const at = { topic: sealsTopicOf(topic), partition };
  const { start, end } = await log.offsets(at);
  const seals: StoredSeal[] = [];
  // To the high watermark: a seal that is in the second place is committed, but its marker may be on its way.
  for await (const batch of log.read(at, { from: Math.max(from ?? start, start), until: end })) {
    for (const { offset, value } of batch) {
      seals.push({ position: `offset ${offset} of ${at.topic}`, text: value?.toString() ?? '' });
    }
  }
  return seals;
}

function recordsOf(
  log: Pick<MessageLog, 'read'>,
  at: TopicPartition,
  { start, stableEnd }: { readonly start: number; readonly stableEnd: number },
): AsyncIterable<readonly LogRecord[]> {
  return log.read(at, { from: start, until: stableEnd });
}
