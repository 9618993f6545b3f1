import type { LogRecord, TopicPartitionOffset } from '../ports/index.js';
import { breath } from '../timing.js';
import type { Batch, PartitionPart } from './batch.js';
import type { BatchProcessor } from './batch-processor.js';
import { lowLast, type Place } from './low-last.js';
import type { Intake } from './record-intake.js';

/** Messages handled at a stretch: a handler that waits for nothing would hold timers and connections up for a batch. */
export const MESSAGES_AT_A_STRETCH = 200;

/** A record of a batch, and what it is to this agent. */
export interface Arrival {
  readonly record: LogRecord;
  readonly part: PartitionPart;
  readonly intake: Intake;
}

/**
 * Handles what has arrived, LOW messages last, until all is done or the time is up. Where messages are left, the
 * position stays before the first of them; handled ones behind it come again and are known by their ids. What
 * leaves no id behind (forwarded copies, dead letters of what could not be read) is therefore done last, and only
 * for records that the position passes.
 *
 * @returns which part of the messages was handled, above 0 to 1, and where to read on in partitions in which some are
 *   left
 */
export async function fillBatch(
  batch: Batch,
  arrivals: readonly Arrival[],
  { processor, isTimeUp }: { readonly processor: BatchProcessor; readonly isTimeUp: () => boolean },
): Promise<{ readonly part: number; readonly left: readonly TopicPartitionOffset[] }> {
  // Before anything can fail: the search for a culprit counts them.
  for (const { record } of arrivals) batch.take(record);
  const messages = arrivals.filter(({ intake }) => intake.kind === 'handle');
  const order = lowLast(messages, placeOf);
  const refused = new Map<LogRecord, Error>();
  let done = 0;
  for (const arrival of order) {
    const error = await processor.handle(batch, arrival);
    if (error) refused.set(arrival.record, error);
    done += 1;
    if (isTimeUp()) break;
    if (done % MESSAGES_AT_A_STRETCH === 0) await breath();
  }
  const left = firstOfEach(order.slice(done));
  for (const arrival of arrivals) {
    const { record } = arrival;
    if (record.offset >= (left.get(lineOf(record))?.offset ?? Infinity)) continue;
    batch.position({ topic: record.topic, partition: record.partition, offset: record.offset + 1 });
    processor.settle(batch, arrival, refused.get(record));
  }
  return { part: order.length === 0 ? 1 : done / order.length, left: [...left.values()] };
}

function placeOf({ record, intake }: Arrival): Place | undefined {
  if (intake.kind !== 'handle') return undefined;
  return { line: `${record.topic}/${intake.customerId}`, isLow: intake.envelope.priority === 'LOW' };
}

/** The first record of each topic and partition, by offset: what was put off is not in their order. */
function firstOfEach(arrivals: readonly Arrival[]): ReadonlyMap<string, TopicPartitionOffset> {
  const first = new Map<string, TopicPartitionOffset>();
  for (const { record } of arrivals) {
    const { topic, partition, offset } = record;
    const known = first.get(lineOf(record));
    if (known === undefined || offset < known.offset) first.set(lineOf(record), { topic, partition, offset });
  }
  return first;
}

function lineOf({ topic, partition }: LogRecord): string {
  return `${topic}/${partition}`;
}
