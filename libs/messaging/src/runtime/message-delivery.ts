import { AuditRecorded, RetryParked, type RetryParkedPayload } from '@aika/contracts';
import { TerminalError } from '../agent/handler-error.js';
import type { LogRecord } from '../ports/index.js';
import type { Batch, PartitionPart } from './batch.js';
import { isControl } from './control-messages.js';
import type { DeadLetterBox } from './dead-letter-box.js';
import type { KeyParking } from './key-parking.js';
import { type Handled, type HandlingOptions, handleMessage } from './message-handling.js';
import { contentDigest, outputId } from './message-id.js';
import type { ParkedKey } from './parked-key.js';
import type { Intake, RecordIntake } from './record-intake.js';

export interface DeliveryOptions extends HandlingOptions {
  readonly intake: RecordIntake;
  readonly parking: KeyParking;
  readonly deadLetters: DeadLetterBox;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** A person asks that effects of a customer that gave up are tried again. */
  readonly onRetry: (customerId: string) => void;
}

export type Deliverable = Extract<Intake, { kind: 'handle' }>;

const MESSAGES_PER_WAKE = 100;

/**
 * Brings messages to their handlers: each id once, in order per customer. Behind a message that fails for a
 * passing reason the customer's later ones wait; one that can never succeed goes to the dead letters.
 */
export class MessageDelivery {
  constructor(private readonly options: DeliveryOptions) {}

  /** @returns why the record is refused, if it is: a dead letter once its position is passed */
  async deliver(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    message: Deliverable,
  ): Promise<TerminalError | undefined> {
    const earlier = this.earlier(part, message);
    if (earlier === 'same') batch.duplicates++;
    if (earlier === 'other') return usedId(message);
    if (earlier === 'none') await this.handle(batch, part, record, message);
    return undefined;
  }

  private async handle(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    message: Deliverable,
  ): Promise<void> {
    if (isControl(message.definition)) return this.control(batch, part, record, message);
    const { parking, deadLetters, clock } = this.options;
    const head = parking.find(part, message.customerId);
    if (head) {
      if (parking.enqueue(part, head, record)) batch.parked++;
      else deadLetters.put(batch, record, queueFull(head), 0);
      return;
    }
    const handled = await handleMessage(message, part.overlay, this.options);
    if (handled.ok) return this.accept(batch, part, record, message, handled);
    if (handled.isTerminal) return this.giveUp(batch, part, record, handled);
    parking.park(part, message.customerId, record, handled.error, clock());
    batch.parked++;
  }

  /** Tries a parked customer's messages again, as far as they succeed. */
  async wake(batch: Batch, part: PartitionPart, customerId: string): Promise<void> {
    const { parking, clock } = this.options;
    let head = parking.find(part, customerId);
    if (!head || head.dueAt > clock()) return;
    for (let tried = 0; head; tried++) {
      // The rest has its turn in the next batch: the key stays due.
      if (tried === MESSAGES_PER_WAKE || !(await this.tryHead(batch, part, head))) return;
      head = parking.shift(part, head, clock());
    }
  }

  /** @returns false when the message stays at the head */
  private async tryHead(batch: Batch, part: PartitionPart, head: ParkedKey): Promise<boolean> {
    const { parking, intake, clock } = this.options;
    const record = parking.peek(part, head);
    if (!record) return true;
    const message = intake.take(record);
    if (message.kind !== 'handle') {
      const cause = message.kind === 'reject' ? message.error : undefined;
      const error = new TerminalError('NOT_HANDLED', 'This agent no longer handles the message.', { cause });
      this.giveUp(batch, part, record, { error, attempts: head.attempts });
      return true;
    }
    // The first message has had its tries in place; those behind it have not.
    const attempts = head.attempts > 0 ? 1 : this.options.attempts;
    const handled = await handleMessage(message, part.overlay, { ...this.options, attempts });
    if (handled.ok) {
      this.accept(batch, part, record, message, handled);
      return true;
    }
    if (handled.isTerminal || parking.isExhausted(head.attempts + 1, handled.error)) {
      this.giveUp(batch, part, record, { error: handled.error, attempts: head.attempts + 1 });
      return true;
    }
    parking.failed(part, head, handled.error, clock());
    return false;
  }

  private accept(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    { definition, envelope }: Deliverable,
    { context }: Extract<Handled, { ok: true }>,
  ): void {
    const line = this.options.outbox.handled(definition, envelope);
    part.handled(record);
    part.overlay.absorb(context.state.changes);
    batch.outputs.push(...context.outputs, ...line);
    batch.handled++;
  }

  private giveUp(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    { error, attempts }: { readonly error: unknown; readonly attempts: number },
  ): void {
    part.handled(record);
    this.options.deadLetters.put(batch, record, error, attempts);
  }

  /** Notes the message's id. @returns whether it was there before, and with the same content */
  private earlier(part: PartitionPart, { envelope }: Deliverable): 'none' | 'same' | 'other' {
    const { messageId } = envelope;
    const digest = contentDigest(envelope);
    const earlier = part.digestOf(messageId);
    if (earlier === undefined) part.seen.set(messageId, digest);
    else return earlier === digest ? 'same' : 'other';
    return 'none';
  }

  /** What a person asks of the runtime itself, in order with the customer's messages and on the record. */
  private control(
    batch: Batch,
    part: PartitionPart,
    asked: LogRecord,
    { envelope, definition, customerId }: Deliverable,
  ): void {
    const { parking, outbox, agent, clock, onRetry } = this.options;
    part.handled(asked);
    const head = parking.find(part, customerId);
    if (definition.type === RetryParked.type) {
      if (head) parking.release(part, head, clock());
      onRetry(customerId);
    } else if (head) {
      const record = parking.peek(part, head);
      const error = new TerminalError('GIVEN_UP', `Given up by hand after: ${head.code}: ${head.reason}`);
      if (record) this.giveUp(batch, part, record, { error, attempts: head.attempts });
      parking.shift(part, head, clock());
    }
    const actor = envelope.metadata.actor ?? envelope.sourceAgentId;
    const audit = {
      customerId,
      action: definition.type,
      messageId: envelope.messageId,
      actor,
      kind: 'control',
      at: envelope.timestamp,
      reason: (envelope.payload as unknown as RetryParkedPayload).reason,
    };
    const records = outbox.records(AuditRecorded, audit, {
      messageId: outputId(agent.id, envelope.messageId, 'audit'),
      timestamp: envelope.timestamp,
      targetAgentId: null,
      priority: envelope.priority,
      metadata: envelope.metadata,
    });
    batch.outputs.push(...records);
    batch.handled++;
  }
}

function usedId({ envelope }: Deliverable): TerminalError {
  const message = `${envelope.messageId} was handled before with other content: two messages claim one id.`;
  return new TerminalError('DUPLICATE_ID', message);
}

function queueFull({ customerId, code }: ParkedKey): TerminalError {
  return new TerminalError(
    'PARKED_QUEUE_FULL',
    `Too many messages of ${customerId} wait behind one that fails with ${code}.`,
  );
}
