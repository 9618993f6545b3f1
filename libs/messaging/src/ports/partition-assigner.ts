/** What one member brings to an assignment. */
export interface AssignableMember {
  readonly memberId: string;
  /** Partition numbers it had, with the generation in which it had them. */
  readonly owned: readonly number[];
  readonly generationId: number;
}

/**
 * Gives every partition number to one member: the same numbers of all topics of the group, each member's share
 * equal to within one, and everybody keeps what it had as far as that allows. The same members and claims give
 * the same assignment, whichever member computes it.
 *
 * @param partitionCount numbers 0 to partitionCount - 1 are given out
 * @returns numbers by member id, ascending; a member may get none
 */
export function assignPartitionNumbers(
  members: readonly AssignableMember[],
  partitionCount: number,
): Map<string, readonly number[]> {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Map<string, number[]>(sorted.map(({ memberId }) => [memberId, []]));
  if (sorted.length === 0) return shares;
  const owners = acceptClaims(sorted, partitionCount);
  const floor = Math.floor(partitionCount / sorted.length);
  let larger = partitionCount % sorted.length;
  // Those who have the most keep one more than the others: that moves the fewest.
  for (const { memberId, owned } of byOwnedDescending(sorted, owners)) {
    const quota = owned.length > floor && larger > 0 ? floor + 1 : floor;
    if (quota > floor) larger -= 1;
    shares.get(memberId)!.push(...owned.slice(0, quota));
  }
  giveRest(shares, partitionCount, floor, larger);
  for (const share of shares.values()) share.sort((a, b) => a - b);
  return shares;
}

/** Claims of the newest generation count; the first of two members that claim the same number has it. */
function acceptClaims(members: readonly AssignableMember[], partitionCount: number): Map<number, string> {
  const newest = Math.max(...members.map(({ generationId }) => generationId));
  const owners = new Map<number, string>();
  for (const { memberId, owned, generationId } of members) {
    if (generationId !== newest) continue;
    for (const number of owned) {
      if (number >= 0 && number < partitionCount && !owners.has(number)) owners.set(number, memberId);
    }
  }
  return owners;
}

function byOwnedDescending(
  members: readonly AssignableMember[],
  owners: ReadonlyMap<number, string>,
): { memberId: string; owned: number[] }[] {
  return members
    .map(({ memberId }) => ({
      memberId,
      owned: [...owners]
        .flatMap(([number, owner]) => (owner === memberId ? [number] : []))
        .sort((a, b) => a - b),
    }))
    .sort((a, b) => b.owned.length - a.owned.length);
}

function giveRest(
  shares: Map<string, number[]>,
  partitionCount: number,
  floor: number,
  larger: number,
): void {
  const given = new Set([...shares.values()].flat());
  const rest = Array.from({ length: partitionCount }, (_, number) => number).filter((n) => !given.has(n));
  for (const share of shares.values()) {
    while (share.length < floor && rest.length > 0) share.push(rest.shift()!);
  }
  let left = larger;
  for (const share of shares.values()) {
    if (left === 0) break;
    if (share.length !== floor || rest.length === 0) continue;
    share.push(rest.shift()!);
    left -= 1;
  }
}
