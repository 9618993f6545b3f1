import { it } from '@jest/globals';

import type { LogRecord, OutgoingRecord, TopicPartition, TopicPartitionOffset } from '../log-record.js';
import type {
  GroupMember,
  JoinOptions,
  Membership,
  MessageLog,
  Transaction,
  TransactionalWriter,
} from '../message-log.port.js';

/** Settings of a group in tests: changes are noticed within a fifth of a second. */
export function joinOptions(groupId: string, topics: readonly string[]): JoinOptions {
  return {
    groupId,
    topics,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 20_000,
    heartbeatIntervalMs: 200,
    maxBytesPerPartition: 1_048_576,
    maxBuffered: 1_000,
  };
}

/** Waits until a condition holds. @throws Error after 30 seconds */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`condition not met in time: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** All records of batches; `seen` is called after each batch with what has been found so far. */
export async function collect(
  batches: AsyncIterable<readonly LogRecord[]>,
  seen: (records: readonly LogRecord[]) => unknown = () => undefined,
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const batch of batches) {
    records.push(...batch);
    seen(records);
  }
  return records;
}

/** A member that is polled all the time, as a process would, with all records that it was given. */
export class PolledMember {
  readonly records: LogRecord[] = [];
  private failure: unknown;
  private paused = false;
  private stopped = false;
  private polling: Promise<void> = Promise.resolve();

  private constructor(readonly member: GroupMember) {
    this.resume();
  }

  static async join(log: MessageLog, options: JoinOptions): Promise<PolledMember> {
    return new PolledMember(await log.joinGroup(options));
  }

  get membership(): Membership | undefined {
    if (this.failure !== undefined) throw this.failure;
    return this.member.membership;
  }

  get owned(): readonly number[] {
    return this.membership?.partitions ?? [];
  }

  /** The membership, once there is one. */
  async stable(): Promise<Membership> {
    await until(() => this.membership !== undefined);
    return this.membership!;
  }

  /** Resolves when no poll is under way. */
  async pause(): Promise<void> {
    this.paused = true;
    this.member.wake();
    await this.polling;
  }

  resume(): void {
    this.paused = false;
    this.polling = this.polling.then(() => this.run());
  }

  /** Between two polls, as the port has it. */
  async rewind(positions: readonly TopicPartitionOffset[]): Promise<void> {
    await this.pause();
    await this.member.rewind(positions);
    this.resume();
  }

  async leave(): Promise<void> {
    this.stopped = true;
    await this.pause();
    await this.member.leave();
    if (this.failure !== undefined) throw this.failure;
  }

  private async run(): Promise<void> {
    try {
      while (!this.paused && !this.stopped) {
        this.records.push(...(await this.member.poll({ maxRecords: 100, waitMs: 200 })));
      }
    } catch (error) {
      if (!this.stopped) this.failure = error;
    }
  }
}

/** What an adapter has to bring for the suite. */
export interface MessageLogHarness {
  /** A new connection, as another process would have. The suite closes it. */
  log(clientId: string): MessageLog;
  /** A new topic's name. */
  createTopic(partitions: number): Promise<string>;
  /** Resolves when the group has given up the members of a connection, which could do nothing meanwhile. */
  outlastSession(clientId: string, sessionTimeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export const SUITE_TIMEOUT_MS = 60_000;

export function record(topic: string, partition: number, value: string): OutgoingRecord {
  return { topic, partition, key: `key of ${value}`, value };
}

/** What the rules share: connections that are closed after each of them, and the steps that they repeat. */
export class SuiteContext {
  harness: MessageLogHarness | undefined;
  private open: MessageLog[] = [];
  private ids = 0;

  /** A test whose connections are closed at its end. */
  readonly rule = (text: string, test: () => Promise<void>): void =>
    it(
      text,
      async () => {
        try {
          await test();
        } finally {
          const closing = this.open;
          this.open = [];
          await Promise.all(closing.map((log) => log.close()));
        }
      },
      SUITE_TIMEOUT_MS,
    );

  readonly createTopic = (partitions: number): Promise<string> => this.harness!.createTopic(partitions);

  readonly connect = (clientId = 'suite'): MessageLog => {
    const log = this.harness!.log(clientId);
    this.open.push(log);
    return log;
  };

  readonly unique = (what: string): string => `${what}-${process.pid}-${Date.now()}-${(this.ids += 1)}`;

  readonly transactional = (log: MessageLog, id = this.unique('tx')): Promise<TransactionalWriter> =>
    log.createTransactionalWriter({ transactionalId: id, transactionTimeoutMs: 20_000 });

  readonly send = async (records: readonly OutgoingRecord[]): Promise<void> => {
    const writer = await this.connect().createWriter();
    await writer.send(records);
    await writer.close();
  };

  readonly readAll = async (log: MessageLog, at: TopicPartition): Promise<LogRecord[]> => {
    const { start, end } = await log.offsets(at);
    return collect(log.read(at, { from: start, until: end }));
  };

  readonly inTransaction = async (
    writer: TransactionalWriter,
    work: (transaction: Transaction) => Promise<unknown>,
    end: 'commit' | 'abort' = 'commit',
  ): Promise<void> => {
    const transaction = await writer.begin();
    await work(transaction);
    await transaction[end]();
  };
}
