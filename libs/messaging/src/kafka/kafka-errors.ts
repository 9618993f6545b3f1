import kafkajs from 'kafkajs';

import { LogError } from '../ports/index.js';

/** Error codes of the Kafka protocol that this adapter tells apart. */
export const KAFKA_ERRORS = {
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  LEADER_NOT_AVAILABLE: 5,
  NOT_LEADER_OR_FOLLOWER: 6,
  REQUEST_TIMED_OUT: 7,
  BROKER_NOT_AVAILABLE: 8,
  REPLICA_NOT_AVAILABLE: 9,
  MESSAGE_TOO_LARGE: 10,
  NETWORK_EXCEPTION: 13,
  COORDINATOR_LOAD_IN_PROGRESS: 14,
  COORDINATOR_NOT_AVAILABLE: 15,
  NOT_COORDINATOR: 16,
  RECORD_LIST_TOO_LARGE: 18,
  NOT_ENOUGH_REPLICAS: 19,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: 20,
  ILLEGAL_GENERATION: 22,
  UNKNOWN_MEMBER_ID: 25,
  REBALANCE_IN_PROGRESS: 27,
  INVALID_TIMESTAMP: 32,
  UNSUPPORTED_FOR_MESSAGE_FORMAT: 43,
  POLICY_VIOLATION: 44,
  DUPLICATE_SEQUENCE_NUMBER: 46,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  CONCURRENT_TRANSACTIONS: 51,
  KAFKA_STORAGE_ERROR: 56,
  FENCED_LEADER_EPOCH: 74,
  UNKNOWN_LEADER_EPOCH: 75,
  OFFSET_NOT_AVAILABLE: 78,
  MEMBER_ID_REQUIRED: 79,
  FENCED_INSTANCE_ID: 82,
  INVALID_RECORD: 87,
  UNSTABLE_OFFSET_COMMIT: 88,
  PRODUCER_FENCED: 90,
} as const;

const NAMES = new Map<number, string>(Object.entries(KAFKA_ERRORS).map(([name, code]) => [code, name]));

const E = KAFKA_ERRORS;

/** The partition's leader has moved, or nobody leads it at the moment: look again and repeat. */
const LEADERSHIP = new Set<number>([
  E.UNKNOWN_TOPIC_OR_PARTITION,
  E.LEADER_NOT_AVAILABLE,
  E.NOT_LEADER_OR_FOLLOWER,
  E.REPLICA_NOT_AVAILABLE,
  E.KAFKA_STORAGE_ERROR,
  E.FENCED_LEADER_EPOCH,
  E.UNKNOWN_LEADER_EPOCH,
  E.OFFSET_NOT_AVAILABLE,
]);

/** The coordinator has moved or is not ready. */
const COORDINATION = new Set<number>([
  E.COORDINATOR_LOAD_IN_PROGRESS,
  E.COORDINATOR_NOT_AVAILABLE,
  E.NOT_COORDINATOR,
]);

const TRANSIENT = new Set<number>([
  ...LEADERSHIP,
  ...COORDINATION,
  E.CORRUPT_MESSAGE,
  E.REQUEST_TIMED_OUT,
  E.BROKER_NOT_AVAILABLE,
  E.NETWORK_EXCEPTION,
  E.NOT_ENOUGH_REPLICAS,
  E.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  E.CONCURRENT_TRANSACTIONS,
  E.UNSTABLE_OFFSET_COMMIT,
]);

/** Another member, generation or producer is in charge now. */
const FENCING = new Set<number>([
  E.ILLEGAL_GENERATION,
  E.UNKNOWN_MEMBER_ID,
  E.REBALANCE_IN_PROGRESS,
  E.FENCED_INSTANCE_ID,
  E.INVALID_PRODUCER_EPOCH,
  E.PRODUCER_FENCED,
]);

/**
 * The broker refuses what is in a record; the same bytes are refused again. Not UNSUPPORTED_COMPRESSION_TYPE: that
 * is a setting of the writer, and every record of it would be taken for the culprit.
 */
const REFUSED = [E.INVALID_TIMESTAMP, E.UNSUPPORTED_FOR_MESSAGE_FORMAT, E.POLICY_VIOLATION, E.INVALID_RECORD];

/** An error code that a broker answered with. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';

  constructor(
    readonly errorCode: number,
    readonly api: string,
  ) {
    super(`${api}: ${NAMES.get(errorCode) ?? `error code ${errorCode}`}`);
  }

  get transient(): boolean {
    return TRANSIENT.has(this.errorCode);
  }
}

/** @throws BrokerError unless the code is 0 */
export function assertNoError(errorCode: number, api: string): void {
  if (errorCode !== 0) throw new BrokerError(errorCode, api);
}

export function isLeadership(errorCode: number): boolean {
  return LEADERSHIP.has(errorCode);
}

export function isTransient(error: unknown): boolean {
  if (error instanceof LogError) return error.retriable && error.code === 'UNAVAILABLE';
  return error instanceof BrokerError ? error.transient : isTransport(error);
}

export function isCoordination(error: unknown): boolean {
  return error instanceof BrokerError ? COORDINATION.has(error.errorCode) : isTransport(error);
}

export function isFencing(error: unknown): boolean {
  return error instanceof BrokerError && FENCING.has(error.errorCode);
}

export function hasErrorCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof BrokerError && codes.includes(error.errorCode);
}

/** No answer: the request may have been carried out or not. */
export function isTransport(error: unknown): boolean {
  return (
    error instanceof kafkajs.KafkaJSConnectionError ||
    error instanceof kafkajs.KafkaJSRequestTimeoutError ||
    error instanceof kafkajs.KafkaJSLockTimeout
  );
}

/** An error of the client or a broker in the terms of the port. */
export function toLogError(error: unknown, what: string): LogError {
  if (error instanceof LogError) return error;
  const options = { cause: error };
  if (isFencing(error)) return new LogError('FENCED', `${what}: taken over by another`, false, options);
  if (hasErrorCode(error, E.MESSAGE_TOO_LARGE, E.RECORD_LIST_TOO_LARGE)) {
    return new LogError('RECORD_TOO_LARGE', `${what}: refused by the broker as too large`, false, options);
  }
  if (hasErrorCode(error, ...REFUSED)) {
    return new LogError(
      'RECORD_REFUSED',
      `${what}: refused by the broker (${describe(error)})`,
      false,
      options,
    );
  }
  if (hasErrorCode(error, E.UNKNOWN_TOPIC_OR_PARTITION)) {
    return new LogError('UNKNOWN_TOPIC', `${what}: unknown topic or partition`, false, options);
  }
  if (hasErrorCode(error, E.OFFSET_OUT_OF_RANGE)) {
    return new LogError('OFFSET_OUT_OF_RANGE', `${what}: the offset is not in the log`, false, options);
  }
  return new LogError('UNAVAILABLE', `${what}: ${describe(error)}`, isTransient(error), options);
}

export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
