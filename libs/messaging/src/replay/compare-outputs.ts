import type { LogRecord, MessageLog, OutgoingRecord } from '../ports/index.js';
import { type ComparableOutput, comparable, digestOf, isCompared } from './comparable-output.js';
import { fieldDifferences } from './field-differences.js';
import type { MadeAgain } from './made-again.js';
import type { OwnRecords } from './own-records.js';
import type { ReplayDifference } from './replay-report.js';
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
  /**
   * Makes outputs with these ids once more, whole: of the others only a digest is kept, so that a long history fits
   * into memory. Called once, where outputs differ.
   */
  readonly makeWhole: (ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, OutgoingRecord>>;
}

type Subject = Omit<ReplayDifference, 'verdict' | 'fields'>;

/** An output that differs, and what is on record. */
interface Different {
  readonly subject: Subject;
  readonly then: ComparableOutput;
}

/** Holds the outputs that were made again against those on the log: each topic's partition is read once. */
export async function compareOutputs(comparison: OutputComparison): Promise<void> {
  const { log, topics, partition, made, own, signal, tally } = comparison;
  const ranges = await Promise.all(topics.map((topic) => log.offsets({ topic, partition })));
  const different: Different[] = [];
  const untold: Subject[] = [];
  for (const [n, topic] of topics.entries()) {
    const { start: from = 0, end: until = 0 } = ranges[n] ?? {};
    for await (const records of log.read({ topic, partition }, { from, until, signal })) {
      for (const record of records.filter((each) => own.isOwn(each))) {
        const differs = compareOutput(comparison, record);
        if (!differs) continue;
        if (different.length < tally.room) different.push(differs);
        else untold.push(differs.subject);
      }
    }
  }
  await tellFields(comparison, different);
  // There is no room left for these: they are counted.
  for (const subject of untold) tally.different(subject, []);
  for (const [id, { made: output, causedBy, customerId }] of made.outputs) {
    tally.extra({ of: 'outputs', id, name: output.name, customerId, partition, causedBy });
  }
}

/** @returns what is on record where something else was made */
function compareOutput(comparison: OutputComparison, record: LogRecord): Different | undefined {
  const { namespace, partition, made, own, tally } = comparison;
  const id = idOfOutput(record);
  const again = made.outputs.get(id);
  const then = comparable(record, namespace);
  const name = then.messageType ?? '';
  if (again) {
    // What is left at the end is on no record.
    made.outputs.delete(id);
    const { causedBy, customerId } = again;
    const subject = { of: 'outputs' as const, id, name, customerId, partition, causedBy };
    if (again.made.digest !== digestOf(then)) return { subject, then };
    tally.compared(subject, []);
    return undefined;
  }
  if (!own.isExpected(id, then, made.wasReplayed)) return undefined;
  const { key: customerId = '', metadata } = then;
  tally.missing({ of: 'outputs', id, name, customerId, partition, causedBy: metadata?.causationId });
  return undefined;
}

/** Fields can be told once the outputs were made another time, whole. */
async function tellFields(
  { outputNamespace, tally, makeWhole }: OutputComparison,
  different: readonly Different[],
): Promise<void> {
  if (different.length === 0) return;
  const whole = await makeWhole(new Set(different.map(({ subject }) => subject.id)));
  for (const { subject, then } of different) {
    const again = whole.get(subject.id);
    // A handler that makes something else each time: that it differs is known all the same.
    const fields = again ? fieldDifferences(then, comparable(again, outputNamespace)) : [];
    tally.different(
      subject,
      fields.filter(({ path }) => isCompared(path, then)),
    );
  }
}
