import { HEADER, type Envelope } from '@aika/contracts';
import { TerminalError } from '../agent/index.js';
import type { LogRecord, OutgoingRecord } from '../ports/index.js';
import { currentContext } from '../runtime/agent-runtime.js';
import type { Batch, PartitionPart } from '../runtime/batch.js';
import { isControl } from '../runtime/control-messages.js';
import { DeadLetterBox } from '../runtime/dead-letter-box.js';
import { DEAD_LETTER_HEADER } from '../runtime/dead-letter.js';
import type { HandledStep } from '../runtime/handling-order.js';
import { KeyParking } from '../runtime/key-parking.js';
import { MessageDelivery } from '../runtime/message-delivery.js';
import { handleMessage, type HandlingOptions } from '../runtime/message-handling.js';
import { contentDigest } from '../runtime/message-id.js';
import { MessageOutbox } from '../runtime/message-outbox.js';
import type { TimerEntry } from '../runtime/partition-state.js';
import { handlersWithAnswers } from '../runtime/pending-asks.js';
import { type Intake, RecordIntake } from '../runtime/record-intake.js';
import { silentLogger } from '../runtime/runtime-logger.js';
import { DEFAULT_DELIVERY } from '../runtime/runtime-options.js';
import { kindOf } from '../runtime/state-key.js';
import type { StateChanges } from '../runtime/state-overlay.js';
import { timerRecords } from '../runtime/timer-message.js';
import type { ReplayOptions } from './replay-options.js';

type Handleable = Extract<Intake, { kind: 'handle' }>;

/** What one step has made again. */
export interface ReplayedStep {
  /** The message, unless the step is a timer's or an effect's. */
  readonly message?: Pick<Envelope, 'messageId' | 'messageType'>;
  readonly customerId: string;
  readonly records: readonly OutgoingRecord[];
  /** Effects asked for, by key: the text of their entries. */
  readonly effects: readonly (readonly [string, string])[];
  /** False when the agent as it is now passes the message over, or does not know the timer or effect. */
  readonly isKnown: boolean;
}

export interface StepOptions extends ReplayOptions {
  /** The namespace in which outputs would be written. */
  readonly outputNamespace: string;
  readonly partitionCount: (topic: string) => number;
}

/** Codes of dead letters that a person, or an earlier version of the agent, decided: no handler's doing. */
const DECIDED: ReadonlySet<string> = new Set(['GIVEN_UP', 'NOT_HANDLED']);

/** Does the steps of a history again with the agent's handlers. Runs no effect, fires no timer, parks nothing. */
export class StepReplayer {
  private readonly intake: RecordIntake;
  private readonly outbox: MessageOutbox;
  private readonly deadLetters: DeadLetterBox;
  private readonly delivery: MessageDelivery;
  private readonly handling: HandlingOptions;
  /** The time of the record that is handled: a second replay makes the same of it. */
  private now = 0;

  constructor(private readonly options: StepOptions) {
    const { agent, handlers: plain, answers = new Map(), outputNamespace } = options;
    const handlers = handlersWithAnswers({ agent, handlers: plain, answers });
    const clock = (): number => this.now;
    const shared = { ...DEFAULT_DELIVERY, ...options.settings, ...options, clock, logger: silentLogger };
    const writing = { ...shared, namespace: outputNamespace, sourceAgentId: agent.id };
    this.intake = new RecordIntake(shared);
    this.outbox = new MessageOutbox(writing);
    this.deadLetters = new DeadLetterBox(writing);
    const enter: HandlingOptions['enter'] = (context, run) => currentContext.run(context, run);
    // Once: whether another try of a function of state and message fails too is no question.
    this.handling = { ...shared, outbox: this.outbox, handlers, attempts: 1, backoffMs: 0, enter };
    const { intake, outbox, deadLetters } = this;
    const parking = new KeyParking(shared);
    const onRetry = (): void => undefined;
    this.delivery = new MessageDelivery({
      ...{ ...shared, ...this.handling },
      ...{ intake, outbox, deadLetters, parking, onRetry },
    });
  }

