import { randomUUID } from 'node:crypto';
import {
  type Catalogue,
  type Envelope,
  type MessageDefinition,
  type Metadata,
  type PayloadOf,
  topicOf,
} from '@aika/contracts';
import { AskCancelledError } from './ask-error.js';
import type { MessageLog, OutgoingRecord, RecordWriter, TopicPartitionOffset } from '../ports/index.js';
import { DeliveryQueue, type DeliveryReport, type QueueLimits } from './delivery-queue.js';
import { PendingReplies } from './pending-replies.js';
import { ReplyReader } from './reply-reader.js';
import { MessageOutbox } from '../runtime/message-outbox.js';
import { DEFAULT_DELIVERY } from '../runtime/runtime-options.js';

export interface SenderOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
  readonly sourceAgentId: string;
  /** Bounds of what `enqueue` takes before it is delivered. Default 10,000 messages, 32 MiB of payloads. */
  readonly queue?: Partial<QueueLimits>;
  /** Asks that wait for their answers at the same time. Default 1000. */
  readonly maxPendingAsks?: number;
  /** Milliseconds since 1970 UTC; the time of a message that names none. Default: the system's clock. */
  readonly clock?: () => number;
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
  /** Called when the message is durable, with its place; offset -1 where the log does not know it any more. */
  readonly onSent?: (at: TopicPartitionOffset) => void;
}

export interface EnqueueOptions extends Omit<SendOptions, 'onSent'> {
  /** Called once, when the message is durable or has failed for good. What it throws ends up in `flush()`. */
  readonly onDelivery?: (report: DeliveryReport) => void;
}

export interface AskFromOutsideOptions<R extends MessageDefinition = MessageDefinition> extends SendOptions {
  /** How long an answer is waited for, milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** What counts as the answer. Default: any event of the asked agent. */
  readonly replies?: readonly R[];
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** Called before the answer. Not called = nobody knows whether the command was taken. */
  readonly onSent?: (at: TopicPartitionOffset) => void;
  /** Called before the ask resolves, with the position of the answer: what has read past it knows the answer. */
  readonly onAnswer?: (at: TopicPartitionOffset) => void;
}

const DEFAULT_ASK_TIMEOUT_MS = 10_000;
const DEFAULT_PENDING_ASKS = 1000;
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
  private readonly pending: PendingReplies;
  private readonly replies: ReplyReader;

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
    this.pending = new PendingReplies(options.catalogue, options.maxPendingAsks ?? DEFAULT_PENDING_ASKS);
    this.replies = new ReplyReader({
      log: options.log,
      topics: options.catalogue.eventTopics().map((name) => topicOf(options.namespace, name)),
      onRecord: (record) => this.pending.take(record),
      waitingSince: () => this.pending.since,
      onEnd: (error) => this.pending.failAll(() => error),
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
    for (const message of messages) await this.learn(message);
    const drafted = messages.map((message) => this.draft(message));
    const records = drafted.map((draft) => draft.records());
    const places = await this.writer.send(records.flat());
    let first = 0;
    for (const [n, { onSent }] of messages.entries()) {
      const at = places[first];
      if (at) onSent?.(at);
      first += records[n]?.length ?? 0;
    }
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
   * Sends a command and waits for the first event of the asked agent that belongs to it, or the first of `replies`,
   * which other agents may give too: a quote follows from an assessment.
   * Answers come to this process, whichever others ask as well.
   *
   * @throws AskRefusedError with the refusal's code; AskTimeoutError; AskCancelledError when the signal aborts;
   * TooManyAsksError; and what `send` throws
   */
  async ask<R extends MessageDefinition = MessageDefinition>(
    definition: MessageDefinition,
    payload: object,
    {
      signal,
      timeoutMs = DEFAULT_ASK_TIMEOUT_MS,
      replies,
      onSent,
      onAnswer,
      ...options
    }: AskFromOutsideOptions<R> = {},
  ): Promise<Envelope<PayloadOf<R>>> {
    this.assertReadable(replies);
    this.outbox.assertValid(definition, payload);
    const askId = options.messageId ?? `msg-${randomUUID()}`;
    const target = options.targetAgentId === undefined ? ownerOf(definition) : options.targetAgentId;
    const askedAgentId = target ?? undefined;
    const answer = this.pending.expect({ askId, askedAgentId, replies, timeoutMs, signal, onAnswer });
    this.sendWhenRead(definition, payload, {
      ...options,
      ...(onSent && { onSent }),
      messageId: askId,
      metadata: { ...options.metadata, requestId: askId },
    }).catch((error: unknown) => this.pending.fail(askId, error));
    return (await answer) as Envelope<PayloadOf<R>>;
  }

  /** Delivers what was enqueued, then closes. @throws what an `onDelivery` has thrown */
  async close(): Promise<void> {
    try {
      await this.queue.flush();
    } finally {
      this.pending.failAll((askId) => new AskCancelledError(askId));
      await this.replies.close();
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
      timestamp: options.timestamp ?? new Date((this.options.clock ?? Date.now)()).toISOString(),
      targetAgentId: options.targetAgentId === undefined ? ownerOf(definition) : options.targetAgentId,
      priority: options.priority ?? 'NORMAL',
      metadata: options.metadata ?? {},
    } as const;
    return { messageId, records: () => this.outbox.records(definition, payload, draft) };
  }

  /** @throws TypeError for an answer that would come where nobody reads */
  private assertReadable(replies: readonly MessageDefinition[] = []): void {
    const { catalogue } = this.options;
    const read = catalogue.eventTopics();
    for (const definition of replies) {
      const topic = catalogue.topicFor(definition, 'NORMAL');
      if (read.includes(topic)) continue;
      throw new TypeError(
        `${definition.type} goes to ${topic}: an ask from outside is answered on ${read.join(', ')}.`,
      );
    }
  }

  private async sendWhenRead(
    definition: MessageDefinition,
    payload: object,
    options: SendOptions & { readonly messageId: string },
  ): Promise<void> {
    await Promise.all([this.replies.ready(), this.learn({ definition, ...options })]);
    // Given up meanwhile: what nobody waits for any more is not sent.
    if (!this.pending.has(options.messageId)) return;
    await this.send(definition, payload, options);
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
