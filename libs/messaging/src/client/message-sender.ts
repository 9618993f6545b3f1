import { randomUUID } from 'node:crypto';
import {
  type Catalogue,
  CommandRejected,
  type Envelope,
  type MessageDefinition,
  type Metadata,
  readMessage,
  topicOf,
} from '@aika/contracts';
import { TerminalError } from '../agent/handler-error.js';
import type { LogRecord, MessageLog, OutgoingRecord, RecordWriter } from '../ports/index.js';
import { DeliveryQueue, type DeliveryReport, type QueueLimits } from './delivery-queue.js';
import { MessageOutbox } from '../runtime/message-outbox.js';
import { DEFAULT_DELIVERY } from '../runtime/runtime-options.js';

export interface SenderOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
  readonly sourceAgentId: string;
  /** Bounds of what `enqueue` takes before it is delivered. Default 10,000 messages, 32 MiB of payloads. */
  readonly queue?: Partial<QueueLimits>;
}

export interface SendOptions {
  /** A retry under the same id is handled once. Default: a new id. */
  readonly messageId?: string;
  /** RFC 3339 UTC. Default: now. */
  readonly timestamp?: string;
  readonly priority?: Envelope['priority'];
  /** Default: the command's owner; null for an event. */
  readonly targetAgentId?: string | null;
  readonly metadata?: Metadata;
}

export interface EnqueueOptions extends SendOptions {
  /** Called once, when the message is durable or has failed for good. What it throws ends up in `flush()`. */
  readonly onDelivery?: (report: DeliveryReport) => void;
}

const DEFAULT_QUEUE: QueueLimits = { maxMessages: 10_000, maxBytes: 32 * 1024 * 1024 };

/** One message of a batch to send. */
export interface OutgoingMessage extends SendOptions {
  readonly definition: MessageDefinition;
  readonly payload: object;
}

/** The edge of the system: sends validated messages, acknowledged by all in-sync replicas. */
export class MessageSender {
  private readonly counts = new Map<string, number>();
  private readonly outbox: MessageOutbox;
  private readonly queue: DeliveryQueue;

  private constructor(
    private readonly options: SenderOptions,
    private readonly writer: RecordWriter,
  ) {
    this.outbox = new MessageOutbox({
      sourceAgentId: options.sourceAgentId,
      catalogue: options.catalogue,
      namespace: options.namespace,
      maxRecordBytes: DEFAULT_DELIVERY.maxRecordBytes,
      partitionCount: (topic) => this.counts.get(topic) ?? 0,
    });
    this.queue = new DeliveryQueue(writer, { ...DEFAULT_QUEUE, ...options.queue });
  }

  static async create(options: SenderOptions): Promise<MessageSender> {
    return new MessageSender(options, await options.log.createWriter());
  }

  /**
   * Resolves with the message's id when it is durable.
   * @throws TerminalError `INVALID_OUTPUT`, `OUTPUT_TOO_LARGE`; LogError when the log does not take it
   */
  async send(definition: MessageDefinition, payload: object, options: SendOptions = {}): Promise<string> {
    const [id] = await this.sendAll([{ definition, payload, ...options }]);
    return id as string;
  }

  /** Sends messages in one go, in order per customer. @returns their ids */
  async sendAll(messages: readonly OutgoingMessage[]): Promise<readonly string[]> {
    for (const message of messages) await this.learn(message);
    const drafted = messages.map((message) => this.draft(message));
    await this.writer.send(drafted.flatMap(({ records }) => records()));
    return drafted.map(({ messageId }) => messageId);
  }

