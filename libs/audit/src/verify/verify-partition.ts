import type { LogRecord, PartitionOffsets } from '@aika/messaging';
import type { TrustedKeys } from '../keys/trusted-keys.js';
import type { StoredSeal } from '../stores/seal-store.port.js';
import { checkChain } from './check-chain.js';
import { checkRecords } from './check-records.js';
import { checkStart } from './check-start.js';
import { comparePlaces } from './compare-places.js';
import type { Finding } from './finding.js';

/** Everything there is about one partition, wherever it was read. */
export interface PartitionEvidence {
  /** Full name of the sealed topic. */
  readonly topic: string;
  readonly partition: number;
  readonly log: PartitionOffsets;
  /** Committed records from the start on. */
  readonly records: AsyncIterable<readonly LogRecord[]>;
  /** The topic of seals, in order. */
  readonly seals: readonly StoredSeal[];
  /** The second place; undefined where there is none. */
  readonly copies: readonly StoredSeal[] | undefined;
}

export interface VerifyOptions {
  readonly keys: TrustedKeys;
  /** Milliseconds since 1970 UTC. */
  readonly nowMs: number;
}

export interface PartitionReport {
  readonly partition: number;
  /** Valid seals, of both places together. */
  readonly seals: number;
  /** Records that are as they were sealed. */
  readonly verified: number;
  /** Records after the last seal: nothing can be said of them yet. */
  readonly unsealed: number;
  /** Sealed records that retention has taken. */
  readonly expired: number;
  /** The first offset that is not sealed. */
  readonly sealedTo: number;
  /** Seals that are not in the second place yet. */
  readonly notCopied: number;
  /** Keys that its seals are signed with, in the order of their first use. */
  readonly keyIds: readonly string[];
  readonly findings: readonly Finding[];
}

/** Holds a partition's records against its seals, and these against each other. */
export async function verifyPartition(
  evidence: PartitionEvidence,
  { keys, nowMs }: VerifyOptions,
): Promise<PartitionReport> {
  const { topic, partition, log, records, copies } = evidence;
  const chain = checkChain(evidence.seals, { topic, partition, keys, place: 'seals' });
  const second = copies && checkChain(copies, { topic, partition, keys, place: 'second-place' });
  const places = comparePlaces(partition, chain, second, nowMs);
  const seals = places.seals.map(({ seal }) => seal);
  const start = checkStart(partition, seals, log.start, nowMs);
  const checked = await checkRecords({ partition, seals, records, log });
  return {
    partition,
    seals: seals.length,
    verified: checked.verified,
    unsealed: checked.unsealed,
    expired: start.expired,
    sealedTo: seals.at(-1)?.to ?? 0,
    notCopied: places.notCopied,
    keyIds: [...new Set(seals.map(({ keyId }) => keyId))],
    findings: [
      ...chain.findings,
      ...(second?.findings ?? []),
      ...places.findings,
      ...start.findings,
      ...checked.findings,
    ],
  };
}
