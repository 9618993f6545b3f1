import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  type Catalogue,
  type Envelope,
  type MessageDefinition,
  messageHeaders,
  readMessage,
  topicOf,
  writeMessage,
} from '@aika/contracts';
import { type MessageLog, partitionFor, type RecordWriter } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import { GatewaySettings } from '../gateway.settings.js';
import { rejectViolations } from '../http/problem.js';
import type { TraceContext } from '../http/trace-context.js';
import type { ProducedAnswer } from './topic-answers.js';

/** Writes whole messages for programs that have no Kafka client: checked, keyed and placed as the system's own. */
@Injectable()
export class MessageProducer implements OnApplicationShutdown {
  private writer: Promise<RecordWriter> | undefined;

  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
  ) {}

  /**
   * Resolves when the message is durable. The same messageId and content is handled once.
   *
   * @throws ProblemError `invalid-request` with every violation; ContractError; LogError
   */
  async produce(name: string, body: object, trace: TraceContext): Promise<ProducedAnswer> {
    const { envelope, definition } = this.read(body, trace);
    const place = this.catalogue.topicFor(definition, envelope.priority);
    if (place !== name) {
      const expected = `a message of ${name}; ${definition.type} of priority ${envelope.priority} goes to ${place}`;
      rejectViolations([{ path: '/messageType', expected, found: definition.type }]);
    }
    const topic = topicOf(this.settings.namespace, name);
    const key = definition.key(envelope.payload);
    const partition = partitionFor(key, await this.log.partitionCount(topic));
    const value = writeMessage(envelope);
    const writer = await this.ready();
    const [position] = await writer.send([
      { topic, partition, key, value, headers: messageHeaders(envelope, definition) },
    ]);
    return { messageId: envelope.messageId, topic: name, partition, offset: position?.offset ?? -1 };
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.writer)?.close();
  }

  private read(
    body: object,
    { traceId, traceparent }: TraceContext,
  ): { envelope: Envelope; definition: MessageDefinition } {
    const read = readMessage(JSON.stringify(body), {
      catalogue: this.catalogue,
      receivedAt: new Date().toISOString(),
      fallbackMessageId: `msg-${randomUUID()}`,
    });
    if (!read.ok) throw read.error;
    const { envelope, definition } = read;
    return {
      definition,
      envelope: { ...envelope, metadata: { traceId, traceparent, ...envelope.metadata } },
    };
  }

  private ready(): Promise<RecordWriter> {
    this.writer ??= this.log.createWriter().catch((error: unknown) => {
      this.writer = undefined;
      throw error;
    });
    return this.writer;
  }
}
