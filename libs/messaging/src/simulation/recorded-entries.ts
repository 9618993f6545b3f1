import { readMessage } from '@aika/contracts';
import type { LogRecord } from '../ports/index.js';
import { handlingOrder } from '../runtime/index.js';
import type { RecordedEntry } from './findings.js';
import { catalogue } from './ledger-agent.js';

/** Types of the messages that book an entry, which are numbered from 1. */
const BOOKINGS: ReadonlySet<string> = new Set(['BOOK', 'BOOK_LATER', 'BOOK_AND_PAY', 'BOOK_AND_ASK']);
const DUPLICATE_SEQ = 999;

/** The entries in the order in which, says the changelog, they were handled; those given up are left out. */
export function recordedEntries(
  changelog: readonly LogRecord[],
  inputs: readonly LogRecord[],
): readonly RecordedEntry[] {
  const byPosition = new Map(inputs.map((record) => [positionOf(record), record]));
  const partitions = [...Map.groupBy(changelog, ({ partition }) => partition)];
  return partitions.flatMap(([partition, records]) => {
    const entries = records.map(
      ({ key, value }) => [key?.toString() ?? '', value?.toString() ?? null] as const,
    );
    return handlingOrder(entries).flatMap((step): readonly RecordedEntry[] => {
      if (step.kind !== 'record') return [];
      const record = byPosition.get(positionOf({ ...step, partition }));
      return record === undefined ? [] : entryIn(record);
    });
  });
}

function entryIn(record: LogRecord): readonly RecordedEntry[] {
  const receivedAt = new Date(record.timestamp).toISOString();
  const fallbackMessageId = `msg-${record.offset}`;
  const read = readMessage(record.value as Buffer, { catalogue, receivedAt, fallbackMessageId });
  if (!read.ok || !BOOKINGS.has(read.envelope.messageType)) return [];
  const { customerId, seq } = read.envelope.payload as { readonly customerId: string; readonly seq: number };
  return seq === 0 || seq === DUPLICATE_SEQ ? [] : [{ customerId, seq }];
}

function positionOf({ topic, partition, offset }: Pick<LogRecord, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}/${partition}/${offset}`;
}