  /**
   * Takes a message for delivery and returns its id at once. Messages are sent in the order in which they were
   * enqueued, many in a request; `onDelivery` tells what became of each. A message that can never be written for
   * its size is reported, not thrown.
   *
   * @throws TerminalError `INVALID_OUTPUT`; QueueFullError when too much waits: `await flush()` and try again
   */
  enqueue(definition: MessageDefinition, payload: object, options: EnqueueOptions = {}): string {
    this.outbox.assertValid(definition, payload);
    const { messageId, records } = this.draft({ definition, payload, ...options });
    this.queue.add({
      messageId,
      records: async () => {
        await this.learn({ definition, ...options });
        return records();
      },
      bytes: Buffer.byteLength(JSON.stringify(payload)),
      onDelivery: options.onDelivery,
    });
    return messageId;
  }

  /** Resolves when everything that was enqueued has been reported. @throws what an `onDelivery` has thrown */
  async flush(): Promise<void> {
    await this.queue.flush();
  }

  /**
   * Sends a command and waits for the first event that it directly caused. Where the command is refused the
   * refusal is thrown.
   *
   * @throws TerminalError with the refusal's code, or `ASK_CANCELLED` when the signal ends the wait
   */
  async ask(
    definition: MessageDefinition,
    payload: object,
    options: SendOptions & { readonly signal: AbortSignal },
  ): Promise<Envelope> {
    const messageId = options.messageId ?? `msg-${randomUUID()}`;
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const ready = Promise.withResolvers<void>();
    const records = this.options.log.follow({
      topics: this.options.catalogue.eventTopics().map((name) => topicOf(this.options.namespace, name)),
      from: 'end',
      signal,
      onReady: ready.resolve,
    });
    const answer = this.firstCausedBy(messageId, records);
    try {
      await Promise.race([ready.promise, answer]);
      await this.send(definition, payload, { ...options, messageId });
      return await answer;
    } finally {
      stop.abort();
    }
  }

  /** Delivers what was enqueued, then closes. @throws what an `onDelivery` has thrown */
  async close(): Promise<void> {
    try {
      await this.queue.flush();
    } finally {
      await this.writer.close();
    }
  }

  /** Id and time are fixed here; the records can be made once the topics are known. */
  private draft({ definition, payload, ...options }: OutgoingMessage): {
    readonly messageId: string;
    readonly records: () => readonly OutgoingRecord[];
  } {
    const messageId = options.messageId ?? `msg-${randomUUID()}`;
    const draft = {
      messageId,
      timestamp: options.timestamp ?? new Date().toISOString(),
      targetAgentId: options.targetAgentId === undefined ? ownerOf(definition) : options.targetAgentId,
      priority: options.priority ?? 'NORMAL',
      metadata: options.metadata ?? {},
    } as const;
    return { messageId, records: () => this.outbox.records(definition, payload, draft) };
  }

  private async firstCausedBy(
    messageId: string,
    records: AsyncIterable<readonly LogRecord[]>,
  ): Promise<Envelope> {
    for await (const batch of records) {
      for (const record of batch) {
        const envelope = record.value && this.read(record);
        if (!envelope || envelope.metadata.causationId !== messageId) continue;
        if (envelope.messageType !== CommandRejected.type) return envelope;
        const { code, detail } = envelope.payload as { code: string; detail: string };
        throw new TerminalError(code, detail);
      }
    }
    throw new TerminalError('ASK_CANCELLED', 'The wait for an answer was ended.');
  }

  private read(record: LogRecord): Envelope | undefined {
    const result = readMessage(record.value as Buffer, {
      catalogue: this.options.catalogue,
      receivedAt: new Date(record.timestamp).toISOString(),
    });
    return result.ok ? result.envelope : undefined;
  }

  private async learn({ definition, priority = 'NORMAL' }: Pick<OutgoingMessage, 'definition' | 'priority'>) {
    for (const name of [this.options.catalogue.topicFor(definition, priority), 'audit']) {
      const topic = topicOf(this.options.namespace, name);
      if (!this.counts.has(topic)) this.counts.set(topic, await this.options.log.partitionCount(topic));
    }
  }
}

function ownerOf(definition: MessageDefinition): string | null {
  return definition.kind === 'command' && definition.owner !== 'any' ? definition.owner : null;
}
