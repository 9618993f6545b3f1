import type { MessageLog } from '../ports/index.js';
import { deadlineAfter, pause } from '../timing.js';
import type { RuntimeLogger } from './runtime-logger.js';
import { WriterPair, type WriterTimeouts } from './writer-pair.js';

/** How long a process that is no member any more has to end a commit that it still asks for, milliseconds. */
const GRACE_MS = 1000;
const PAUSE_MS = 50;

export interface PredecessorsOptions {
  readonly log: MessageLog;
  /** Full names of the input topics. */
  readonly topics: readonly string[];
  readonly inboxTopic: string;
  readonly stateTopic: string;
  /** What the ids of this process's writers begin with. */
  readonly transactionalIdPrefix: string;
  readonly settings: WriterTimeouts;
  readonly logger: RuntimeLogger;
  readonly signal: AbortSignal;
}

interface Held {
  readonly partition: number;
  readonly owner: string | undefined;
}

/**
 * Ends the transactions that earlier owners of these partitions left open. A member ends its own before it joins
 * anew, so what is open in a partition that was given away belongs to a process that is no member any more. It has a
 * moment to end a commit itself; then it is aborted in its name, long before its transaction timeout.
 */
export async function endLeftOpen(
  groupId: string,
  partitions: readonly number[],
  options: PredecessorsOptions,
): Promise<void> {
  const grace = deadlineAfter(GRACE_MS);
  while (partitions.length > 0 && !options.signal.aborted) {
    const held = await heldPartitions(groupId, partitions, options);
    if (held.length === 0) return;
    if (grace.passed()) return abortOf(held, options);
    await pause(Math.min(PAUSE_MS, grace.left()), options.signal);
  }
}

/** Where a transaction is about to move a position, or keeps readers of the changelog from its end. */
async function heldPartitions(
  groupId: string,
  partitions: readonly number[],
  { log, topics, inboxTopic, stateTopic }: PredecessorsOptions,
): Promise<readonly Held[]> {
  const positions = topics.flatMap((topic) => partitions.map((partition) => ({ topic, partition })));
  const [states, ends] = await Promise.all([
    log.positionStates(groupId, positions),
    Promise.all(partitions.map((partition) => log.offsets({ topic: stateTopic, partition }))),
  ]);
  return partitions.flatMap((partition, n) => {
    const own = states.filter((state) => state.partition === partition);
    const { end = 0, stableEnd = 0 } = ends[n] ?? {};
    if (stableEnd >= end && !own.some(({ isPending }) => isPending)) return [];
    // Every owner commits this one when it takes over.
    return [{ partition, owner: own.find(({ topic }) => topic === inboxTopic)?.owner }];
  });
}

/** Making the writers anew aborts what they have open. Where nobody is known, the transaction timeout ends it. */
async function abortOf(
  held: readonly Held[],
  { log, transactionalIdPrefix, settings, logger }: PredecessorsOptions,
): Promise<void> {
  for (const [owner, left] of Map.groupBy(held, (one) => one.owner)) {
    // Its own were made anew when this session began.
    if (owner === undefined || owner === transactionalIdPrefix) continue;
    const partitions = left.map(({ partition }) => partition);
    logger.info('a predecessor left a transaction open: it is aborted', { owner, partitions });
    await (await WriterPair.create(log, owner, settings)).close();
  }
}
