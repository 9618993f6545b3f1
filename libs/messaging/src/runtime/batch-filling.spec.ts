import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Batch } from './batch.js';
import { type Arrival, fillBatch, MESSAGES_AT_A_STRETCH } from './batch-filling.js';
import type { BatchProcessor } from './batch-processor.js';
import { PartitionState } from './partition-state.js';
import type { Intake } from './record-intake.js';

const HANDLED = { kind: 'handle', customerId: 'c-1', envelope: { priority: 'NORMAL' } } as Intake;
const SKIPPED: Intake = { kind: 'skip' };

/** Fills a batch with one record for each intake; the time is up after so many messages. */
async function fill(
  intakes: readonly Intake[],
  time: number,
  onHandled: () => void = () => undefined,
): Promise<{ part: number; next: unknown }> {
  const batch = new Batch();
  const part = batch.part(0, new PartitionState());
  const arrivals = intakes.map((intake, offset): Arrival => {
    const at = { topic: 'commands', partition: 0, offset, timestamp: 0 };
    return { record: { ...at, key: null, value: null, headers: {} }, part, intake };
  });
  let handled = 0;
  const processor = {
    handle: () => {
      handled += 1;
      onHandled();
      return Promise.resolve(undefined);
    },
    settle: () => undefined,
  } as unknown as BatchProcessor;
  const filled = await fillBatch(batch, arrivals, { processor, isTimeUp: () => handled >= time });
  return { part: filled.part, next: batch.offsets[0]?.offset };
}

describe('the filling of a batch', () => {
  it('is whole when all was handled or there was nothing to handle', async () => {
    expect(await fill([SKIPPED, HANDLED, HANDLED], 3)).toEqual({ part: 1, next: 3 });
    expect(await fill([SKIPPED, SKIPPED], 3)).toEqual({ part: 1, next: 2 });
  });

  it('tells the part of the messages for which there was time, and stays before the first that is left', async () => {
    const intakes = [HANDLED, SKIPPED, SKIPPED, HANDLED, SKIPPED, HANDLED, HANDLED];
    expect(await fill(intakes, 1)).toEqual({ part: 0.25, next: 3 });
  });

  it('lets timers and connections have their turn between handlers that wait for nothing', async () => {
    let [since, longest, isOver] = [0, 0, false];
    const turns = (async () => {
      while (!isOver) {
        await turnOfTheEventLoop();
        since = 0;
      }
    })();
    const count = 3 * MESSAGES_AT_A_STRETCH;
    await fill(Array<Intake>(count).fill(HANDLED), Infinity, () => (longest = Math.max(longest, ++since)));
    isOver = true;
    await turns;
    expect(longest).toBe(MESSAGES_AT_A_STRETCH);
  });
});
