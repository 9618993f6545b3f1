import { hash } from 'node:crypto';
import { HandlerError } from '../agent/handler-error.js';
import type { LogRecord } from '../ports/index.js';
import type { PartitionPart } from './batch.js';
import { codeOf, messageOf } from './dead-letter.js';
import {
  decodeRecord,
  encodeRecord,
  type ParkedKey,
  parkedKey,
  waitingCount,
  waitingKey,
} from './parked-key.js';

export interface ParkingSettings {
  /** Tries of a parked message that fails with a retriable error; then it goes to the dead letters. Default 12. */
  readonly parkedAttempts: number;
  /** The same for errors of unknown kind: most are faults of the program. Default 4. */
  readonly parkedAttemptsUnknown: number;
  /** Wait before the first try of a parked message, milliseconds; doubles, a fifth more or less. Default 500. */
  readonly parkedBackoffMs: number;
  /** Longest wait between two tries, milliseconds. Default 300,000. */
  readonly parkedMaxBackoffMs: number;
  /** Messages that may wait behind a failing one of the same customer. Default 1000. */
  readonly parkedMaxWaiting: number;
}

const LONGEST_REASON = 300;
const JITTER = 0.2;

/**
 * Keys whose first message failed: their later messages wait behind it in order, in state, while all other keys
 * go on. Works on a batch's overlay: parking commits or falls with the batch.
 */
export class KeyParking {
  constructor(private readonly settings: ParkingSettings) {}

  /** The parked key of a customer, this batch's own changes included. */
  find(part: PartitionPart, customerId: string): ParkedKey | undefined {
    if (!part.mayHaveParked) return undefined;
    const text = part.overlay.get(parkedKey(customerId));
    return text === undefined ? undefined : (JSON.parse(text) as ParkedKey);
  }

  /** Parks a customer whose message has failed in place. */
  park(part: PartitionPart, customerId: string, record: LogRecord, error: unknown, now: number): void {
    const head = { customerId, since: now, attempts: 0, dueAt: now, code: '', reason: '', first: 1, last: 1 };
    part.overlay.set(waitingKey(customerId, 1), encodeRecord(record));
    this.failed(part, head, error, now);
  }

  /** Puts a message behind the others. @returns false when as many wait as may */
  enqueue(part: PartitionPart, head: ParkedKey, record: LogRecord): boolean {
    if (waitingCount(head) >= this.settings.parkedMaxWaiting) return false;
    const last = head.last + 1;
    part.overlay.set(waitingKey(head.customerId, last), encodeRecord(record));
    this.put(part, { ...head, last });
    return true;
  }

  /** The message at the head. */
  peek(part: PartitionPart, { customerId, first }: ParkedKey): LogRecord | undefined {
    const text = part.overlay.get(waitingKey(customerId, first));
    return text === undefined ? undefined : decodeRecord(text);
  }

  /** Takes the head's message away. @returns the key with the next message at its head; undefined = no more */
  shift(part: PartitionPart, head: ParkedKey, now: number): ParkedKey | undefined {
    part.overlay.set(waitingKey(head.customerId, head.first), null);
    if (waitingCount(head) <= 1) {
      part.overlay.set(parkedKey(head.customerId), null);
      return undefined;
    }
    const next = { ...head, first: head.first + 1, attempts: 0, since: now, dueAt: now };
    this.put(part, next);
    return next;
  }

  /** Notes a failed try and when the next is due. */
  failed(part: PartitionPart, head: ParkedKey, error: unknown, now: number): void {
    const attempts = head.attempts + 1;
    this.put(part, {
      ...head,
      attempts,
      dueAt: now + this.backoff(head, attempts),
      code: codeOf(error),
      reason: reasonOf(error),
    });
  }

  /** Whether a message that has failed this often is out of attempts. */
  isExhausted(attempts: number, error: unknown): boolean {
    const { parkedAttempts, parkedAttemptsUnknown } = this.settings;
    return attempts >= (error instanceof HandlerError ? parkedAttempts : parkedAttemptsUnknown);
  }

  /** Makes the head due now. */
  release(part: PartitionPart, head: ParkedKey, now: number): void {
    this.put(part, { ...head, dueAt: now });
  }

  private put(part: PartitionPart, head: ParkedKey): void {
    part.parks = true;
    part.overlay.set(parkedKey(head.customerId), JSON.stringify(head));
  }

  /** Exponential, with a jitter that differs from key to key and is the same in a second run. */
  private backoff({ customerId }: ParkedKey, attempts: number): number {
    const { parkedBackoffMs, parkedMaxBackoffMs } = this.settings;
    const base = Math.min(parkedMaxBackoffMs, parkedBackoffMs * 2 ** Math.min(attempts - 1, 30));
    const share = parseInt(hash('sha256', `${customerId}/${attempts}`).slice(0, 8), 16) / 0xffffffff;
    return Math.round(base * (1 - JITTER + 2 * JITTER * share));
  }
}

function reasonOf(error: unknown): string {
  return messageOf(error).slice(0, LONGEST_REASON);
}
