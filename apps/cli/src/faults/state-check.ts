import { claimDecider } from '@aika/domain';
import { isDeepStrictEqual } from 'node:util';
import type { CommittedRecord } from '@aika/testing';
import type { LoggedEvent, Verdict } from './verdict.js';
import type { Asked } from './workload.js';

type ClaimEvent = Parameters<typeof claimDecider.evolve>[1];

/** The last value of each key of a changelog. */
export function foldChangelog(records: readonly CommittedRecord[]): ReadonlyMap<string, string> {
  const state = new Map<string, string>();
  for (const { key, value } of records) {
    if (key === null) continue;
    if (value === null) state.delete(key);
    else state.set(key, value);
  }
  return state;
}

/**
 * State = fold of the changelog = fold of the events, for every claim; and nothing is left behind: no effect
 * that has not ended, no parked key.
 */
export function judgeState(
  asked: readonly Asked[],
  events: readonly LoggedEvent[],
  state: ReadonlyMap<string, string>,
): Verdict {
  const byClaim = Map.groupBy(events, ({ payload }) => String(payload['claimId'] ?? ''));
  const divergent = asked.flatMap(({ customerId, claimId }) => {
    const folded = (byClaim.get(claimId) ?? []).reduce(
      (claim, { type, payload }) =>
        claimDecider.evolve(claim, { type, data: payload } as unknown as ClaimEvent),
      claimDecider.initialState,
    );
    const stored = state.get(`s/${customerId}/claim/${claimId}`);
    const kept = stored === undefined ? claimDecider.initialState : (JSON.parse(stored) as { d: unknown }).d;
    // Through JSON, as state is: undefined fields are no fields.
    const same = isDeepStrictEqual(kept, JSON.parse(JSON.stringify(folded)));
    return same ? [] : [`state of ${claimId}: ${JSON.stringify(kept)} is not ${JSON.stringify(folded)}`];
  });
  const left = [...state.keys()]
    .filter((key) => key.startsWith('e/') || key.startsWith('p/'))
    .map((key) => `left behind in state: ${key}`);
  return { lost: [], doubled: [], reordered: [], divergent: [...divergent, ...left] };
}
