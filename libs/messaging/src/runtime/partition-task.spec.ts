import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createInMemoryBroker } from '../in-memory/index.js';
import { Turns } from '../timing.js';
import { MemoryStateStore } from './memory-state-store.js';
import { restoreTask, STRETCH } from './partition-task.js';
import type { StateChanges } from './state-overlay.js';

const PARTITIONS = 8;
/** The probe's own turn may fall between two stretches, or beside them. */
const SEEN_AT_MOST = 2;
const STATE = 'aika.state.risk';

/** Counts what is applied to all stores between two turns of the event loop. */
class Meter {
  records = 0;
  bytes = 0;
  readonly longest = { records: 0, bytes: 0 };

  readonly stores = { open: () => Promise.resolve(new MeteredStore(this)) };

  applied(changes: StateChanges | readonly (readonly [string, string | null])[]): void {
    for (const [, value] of changes) {
      this.records += 1;
      this.bytes += value?.length ?? 0;
    }
    this.longest.records = Math.max(this.longest.records, this.records);
    this.longest.bytes = Math.max(this.longest.bytes, this.bytes);
  }

  async watch(until: Promise<unknown>): Promise<void> {
    let isOver = false;
    void until.finally(() => (isOver = true));
    while (!isOver) {
      await turnOfTheEventLoop();
      this.records = 0;
      this.bytes = 0;
    }
  }
}

class MeteredStore extends MemoryStateStore {
  constructor(private readonly meter: Meter) {
    super();
  }

  override apply(changes: Parameters<MemoryStateStore['apply']>[0], position?: number): void {
    const list = [...changes];
    this.meter.applied(list);
    super.apply(list, position);
  }
}

/** Restores all partitions at once, as after a join. */
async function restore(records: readonly (readonly [key: string, value: string])[]): Promise<Meter> {
  const log = createInMemoryBroker({ topics: { [STATE]: PARTITIONS, 'aika.commands': PARTITIONS } }).connect(
    'test',
  );
  const writer = await log.createWriter();
  const numbers = Array.from({ length: PARTITIONS }, (_, n) => n);
  for (const partition of numbers) {
    await writer.send(records.map(([key, value]) => ({ topic: STATE, partition, key, value })));
  }
  const meter = new Meter();
  const shared = { log, topics: ['aika.commands'], stateTopic: STATE, stores: meter.stores, committed: [] };
  const options = {
    ...shared,
    changelogEnds: new Map<number, number>(),
    signal: new AbortController().signal,
    turns: new Turns(),
  };
  const tasks = Promise.all(numbers.map((partition) => restoreTask(partition, options)));
  await meter.watch(tasks);
  for (const task of await tasks) expect(task.replayed).toBe(records.length);
  return meter;
}

describe('the restore of state', () => {
  it('lets the event loop come round after a stretch of records, however many partitions are restored at once', async () => {
    const entries = Array.from({ length: 3 * STRETCH.records }, (_, n) => [`s/c-${n}/a/1`, '1'] as const);
    const { longest } = await restore(entries);
    expect(longest.records).toBeLessThanOrEqual(SEEN_AT_MOST * STRETCH.records);
    expect(longest.records).toBeGreaterThanOrEqual(STRETCH.records);
  });

  it('counts bytes too: a record of handled ids holds thousands of them', async () => {
    const ids = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`msg-${n}`, 'digest']));
    const value = JSON.stringify({ at: 1, ids });
    const { longest } = await restore(Array.from({ length: 100 }, (_, n) => [`m/-/${n}`, value] as const));
    expect(longest.bytes).toBeLessThanOrEqual(SEEN_AT_MOST * STRETCH.bytes);
    expect(longest.bytes).toBeGreaterThan(STRETCH.bytes / 2);
  });

  it('takes a record that is longer than a stretch alone', async () => {
    const long = 'x'.repeat(STRETCH.bytes + 1);
    const { longest } = await restore([1, 2, 3].map((n) => [`s/c-${n}/a/1`, long] as const));
    expect(longest.records).toBeLessThanOrEqual(SEEN_AT_MOST);
  });
});
