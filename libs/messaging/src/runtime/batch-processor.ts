import type { Catalogue } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import { TerminalError } from '../agent/handler-error.js';
import type { LogRecord } from '../ports/index.js';
import type { Batch, PartitionPart } from './batch.js';
import type { DeadLetterBox } from './dead-letter-box.js';
import { outcomeRecords } from './effect-outcome.js';
import type { EffectOutcome } from './effect-runner.js';
import type { MessageDelivery } from './message-delivery.js';
import type { MessageOutbox } from './message-outbox.js';
import type { TimerEntry } from './partition-state.js';
import type { ParkedKey } from './parked-key.js';
import type { Poison } from './poison-finder.js';
import type { RecordIntake } from './record-intake.js';
import type { RuntimeLogger } from './runtime-logger.js';
import { kindOf } from './state-key.js';

export interface ProcessorOptions {
  readonly agent: AgentManifest;
  readonly catalogue: Catalogue;
  readonly intake: RecordIntake;
  readonly delivery: MessageDelivery;
  readonly deadLetters: DeadLetterBox;
  readonly outbox: MessageOutbox;
  readonly logger: RuntimeLogger;
  readonly clock: () => number;
}

/** Adds records, due timers and effects' outcomes to a batch. Writes nothing itself. */
export class BatchProcessor {
  constructor(private readonly options: ProcessorOptions) {}

  async addRecord(batch: Batch, part: PartitionPart, record: LogRecord): Promise<void> {
    batch.consume(record);
    const intake = this.options.intake.take(record);
    switch (intake.kind) {
      case 'skip':
        return;
      case 'forward':
        batch.outputs.push(intake.record);
        batch.forwarded++;
        return;
      case 'reject':
        this.options.deadLetters.put(batch, record, intake.error, 1);
        return;
      case 'handle':
        return this.options.delivery.deliver(batch, part, record, intake);
    }
  }

  /** A record that the log or the runtime could not take, found by halving: it goes to the dead letters. */
  refuse(batch: Batch, record: LogRecord, { cause, attempts }: Poison): void {
    batch.consume(record);
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new TerminalError('POISON', `Its batch could not be committed: ${reason}`, { cause });
    this.options.deadLetters.put(batch, record, error, attempts);
  }

  /** A timer that is due, or a parked key whose next try is. */
  async addDue(batch: Batch, part: PartitionPart, key: string): Promise<void> {
    if (kindOf(key) === 'parked') {
      const text = part.overlay.get(key);
      if (text !== undefined)
        await this.options.delivery.wake(batch, part, (JSON.parse(text) as ParkedKey).customerId);
      return;
    }
    this.addTimer(batch, part, key);
  }

  /** The timer's message goes to the agent itself through the log, and is handled when it comes back. */
  private addTimer(batch: Batch, part: PartitionPart, key: string): void {
    const { catalogue, logger, clock, outbox, agent } = this.options;
    const text = part.overlay.get(key);
    if (text === undefined) return;
    const entry = JSON.parse(text) as TimerEntry;
    // Moved by a batch that is not committed yet.
    if (entry.dueAt > clock()) return;
    part.overlay.set(key, null);
    const definition = catalogue.get(entry.messageType);
    if (!definition) {
      logger.error('timer of an unknown message type dropped', { messageType: entry.messageType, key });
      return;
    }
    const records = outbox.records(definition, entry.payload, {
      messageId: entry.messageId,
      timestamp: new Date(entry.dueAt).toISOString(),
      targetAgentId: agent.id,
      priority: entry.priority,
      metadata: entry.metadata,
    });
    batch.outputs.push(...records);
  }

  /** The outcome becomes a message on the log in the transaction that ends the effect. */
  addOutcome(batch: Batch, part: PartitionPart, outcome: EffectOutcome): void {
    if (!part.state.effects.has(outcome.key) || part.overlay.changes.get(outcome.key) === null) return;
    part.overlay.set(outcome.key, null);
    batch.outputs.push(...outcomeRecords(outcome.entry, outcome.result, this.options));
  }
}
