import { setTimeout as sleep } from 'node:timers/promises';
import {
  catalogue,
  type Envelope,
  type MessageDefinition,
  messageHeaders,
  type Priority,
  topicOf,
  writeMessage,
} from '@aika/contracts';
import { type MessageLog, type OutgoingRecord, partitionFor, type RuntimeLogger } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { createTopics } from '@aika/testing';
import { openViews, type ViewsDatabase } from '@aika/views';
import { Projector, type ProjectorOptions } from './projector.js';
import { RecordReader } from './record-reader.js';

const PARTITIONS = 4;

export const silent: RuntimeLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Sent<P extends object = object> {
  readonly id?: string;
  readonly payload?: Partial<P>;
  readonly priority?: Priority;
  readonly headers?: Readonly<Record<string, string>>;
  /** The customer's own unless said. */
  readonly partition?: number;
}

/** Topics of their own on the real cluster, and projectors on them. */
export class ProjectorWorld {
  readonly log: MessageLog;
  private readonly projectors: Projector[] = [];
  private readonly opened: { destroy(): Promise<void> }[] = [];
  private readonly logs: MessageLog[] = [];
  private sent = 0;

  private constructor(
    private readonly brokers: readonly string[],
    readonly namespace: string,
  ) {
    this.log = createKafkaLog({ brokers: [...brokers], clientId: namespace });
  }

  static async create(name: string): Promise<ProjectorWorld> {
    const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
    const namespace = `${name}-${Date.now().toString(36)}`;
    await createTopics({ brokers, environment: 'test', namespace, stageTopics: [] });
    return new ProjectorWorld(brokers, namespace);
  }

  reader(): RecordReader {
    return new RecordReader({ catalogue, namespace: this.namespace });
  }

  database(url: string): ViewsDatabase {
    const db = openViews(url, { maxConnections: 4, connectTimeoutMs: 1000, statementTimeoutMs: 20_000 });
    this.opened.push(db);
    return db;
  }

  /** A running projector with connections of its own. */
  projector(url: string, options: Partial<ProjectorOptions> = {}): Projector {
    const log = createKafkaLog({ brokers: [...this.brokers], clientId: `${this.namespace}-projector` });
    this.logs.push(log);
    const projector = new Projector({
      log,
      db: this.database(url),
      reader: this.reader(),
      namespace: this.namespace,
      logger: silent,
      batchSize: 500,
      sessionTimeoutMs: 6000,
      ...options,
    });
    this.projectors.push(projector);
    projector.start();
    return projector;
  }

  /** The record of a message, by its example. */
  record<P extends object>(definition: MessageDefinition<string, P>, sent: Sent<P> = {}): OutgoingRecord {
    const payload = { ...definition.example, ...sent.payload };
    const envelope: Envelope = {
      messageId: sent.id ?? `msg-${(this.sent += 1)}`,
      timestamp: '2026-03-02T09:00:00Z',
      sourceAgentId: definition.owner,
      targetAgentId: null,
      messageType: definition.type,
      priority: sent.priority ?? 'NORMAL',
      schemaVersion: definition.version,
      payload: payload as Record<string, unknown>,
      metadata: {},
    };
    const key = definition.key(payload);
    return {
      topic: topicOf(this.namespace, catalogue.topicFor(definition, envelope.priority)),
      partition: sent.partition ?? partitionFor(key, PARTITIONS),
      key,
      value: writeMessage(envelope),
      headers: { ...messageHeaders(envelope, definition), ...sent.headers },
    };
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    const writer = await this.log.createWriter();
    await writer.send(records);
    await writer.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.projectors.map((projector) => projector.stop()));
    await Promise.all([this.log, ...this.logs].map((log) => log.close()));
    await Promise.all(this.opened.map((db) => db.destroy()));
  }
}

/** Asks again until the answer is right; the last answer is the failure's message. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  isRight: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await Promise.resolve(ask()).catch((error: unknown) => error as T);
    if (!(answer instanceof Error) && isRight(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not in time: ${JSON.stringify(answer)} ${String(answer)}`);
    await sleep(100);
  }
}

/** How many rows tables have. */
export async function countsOf(
  db: ViewsDatabase,
  tables: readonly ('events' | 'commands' | 'claims' | 'customers' | 'claim_payments')[],
): Promise<readonly number[]> {
  return Promise.all(
    tables.map(async (table) => {
      const row = await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    }),
  );
}
