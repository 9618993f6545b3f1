import type { FieldDifference } from './field-differences.js';

/** What is compared with the record, one by one. */
export const COMPARED = ['inputs', 'outputs', 'deadLetters', 'effects', 'states'] as const;
export type Compared = (typeof COMPARED)[number];

export interface ComparisonCounts {
  readonly same: number;
  /** Made again with another content. */
  readonly different: number;
  /** On the record, and not made again. */
  readonly missing: number;
  /** Made now, and not on the record. */
  readonly extra: number;
}

export interface ReplayDifference {
  readonly of: Compared;
  readonly verdict: Exclude<keyof ComparisonCounts, 'same'>;
  /** Of the message or dead letter; the idempotency key of an effect; a state's key in the changelog. */
  readonly id: string;
  /** Message type, effect, or store. */
  readonly name: string;
  readonly customerId: string;
  readonly partition: number;
  /** The handled message from which it follows, where one is known. */
  readonly causedBy?: string;
  /** Values only where they were asked for. */
  readonly fields: readonly FieldDifference[];
}

export interface PartitionReport {
  readonly partition: number;
  /** RFC 3339 UTC: when the first and the last replayed transaction had been handled. */
  readonly from: string;
  readonly until: string;
  readonly messages: number;
  readonly timers: number;
  readonly effects: number;
}

export interface ReplayReport {
  readonly agentId: string;
  /** Whose history it is, and where what was made again has been written, if anywhere. */
  readonly namespace: string;
  readonly writtenTo?: string;
  /** No difference, and all of it was replayed. */
  readonly isSame: boolean;
  /** Stopped before its end: partitions that are not listed were not compared. */
  readonly isInterrupted: boolean;
  readonly partitions: readonly PartitionReport[];
  readonly compared: Readonly<Record<Compared, ComparisonCounts>>;
  /** All of them. */
  readonly differenceCount: number;
  /** The first of them, as many as were asked for. */
  readonly differences: readonly ReplayDifference[];
  /** What limits this replay: where history begins, what could not be compared. */
  readonly notes: readonly string[];
  /** From the call to the report, milliseconds. */
  readonly tookMs: number;
  /** Greatest resident memory of the process, megabytes. */
  readonly peakMemoryMb: number;
}

export interface ReplayProgress {
  readonly partition: number;
  /** Steps of all partitions: messages, timers, effects. */
  readonly done: number;
  readonly of: number;
}
