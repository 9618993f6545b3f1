import type { Membership } from './message-log.port.js';

/**
 * Partition numbers that a member kept over a rebalance: nobody else can have worked on them in between.
 * Delivery of these goes on where it was; all others start at the committed offset. A member that missed a
 * generation, or came back under another id, has kept nothing.
 */
export function keptPartitions(before: Membership | undefined, after: Membership): readonly number[] {
  if (before?.memberId !== after.memberId || before.generationId + 1 !== after.generationId) return [];
  return after.partitions.filter((number) => before.partitions.includes(number));
}

/** Whether both are the same member in the same generation, or both are none. */
export function isSameMembership(a: Membership | undefined, b: Membership | undefined): boolean {
  return a?.memberId === b?.memberId && a?.generationId === b?.generationId;
}
