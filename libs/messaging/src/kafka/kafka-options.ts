import type { Compression } from './wire/compression.js';

export interface KafkaLogger {
  warn(message: string, details: Readonly<Record<string, unknown>>): void;
}

/** How much is written and read at once. What each setting does: docs/guides/settings.md. */
export interface KafkaTuning {
  /** Of batches of 8 KiB and more, by every writer of this log. Default zstd. */
  readonly compression: Compression;
  /** How long the idempotent writer waits for more to write, in milliseconds. Default 0. */
  readonly lingerMs: number;
  /** Bytes of one partition's records in one batch, before compression. Default 1,000,000. */
  readonly maxBatchBytes: number;
  /** Bytes of one fetch answer over all partitions of a broker. Default 8 MiB. */
  readonly fetchMaxBytes: number;
  /** Bytes of one partition in a fetch answer. Default 1 MiB. */
  readonly fetchMaxBytesPerPartition: number;
  /** How long a broker holds back an answer without records, in milliseconds. Default 250. */
  readonly fetchWaitMs: number;
  /** Bytes of keys, values and headers that a group member keeps before it pauses fetching. Default 32 MiB. */
  readonly maxBufferedBytes: number;
}

export const DEFAULT_TUNING: KafkaTuning = {
  compression: 'zstd',
  lingerMs: 0,
  maxBatchBytes: 1_000_000,
  fetchMaxBytes: 8 * 1024 * 1024,
  fetchMaxBytesPerPartition: 1024 * 1024,
  fetchWaitMs: 250,
  maxBufferedBytes: 32 * 1024 * 1024,
};

export interface KafkaLogOptions extends Partial<KafkaTuning> {
  /** `host:port` of one or more brokers to start from. */
  readonly brokers: readonly string[];
  /** Shown by the brokers in their logs and group descriptions. */
  readonly clientId: string;
  /** Told of lost connections and the like; silent by default. */
  readonly logger?: KafkaLogger;
  /** Milliseconds after which a request without an answer has failed; 10,000 by default. */
  readonly requestTimeoutMs?: number;
  /** Greatest size of a record in bytes; at most the topics' `max.message.bytes`. 1,000,000. */
  readonly maxRecordBytes?: number;
}

/** The part of an agent's settings that its log is made of. */
export interface KafkaSettings extends KafkaTuning {
  readonly brokers: readonly string[];
  readonly instanceId: string;
}

/** An agent's settings as options of its log: the instance is what the brokers know the client by. */
export function kafkaOptionsOf(settings: KafkaSettings): KafkaLogOptions {
  return { ...tuningOf(settings), brokers: settings.brokers, clientId: settings.instanceId };
}

/** Every tuning value, given or default, and nothing else. */
export function tuningOf(given: Partial<KafkaTuning>): KafkaTuning {
  return {
    compression: given.compression ?? DEFAULT_TUNING.compression,
    lingerMs: given.lingerMs ?? DEFAULT_TUNING.lingerMs,
    maxBatchBytes: given.maxBatchBytes ?? DEFAULT_TUNING.maxBatchBytes,
    fetchMaxBytes: given.fetchMaxBytes ?? DEFAULT_TUNING.fetchMaxBytes,
    fetchMaxBytesPerPartition: given.fetchMaxBytesPerPartition ?? DEFAULT_TUNING.fetchMaxBytesPerPartition,
    fetchWaitMs: given.fetchWaitMs ?? DEFAULT_TUNING.fetchWaitMs,
    maxBufferedBytes: given.maxBufferedBytes ?? DEFAULT_TUNING.maxBufferedBytes,
  };
}
