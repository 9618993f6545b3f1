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
import type { LogRecord, MessageLog, RecordWriter } from '../ports/index.js';
import { MessageOutbox } from '../runtime/message-outbox.js';
import { DEFAULT_DELIVERY } from '../runtime/runtime-options.js';

export interface SenderOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
  readonly sourceAgentId: string;
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

/** One message of a batch to send. */
export interface OutgoingMessage extends SendOptions {
  readonly definition: MessageDefinition;
  readonly payload: object;
}

/** The edge of the system: sends validated messages, acknowledged by all in-sync replicas. */
export class MessageSender {
  private readonly counts = new Map<string, number>();
  private readonly outbox: MessageOutbox;

  private constructor(
    private readonly options: SenderOptions,
    private readonly writer: RecordWriter,
  ) {
    this.outbox = new MessageOutbox({
      sourceAgentId: options.sourceAgentId,
      namespace: options.namespace,
      maxRecordBytes: DEFAULT_DELIVERY.maxRecordBytes,
      partitionCount: (topic) => this.counts.get(topic) ?? 0,
    });
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
    for (const { definition } of messages) await this.learn(definition);
    const ids: string[] = [];
    const records = messages.flatMap(({ definition, payload, ...options }) => {
      const messageId = options.messageId ?? `msg-${randomUUID()}`;
      ids.push(messageId);
      return this.outbox.records(definition, payload, {
        messageId,
        timestamp: options.timestamp ?? new Date().toISOString(),
        targetAgentId: options.targetAgentId === undefined ? ownerOf(definition) : options.targetAgentId,
        priority: options.priority ?? 'NORMAL',
        metadata: options.metadata ?? {},
      });
    });
    await this.writer.send(records);
    return ids;
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
      topics: [topicOf(this.options.namespace, 'events')],
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

  async close(): Promise<void> {
    await this.writer.close();
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

  private async learn(definition: MessageDefinition): Promise<void> {
    for (const name of [definition.topic, 'audit']) {
      const topic = topicOf(this.options.namespace, name);
      if (!this.counts.has(topic)) this.counts.set(topic, await this.options.log.partitionCount(topic));
    }
  }
}

function ownerOf(definition: MessageDefinition): string | null {
  return definition.kind === 'command' && definition.owner !== 'any' ? definition.owner : null;
}
