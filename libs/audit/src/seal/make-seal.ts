import type { LogRecord } from '@aika/messaging';
import type { SigningKey } from '../keys/signing-key.js';
import { contentDigest, LEAF_BYTES, RootHash } from './record-digest.js';
import { NO_SEAL, type Seal, type SealBody, sealBytes, sealHash } from './seal.js';

export interface SealOptions {
  readonly key: SigningKey;
  /** Instance that seals. */
  readonly sealer: string;
  /** RFC 3339 UTC. */
  readonly sealedAt: string;
  /** Milliseconds; null = for ever. */
  readonly retentionMs: number | null;
}

/** Where the chain of a partition stands. */
export interface ChainHead {
  readonly topic: string;
  readonly partition: number;
  /** Of the next seal. */
  readonly sequence: number;
  /** Hash of the last seal. */
  readonly previous: string;
  /** First offset that is not sealed. */
  readonly from: number;
}

/** Before the first seal of a partition. */
export function firstHead(topic: string, partition: number, from: number): ChainHead {
  return { topic, partition, sequence: 0, previous: NO_SEAL, from };
}

export function headAfter(seal: SealBody): ChainHead {
  const { topic, partition, sequence, to } = seal;
  return { topic, partition, sequence: sequence + 1, previous: sealHash(seal), from: to };
}

/**
 * Seals records that follow the head, in the order of their offsets.
 * @throws RangeError without records, for those of another partition, or when one is not after those before it
 */
export function makeSeal(head: ChainHead, records: readonly LogRecord[], options: SealOptions): Seal {
  assertFollow(head, records);
  const offsets: [number, number][] = [];
  const leaves: Buffer[] = [];
  const root = new RootHash();
  for (const record of records) {
    const digest = contentDigest(record);
    root.add(record.offset, digest);
    leaves.push(digest.subarray(0, LEAF_BYTES));
    const run = offsets.at(-1);
    if (run && run[0] + run[1] === record.offset) run[1] += 1;
    else offsets.push([record.offset, 1]);
  }
  const times = records.map(({ timestamp }) => timestamp);
  const { key, sealer, sealedAt, retentionMs } = options;
  const body: SealBody = {
    format: 1,
    ...head,
    to: records.at(-1)!.offset + 1,
    count: records.length,
    offsets,
    leaves: Buffer.concat(leaves).toString('base64'),
    root: root.end(),
    firstTime: times.reduce((least, time) => Math.min(least, time), Infinity),
    lastTime: times.reduce((greatest, time) => Math.max(greatest, time), -Infinity),
    ...{ retentionMs, sealedAt, sealer, keyId: key.id },
  };
  return { ...body, signature: key.sign(sealBytes(body)).toString('base64') };
}

function assertFollow({ topic, partition, from }: ChainHead, records: readonly LogRecord[]): void {
  if (records.length === 0) throw new RangeError('A seal needs records.');
  let next = from;
  for (const record of records) {
    const isOfPartition = record.topic === topic && record.partition === partition;
    if (!isOfPartition || record.offset < next) {
      throw new RangeError(
        `${record.topic}/${record.partition}@${record.offset} does not follow ${topic}/${partition}@${next}.`,
      );
    }
    next = record.offset + 1;
  }
}
