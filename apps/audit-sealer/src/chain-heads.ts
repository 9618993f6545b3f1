import { setTimeout as sleep } from 'node:timers/promises';
import {
  AuditError,
  type ChainHead,
  firstHead,
  headAfter,
  readSeal,
  sealsOf,
  sealsTopicOf,
  type Seal,
  type SealStore,
} from '@aika/audit';
import type { MessageLog, TopicPartition } from '@aika/messaging';

export interface HeadOptions {
  readonly log: Pick<MessageLog, 'offsets' | 'read' | 'committedOffsets'>;
  readonly store: SealStore;
  readonly groupId: string;
  /** Full name of the sealed topic. */
  readonly topic: string;
}

/** How many of the last offsets of the seals' topic are read first: seals and markers take turns there. */
const LOOK_BACK = 20;
const AGREEMENT_TRIES = 10;
const AGREEMENT_PAUSE_MS = 200;

/**
 * Where a partition's chain stands, for a new owner: after the last seal of the topic. Waits for what the owner before
 * is about to commit.
 * @throws AuditError `CHAIN_BROKEN` when seals, position and second place do not agree; LogError
 */
export async function headOf(partition: number, options: HeadOptions): Promise<ChainHead> {
  const { log, groupId, topic } = options;
  for (let tries = 1; ; tries += 1) {
    // The positions first: asking for them waits for pending commits, whose seals are then in the topic.
    const [committed] = await log.committedOffsets(groupId, [topic], [partition]);
    const last = await lastSeal(log, { topic, partition });
    const { start, end } = await log.offsets({ topic, partition });
    if (!last && !committed) return await first(partition, start, options);
    if (last && (!committed || committed.offset === last.to)) return await next(last, end, options);
    // A broker that has just become the leader may tell an old end of the topic for a moment.
    if (tries === AGREEMENT_TRIES) throw disagreement({ topic, partition }, last?.to, committed?.offset);
    await sleep(AGREEMENT_PAUSE_MS);
  }
}

async function first(partition: number, start: number, { store, topic }: HeadOptions): Promise<ChainHead> {
  const copy = await lastCopy(store, { topic, partition });
  if (!copy) return firstHead(topic, partition, start);
  throw broken({ topic, partition }, `the second place has ${copy.sequence + 1} seals, the topic has none`);
}

async function next(last: Seal, end: number, { store, topic }: HeadOptions): Promise<ChainHead> {
  const at = { topic, partition: last.partition };
  if (end < last.to) throw broken(at, `it ends at ${end}, and was sealed up to ${last.to}`);
  const copy = await lastCopy(store, at);
  if (copy && copy.sequence > last.sequence) {
    throw broken(at, `the second place has seals up to ${copy.sequence}, the topic up to ${last.sequence}`);
  }
  return headAfter(last);
}

/** Sealing goes on while the second place is away: `aika audit verify` compares the two. */
async function lastCopy(store: SealStore, { topic, partition }: TopicPartition): Promise<Seal | undefined> {
  try {
    return await store.last(topic, partition);
  } catch (error) {
    if (error instanceof AuditError) throw error;
    return undefined;
  }
}

async function lastSeal(log: HeadOptions['log'], at: TopicPartition): Promise<Seal | undefined> {
  const { start, end } = await log.offsets({ topic: sealsTopicOf(at.topic), partition: at.partition });
  for (const from of new Set([Math.max(start, end - LOOK_BACK), start])) {
    const stored = (await sealsOf(log, at, from)).at(-1);
    if (!stored) continue;
    const seal = readSeal(stored.text);
    if (seal) return seal;
    throw broken(at, `${stored.position} is no seal`);
  }
  return undefined;
}

function disagreement(
  at: TopicPartition,
  sealed: number | undefined,
  position: number | undefined,
): AuditError {
  return broken(at, `the last seal ends at ${sealed ?? 'none'}, the position is ${position ?? 'none'}`);
}

function broken({ topic, partition }: TopicPartition, what: string): AuditError {
  return new AuditError(
    'CHAIN_BROKEN',
    `${topic}/${partition} is not sealed any more: ${what}. Run "aika audit verify".`,
  );
}