  /** Whose step it is; undefined for a record that this agent does not take for a message of its own any more. */
  customerOf(step: HandledStep, record: LogRecord | undefined): string | undefined {
    if (step.kind !== 'record') return customerIn(step.key);
    const intake = record && this.intake.take(record);
    return intake?.kind === 'handle' ? intake.customerId : record?.key?.toString();
  }

  /** A timer was due: its message as the state has it now. */
  timer(batch: Batch, part: PartitionPart, key: string): ReplayedStep {
    const customerId = customerIn(key);
    const text = part.overlay.get(key);
    if (text === undefined) return { customerId, records: [], effects: [], isKnown: false };
    const entry = JSON.parse(text) as TimerEntry;
    part.overlay.set(key, null);
    part.steps.push({ kind: 'timer', key, dueAt: entry.dueAt });
    const records = timerRecords(entry, { ...this.options, outbox: this.outbox }) ?? [];
    batch.outputs.push(...records);
    return { customerId, records, effects: [], isKnown: true };
  }

  /** An effect had its result, which is a message on the log: only its entry goes. */
  effect(part: PartitionPart, key: string): ReplayedStep {
    const isKnown = part.overlay.get(key) !== undefined;
    if (isKnown) part.overlay.set(key, null);
    part.steps.push({ kind: 'effect', key });
    return { customerId: customerIn(key), records: [], effects: [], isKnown };
  }

  /** @param letterCode code of the dead letter that the record became then, if it did */
  async record(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    letterCode: string | undefined,
  ): Promise<ReplayedStep> {
    this.now = record.timestamp;
    const before = batch.outputs.length;
    const intake = this.intake.take(record);
    const result = await this.handle({ batch, part, record, intake, letterCode });
    const records = batch.outputs.slice(before);
    const handled = intake.kind === 'handle';
    return {
      ...(handled ? { message: intake.envelope } : {}),
      customerId: handled ? intake.customerId : (record.key?.toString() ?? ''),
      records,
      effects: effectsIn(result),
      isKnown: handled || records.length > 0,
    };
  }

  private async handle({ batch, part, record, intake, letterCode }: Handling): Promise<StateChanges> {
    if (letterCode !== undefined && DECIDED.has(letterCode)) {
      part.handled(record);
      this.deadLetters.put(
        batch,
        record,
        new TerminalError(letterCode, 'Decided then, not by a handler.'),
        0,
      );
      return new Map();
    }
    if (intake.kind === 'reject') this.deadLetters.put(batch, record, intake.error, 1);
    if (intake.kind !== 'handle') return new Map();
    if (isControl(intake.definition)) {
      await this.delivery.deliver(batch, part, record, intake);
      return new Map();
    }
    return this.handleMessage(batch, part, record, intake);
  }

  private async handleMessage(
    batch: Batch,
    part: PartitionPart,
    record: LogRecord,
    message: Handleable,
  ): Promise<StateChanges> {
    part.seen.set(message.envelope.messageId, contentDigest(message.envelope));
    part.handled(record);
    const handled = await handleMessage(message, part.overlay, this.handling);
    if (!handled.ok) {
      this.deadLetters.put(batch, record, handled.error, 1);
      return new Map();
    }
    const { outputs, state } = handled.context;
    part.overlay.absorb(state.changes);
    batch.outputs.push(...outputs, ...this.outbox.handled(message.definition, message.envelope));
    return state.changes;
  }
}

interface Handling {
  readonly batch: Batch;
  readonly part: PartitionPart;
  readonly record: LogRecord;
  readonly intake: Intake;
  readonly letterCode: string | undefined;
}

/** The id under which an output stands on the record. */
export function idOfOutput({ headers = {} }: Pick<OutgoingRecord, 'headers'>): string {
  return String(headers[DEAD_LETTER_HEADER.id] ?? headers[HEADER.messageId] ?? '');
}

/** The customer in a key of the changelog. */
export function customerIn(key: string): string {
  return decodeURIComponent(key.split('/')[1] ?? '');
}

function effectsIn(changes: StateChanges): readonly (readonly [string, string])[] {
  return [...changes].flatMap(([key, value]) =>
    value !== null && kindOf(key) === 'effect' ? [[key, value] as const] : [],
  );
}
