import { describe, expect, it } from '@jest/globals';
import { ClaimFiled } from '@aika/contracts';
import { claimDecider } from '@aika/domain';
import type { CommittedRecord } from '@aika/testing';
import { foldChangelog, judgeState } from './state-check.js';
import type { LoggedEvent } from './verdict.js';

const { customerId, claimId } = ClaimFiled.example;
const asked = { customerId, claimId, conversationId: 'conv-1', questions: [], urgent: [] };
const filed: LoggedEvent = {
  messageId: 'msg-1',
  type: ClaimFiled.type,
  payload: ClaimFiled.example as unknown as Record<string, unknown>,
  causationId: undefined,
};
const state = claimDecider.evolve(claimDecider.initialState, {
  type: 'CLAIM_FILED',
  data: ClaimFiled.example,
});

const record = (key: string, value: string | null): CommittedRecord => ({
  topic: 'aika.state.claims',
  partition: 0,
  offset: 0,
  timestamp: 0,
  key,
  value,
  headers: [],
  base64: [],
});
const stored = (value: unknown) =>
  foldChangelog([record(`s/${customerId}/claim/${claimId}`, JSON.stringify({ d: value }))]);

describe('the state of a claim', () => {
  it('is what its events add up to', () => {
    expect(judgeState([asked], [filed], stored(state)).divergent).toEqual([]);
  });

  it('diverges when it is behind the events, or ahead of them', () => {
    expect(judgeState([asked], [filed], new Map()).divergent).toHaveLength(1);
    expect(judgeState([asked], [], stored(state)).divergent).toHaveLength(1);
  });

  it('leaves no effect and no parked key behind', () => {
    const left = foldChangelog([record('e/cust-1/eff-1', '{}'), record('p/cust-1/head', '{}')]);
    expect(judgeState([], [], left).divergent).toEqual([
      'left behind in state: e/cust-1/eff-1',
      'left behind in state: p/cust-1/head',
    ]);
  });

  it('is the last value of each key, and nothing after a tombstone', () => {
    const folded = foldChangelog([record('a', '1'), record('b', '1'), record('a', '2'), record('b', null)]);
    expect([...folded]).toEqual([['a', '2']]);
  });
});
