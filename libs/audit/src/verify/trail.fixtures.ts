import type { LogRecord, PartitionOffsets } from '@aika/messaging';
import { newKeyPair, type SigningKey, signingKey } from '../keys/signing-key.js';
import { trustedKeys } from '../keys/trusted-keys.js';
import { type ChainHead, firstHead, headAfter, makeSeal } from '../seal/make-seal.js';
import { type Seal, writeSeal } from '../seal/seal.js';
import { type PartitionReport, verifyPartition, type VerifyOptions } from './verify-partition.js';

export const TOPIC = 'aika.audit';
export const PARTITION = 2;
export const DAY_MS = 86_400_000;
const BEGIN = Date.parse('2026-03-02T09:00:00Z');
const { privateKey, publicKey } = newKeyPair();
export const KEY = signingKey(privateKey);
export const KEYS = trustedKeys(publicKey);

/** A line at an offset; what it says derives from a number of its own. */
export function line(offset: number, number = offset): LogRecord {
  return {
    topic: TOPIC,
    partition: PARTITION,
    offset,
    key: Buffer.from(`cust-${number % 7}`),
    value: Buffer.from(JSON.stringify({ messageId: `msg-${number}`, action: 'POLICY_BOUND' })),
    headers: { type: Buffer.from('AUDIT_RECORDED') },
    timestamp: BEGIN + number * 1000,
  };
}

/** The same record elsewhere: as after writing a partition anew. */
export const at = (record: LogRecord, offset: number): LogRecord => ({ ...record, offset });

/** A partition as somebody has left it, in memory: records, seals, copies. */
export interface Trail {
  records: readonly LogRecord[];
  seals: readonly string[];
  copies: readonly string[] | undefined;
  log: PartitionOffsets;
}

export interface TrailOptions {
  readonly key?: SigningKey;
  readonly retentionMs?: number | null;
}

/** Offsets 0 to 59 in six seals of ten offsets; every tenth is a transaction's marker and carries no record. */
export function sealedTrail(options: TrailOptions = {}): Trail {
  const records = Array.from({ length: 60 }, (_, offset) => line(offset)).filter(
    ({ offset }) => offset % 10 !== 9,
  );
  const seals = sealAll(records, options).map(writeSeal);
  return { records, seals, copies: seals, log: { start: 0, end: 60, stableEnd: 60 } };
}

export function sealAll(
  records: readonly LogRecord[],
  { key = KEY, retentionMs = null }: TrailOptions = {},
): readonly Seal[] {
  let head: ChainHead = firstHead(TOPIC, PARTITION, 0);
  return [...Map.groupBy(records, ({ offset }) => Math.floor(offset / 10)).values()].map((group) => {
    const seal = makeSeal(head, group, {
      key,
      sealer: 'sealer-1',
      sealedAt: '2026-03-02T10:00:00Z',
      retentionMs,
    });
    head = headAfter(seal);
    return seal;
  });
}

export function verify(trail: Trail, options: Partial<VerifyOptions> = {}): Promise<PartitionReport> {
  const stored = (texts: readonly string[]) => texts.map((text, n) => ({ position: `seal ${n}`, text }));
  return verifyPartition(
    {
      topic: TOPIC,
      partition: PARTITION,
      log: trail.log,
      records: batches(trail.records),
      seals: stored(trail.seals),
      copies: trail.copies && stored(trail.copies),
    },
    { keys: KEYS, nowMs: Date.parse('2026-03-02T10:05:00Z'), ...options },
  );
}

async function* batches(records: readonly LogRecord[]): AsyncGenerator<readonly LogRecord[]> {
  for (let n = 0; n < records.length; n += 7) yield records.slice(n, n + 7);
}

/** What an attacker with a key of his own, or with ours, would write: a chain that fits the records. */
export function resealed(records: readonly LogRecord[], key: SigningKey): readonly string[] {
  return sealAll(records, { key }).map(writeSeal);
}

export const anotherKey = (): SigningKey => signingKey(newKeyPair().privateKey);
