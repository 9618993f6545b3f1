import type { Catalogue } from '@aika/contracts';
import type { EffectResult } from '../agent/index.js';
import { TerminalError } from '../agent/handler-error.js';
import type { LogRecord } from '../ports/index.js';
import type { Batch, PartitionPart } from './batch.js';
import { deadLetter } from './dead-letter.js';
import type { EffectOutcome } from './effect-runner.js';
import { type HandlingOptions, handleMessage } from './message-handling.js';
import { contentDigest, outputId } from './message-id.js';
import type { MessageOutbox } from './message-outbox.js';
import type { EffectEntry, TimerEntry } from './partition-state.js';
import type { Intake, RecordIntake } from './record-intake.js';
import type { RuntimeLogger } from './runtime-logger.js';

export interface ProcessorOptions extends HandlingOptions {
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly intake: RecordIntake;
  readonly outbox: MessageOutbox;
  readonly logger: RuntimeLogger;
  readonly clock: () => number;
}

type HandleIntake = Extract<Intake, { kind: 'handle' }>;

/** Adds records, due timers and effects' outcomes to a batch. Writes nothing itself. */
export class BatchProcessor {
  constructor(private readonly options: ProcessorOptions) {}

  async addRecord(batch: Batch, part: PartitionPart, record: LogRecord): Promise<void> {
    batch.advance(record);
    const intake = this.take(record);
    switch (intake.kind) {
      case 'skip':
        return;
      case 'forward':
        batch.outputs.push(intake.record);
        batch.forwarded++;
        return;
      case 'reject':
        this.giveUp(batch, record, intake.error, 1);
        return;
      case 'handle':
        return this.handle(batch, part, record, intake);
    }
  }

  private take(record: LogRecord): Intake {
    try {
      return this.options.intake.take(record);
    } catch (cause) {
      // A fault of ours on one record must not stop its partition for ever.
      return {
        kind: 'reject',
        error: new TerminalError('UNREADABLE', 'The record could not be read.', { cause }),
      };
    }
  }

  /** The timer's message goes to the agent itself through the log, and is handled when it comes back. */
  addTimer(batch: Batch, part: PartitionPart, key: string): void {
    const text = part.overlay.get(key);
    if (text === undefined) return;
    const entry = JSON.parse(text) as TimerEntry;
    part.overlay.set(key, null);
    const definition = this.options.catalogue.get(entry.messageType);
    if (!definition) {
      const { logger } = this.options;
      logger.error('timer of an unknown message type dropped', { messageType: entry.messageType, key });
      return;
    }
    const records = this.options.outbox.records(definition, entry.payload, {
      messageId: entry.messageId,
      timestamp: new Date(entry.dueAt).toISOString(),
      targetAgentId: this.options.agent.id,
      priority: entry.priority,
      metadata: entry.metadata,
    });
    batch.outputs.push(...records);
  }

  /** The outcome becomes a message on the log in the transaction that ends the effect. */
  addOutcome(batch: Batch, part: PartitionPart, outcome: EffectOutcome): void {
    if (!part.state.effects.has(outcome.key) || part.overlay.changes.get(outcome.key) === null) return;
    part.overlay.set(outcome.key, null);
    batch.outputs.push(...this.outcomeRecords(outcome.entry, outcome.result));
  }

  private outcomeRecords(entry: EffectEntry, result: EffectResult) {
    const { definition, payload } = result;
    return this.options.outbox.records(definition, payload, {
      messageId: outputId(this.options.agent.id, entry.idempotencyKey, 'result'),
      timestamp: new Date(this.options.clock()).toISOString(),
      targetAgentId: null,
      priority: entry.priority,
      metadata: entry.metadata,
    });
  }

  private async handle(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    intake: HandleIntake,
  ): Promise<void> {
    const { messageId } = intake.envelope;
    const digest = contentDigest(intake.envelope);
    const earlier = part.seen.get(messageId) ?? part.state.digestOf(messageId);
    if (earlier === digest) {
      batch.duplicates++;
      return;
    }
    if (earlier !== undefined) {
      const message = `${messageId} was handled before with other content: two messages claim one id.`;
      this.giveUp(batch, record, new TerminalError('DUPLICATE_ID', message), 1);
      return;
    }
    const handled = await handleMessage(intake, part.overlay, this.options);
    if (handled.ok) {
      part.overlay.absorb(handled.context.state.changes);
      batch.outputs.push(...handled.context.outputs);
      batch.handled++;
    } else {
      this.giveUp(batch, record, handled.error, handled.attempts);
    }
    part.seen.set(messageId, digest);
    part.firstHandled ??= record;
  }

  private giveUp(batch: Batch, record: LogRecord, error: unknown, attempts: number): void {
    const { agent, namespace, logger, clock } = this.options;
    const origin = {
      namespace,
      agentId: agent.id,
      partition: record.partition,
      attempts,
      at: new Date(clock()).toISOString(),
    };
    const letter = deadLetter(record, error, origin);
    batch.outputs.push(letter);
    batch.deadLetters++;
    const { topic, partition, offset } = record;
    const reason = error instanceof Error ? error.message : 'something that is no Error was thrown';
    logger.error('record sent to the dead letters', { topic, partition, offset, attempts, reason });
  }
}
