import type { GroupMember, LogRecord } from '../ports/index.js';
import type { Batch } from './batch.js';
import { type Arrival, fillBatch } from './batch-filling.js';
import type { BatchLimit } from './batch-limit.js';
import type { BatchProcessor } from './batch-processor.js';
import type { OwnedTasks } from './owned-tasks.js';
import type { PoisonFinder } from './poison-finder.js';
import type { DeliverySettings } from './runtime-options.js';
import { customerOf } from './state-key.js';

const TIMERS_PER_BATCH = 1000;

export interface BatchBuildingOptions {
  readonly member: GroupMember;
  readonly processor: BatchProcessor;
  readonly settings: DeliverySettings;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  readonly tasks: OwnedTasks;
  readonly limit: BatchLimit;
  readonly poison: PoisonFinder;
}

/** Handles what comes into a batch: polled records, and what is due. */
export class BatchBuilding {
  constructor(private readonly options: BatchBuildingOptions) {}

  /** Those of owned partitions that were not handled before; no longer than a batch may take. */
  async addRecords(batch: Batch, records: readonly LogRecord[]): Promise<void> {
    const { processor, settings, member, tasks, limit, poison } = this.options;
    const readAt = performance.now();
    const arrivals = records.flatMap((record): Arrival[] => {
      const task = tasks.get(record.partition);
      if (!task || record.offset < task.position(record.topic)) return [];
      const intake = processor.read(record, poison.of(record));
      return [{ record, part: batch.part(task.partition, task.state), intake }];
    });
    const readMs = performance.now() - readAt;
    if (tasks.session) await tasks.session.prepare(customersOf(arrivals));
    // A wait for keys says nothing about the handlers.
    const startedAt = performance.now() - readMs;
    const isTimeUp = (): boolean => performance.now() - startedAt >= settings.batchTimeMs;
    const { part, left } = await fillBatch(batch, arrivals, { processor, isTimeUp });
    // All that was polled, and the time that all of it would have taken.
    limit.took(records.length, (performance.now() - startedAt) / part);
    // Slow handlers: what has been handled commits first, and the rest is read again.
    if (left.length > 0) await member.rewind(left);
  }

  /** Timers and parked keys. While a culprit is sought, records go alone. */
  async addDue(batch: Batch): Promise<void> {
    const { clock, processor, tasks, limit } = this.options;
    if (limit.isSeeking && batch.records.length > 0) return;
    const now = clock();
    const due = tasks
      .all()
      .flatMap((task) => task.state.store.due(now, TIMERS_PER_BATCH).map((key) => ({ task, key })));
    if (tasks.session && due.length > 0) await tasks.session.prepare(due.map(({ key }) => customerOf(key)));
    for (const { task, key } of due) {
      await processor.addDue(batch, batch.part(task.partition, task.state), key);
    }
  }
}

/** Whose state the handlers of these messages read. */
function customersOf(arrivals: readonly Arrival[]): readonly string[] {
  return arrivals.flatMap(({ intake }) => (intake.kind === 'handle' ? [intake.customerId] : []));
}
