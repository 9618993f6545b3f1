import type { Catalogue } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import { TerminalError } from '../agent/handler-error.js';
import type { LogRecord } from '../ports/index.js';
import type { Batch, PartitionPart } from './batch.js';
import type { Arrival } from './batch-filling.js';
import type { DeadLetterBox } from './dead-letter-box.js';
import { outcomeRecords } from './effect-outcome.js';
import type { EffectOutcome } from './effect-runner.js';
import type { MessageDelivery } from './message-delivery.js';
import type { MessageOutbox } from './message-outbox.js';
import type { TimerEntry } from './partition-state.js';
import type { ParkedKey } from './parked-key.js';
import type { Poison } from './poison-finder.js';
import type { Intake, RecordIntake } from './record-intake.js';
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

  /**
   * What a record is to this agent.
   *
   * @param poison set when it was found to be what its batch cannot be committed for
   */
  read(record: LogRecord, poison: Poison | undefined): Intake {
    return poison === undefined ? this.options.intake.take(record) : refusalOf(poison);
  }

  /** @returns why a message is refused after all, to be told when its position is passed */
  async handle(batch: Batch, { part, record, intake }: Arrival): Promise<Error | undefined> {
    return intake.kind === 'handle' ? this.options.delivery.deliver(batch, part, record, intake) : undefined;
  }

  /** What remains to be done of a record that is passed: once, because nothing would tell a second time. */
  settle(batch: Batch, { record, intake }: Arrival, refused: Error | undefined): void {
    switch (intake.kind) {
      case 'skip':
        return;
      case 'forward':
        batch.outputs.push(intake.record);
        batch.forwarded++;
        return;
      case 'reject':
        this.options.deadLetters.put(batch, record, intake.error, intake.attempts ?? 1);
        return;
      case 'handle':
        if (refused) this.options.deadLetters.put(batch, record, refused, 1);
    }
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
    part.steps.push({ kind: 'timer', key, dueAt: entry.dueAt });
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
    part.steps.push({ kind: 'effect', key: outcome.key });
    batch.outputs.push(...outcomeRecords(outcome.entry, outcome.result, this.options));
  }
}

function refusalOf({ cause, attempts }: Poison): Intake {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const error = new TerminalError('POISON', `Its batch could not be committed: ${reason}`, { cause });
  return { kind: 'reject', error, attempts };
}
