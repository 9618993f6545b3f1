import type { LogRecord, MessageLog } from '../ports/index.js';
import { type ComparableOutput, comparable } from './comparable-output.js';
import { fieldDifferences } from './field-differences.js';
import type { MadeAgain } from './made-again.js';
import type { OwnRecords } from './own-records.js';
import type { ReplayTally } from './replay-tally.js';
import { idOfOutput } from './step-replayer.js';

export interface OutputComparison {
  readonly log: MessageLog;
  readonly namespace: string;
  readonly outputNamespace: string;
  /** Full names of all topics on which outputs may stand. */
  readonly topics: readonly string[];
  readonly partition: number;
  readonly made: MadeAgain;
  readonly own: OwnRecords;
  readonly tally: ReplayTally;
  readonly signal: AbortSignal;
}

/** Holds the outputs that were made again against those on the log: each topic's partition is read once. */
export async function compareOutputs(comparison: OutputComparison): Promise<void> {
  const { log, topics, partition, made, own, signal, tally, outputNamespace } = comparison;
  const ranges = await Promise.all(topics.map((topic) => log.offsets({ topic, partition })));
  for (const [n, topic] of topics.entries()) {
    const { start: from = 0, end: until = 0 } = ranges[n] ?? {};
    for await (const records of log.read({ topic, partition }, { from, until, signal })) {
      for (const record of records) if (own.isOwn(record)) compareOutput(comparison, record);
    }
  }
  for (const [id, { made: record, causedBy, customerId }] of made.outputs) {
    const name = comparable(record, outputNamespace).messageType ?? '';
    tally.extra({ of: 'outputs', id, name, customerId, partition, causedBy });
  }
}

function compareOutput(comparison: OutputComparison, record: LogRecord): void {
  const { namespace, outputNamespace, partition, made, own, tally } = comparison;
  const id = idOfOutput(record);
  const again = made.outputs.get(id);
  if (again) {
    // What is left at the end is on no record.
    made.outputs.delete(id);
    const { causedBy, customerId } = again;
    const [then, now] = [comparable(record, namespace), comparable(again.made, outputNamespace)];
    const name = then.messageType ?? '';
    const subject = { of: 'outputs' as const, id, name, customerId, partition, causedBy };
    tally.compared(
      subject,
      fieldDifferences(then, now).filter(({ path }) => isComparable(path, then)),
    );
    return;
  }
  const output = comparable(record, namespace);
  if (!own.isExpected(id, output, made.wasReplayed)) return;
  const { messageType: name = '', key: customerId = '', metadata } = output;
  tally.missing({ of: 'outputs', id, name, customerId, partition, causedBy: metadata?.causationId });
}

/** The deadline of an ask counts from the clock of the moment in which it was made. */
function isComparable(path: string, { messageType }: ComparableOutput): boolean {
  return path !== 'timestamp' || messageType !== 'ASK_TIMED_OUT';
}
