import {
  type Catalogue,
  type ContractError,
  type Envelope,
  HEADER,
  isHighLane,
  laneOf,
  type MessageDefinition,
  readMessage,
  type Stage,
  STAGES,
  topicOf,
  withoutLane,
} from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import { TerminalError } from '../agent/handler-error.js';
import { type LogRecord, type OutgoingRecord, partitionFor, UNREADABLE_HEADER } from '../ports/index.js';
import { CONTROLS } from './control-messages.js';
import { positionId } from './message-id.js';

/** Marks the copy of a record that stood on the wrong partition: `topic/partition/offset` of the original. */
export const FORWARDED_HEADER = 'aika-forwarded-from';

export type Intake =
  | { readonly kind: 'skip' }
  | {
      readonly kind: 'handle';
      readonly envelope: Envelope;
      readonly definition: MessageDefinition;
      readonly customerId: string;
    }
  | { readonly kind: 'forward'; readonly record: OutgoingRecord }
  /** `attempts`: how often it was tried before, 1 when absent. */
  | { readonly kind: 'reject'; readonly error: Error; readonly attempts?: number };

const SKIP: Intake = { kind: 'skip' };

export interface IntakeOptions {
  readonly agent: AgentManifest;
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly maxRecordBytes: number;
  readonly partitionCount: (topic: string) => number;
}

/** Decides what a record is to this agent: nothing, a message to handle, another partition's, or refused. */
export class RecordIntake {
  private readonly handled: ReadonlySet<string>;
  private readonly controls: ReadonlySet<string>;
  private readonly inbox: string;
  private readonly urgentInbox: string;
  private readonly sharedCommands: string;

  constructor(private readonly options: IntakeOptions) {
    this.controls = new Set(CONTROLS.map(({ type }) => type));
    this.handled = new Set([...options.agent.handles.map(({ type }) => type), ...this.controls]);
    this.inbox = topicOf(options.namespace, options.agent.inbox);
    this.urgentInbox = topicOf(options.namespace, laneOf(options.agent.inbox, 'HIGH'));
    this.sharedCommands = topicOf(options.namespace, 'commands');
  }

  take(record: LogRecord): Intake {
    try {
      return this.read(record);
    } catch (cause) {
      // A fault of ours on one record must not stop its partition for ever.
      const error = new TerminalError('UNREADABLE', 'The record could not be read.', { cause });
      return { kind: 'reject', error };
    }
  }

  private read(record: LogRecord): Intake {
    const unreadable = record.headers[UNREADABLE_HEADER];
    if (unreadable !== undefined) return this.refuseBatch(record, unreadable.toString());
    if (record.value === null || this.isForAnother(record)) return SKIP;
    const read = readMessage(record.value, {
      catalogue: this.options.catalogue,
      receivedAt: new Date(record.timestamp).toISOString(),
      fallbackMessageId:
        record.headers[HEADER.messageId]?.toString() ??
        positionId(record.topic, record.partition, record.offset),
      limits: { maxBytes: this.options.maxRecordBytes },
    });
    if (!read.ok)
      return this.isMineToRefuse(record, read.error) ? { kind: 'reject', error: read.error } : SKIP;
    const { envelope, definition } = read;
    return this.isMine(definition, envelope) ? this.place(record, envelope, definition) : SKIP;
  }

  /** A batch whose messages nobody knows: for the owner of the inbox, and elsewhere for the steward. */
  private refuseBatch(record: LogRecord, reason: string): Intake {
    const isInbox = withoutLane(record.topic) === this.inbox;
    if (!isInbox && this.options.agent.steward !== true) return SKIP;
    const error = new TerminalError('UNREADABLE_BATCH', `A batch that cannot be read: ${reason}`);
    return { kind: 'reject', error };
  }

  private isMine({ type, stage }: MessageDefinition, { targetAgentId }: Envelope): boolean {
    if (this.controls.has(type)) return targetAgentId === this.options.agent.id;
    return this.handled.has(type) && this.isTarget(targetAgentId) && this.isAskedFor(stage);
  }

  /** Handled here only on the partition of its customer: order and state live there. */
  private place(record: LogRecord, envelope: Envelope, definition: MessageDefinition): Intake {
    const customerId = definition.key(envelope.payload);
    const partition = partitionFor(customerId, this.options.partitionCount(record.topic));
    if (partition === record.partition) return { kind: 'handle', envelope, definition, customerId };
    const from = record.headers[FORWARDED_HEADER];
    if (from !== undefined) {
      const error = new TerminalError(
        'WRONG_PARTITION',
        `A copy forwarded from ${from.toString()} stands on partition ${record.partition}; ${partition} was expected. Do the topics differ in partition count?`,
      );
      return { kind: 'reject', error };
    }
    return { kind: 'forward', record: this.forwarded(record, envelope, customerId) };
  }

  /** In the lane in which it lies: what comes after it there must not be before it here. */
  private forwarded(record: LogRecord, envelope: Envelope, customerId: string): OutgoingRecord {
    const topic = isHighLane(record.topic) ? this.urgentInbox : this.inbox;
    return {
      topic,
      partition: partitionFor(customerId, this.options.partitionCount(topic)),
      key: customerId,
      value: record.value,
      headers: {
        ...record.headers,
        // A record without an id is known by its position: the copy has to keep the original's.
        [HEADER.messageId]: envelope.messageId,
        [FORWARDED_HEADER]: `${record.topic}/${record.partition}/${record.offset}`,
      },
      timestamp: record.timestamp,
    };
  }

  private isForAnother(record: LogRecord): boolean {
    const type = record.headers[HEADER.type];
    if (type !== undefined && !this.handled.has(type.toString()) && this.knows(type.toString())) return true;
    const target = record.headers[HEADER.target];
    if (target !== undefined && target.length > 0 && !this.isTarget(target.toString())) return true;
    const stage = record.headers[HEADER.stage];
    return stage !== undefined && !this.isControl(type) && !this.isAskedFor(stage.toString());
  }

  /** A person's word to the runtime belongs to no stage of the business. */
  private isControl(type: Buffer | undefined): boolean {
    return type !== undefined && this.controls.has(type.toString());
  }

  /** What is no stage says nothing: the message's own type then tells. */
  private isAskedFor(stage: string): boolean {
    const { stages } = this.options.agent;
    return stages === undefined || !isStage(stage) || stages.includes(stage);
  }

  private knows(type: string): boolean {
    return this.options.catalogue.get(type) !== undefined;
  }

  private isTarget(target: string | null): boolean {
    return target === null || target === this.options.agent.id;
  }

  /**
   * One agent answers for each bad record: who handles its type, the owner of the inbox, or the steward for
   * what belongs to nobody. An unknown type among the events is somebody's own event and no fault.
   */
  private isMineToRefuse(record: LogRecord, error: ContractError): boolean {
    const subject = subjectOf(record);
    if (subject.type !== undefined && this.knows(subject.type)) {
      return this.handled.has(subject.type) && this.isTarget(subject.target);
    }
    const topic = withoutLane(record.topic);
    if (topic === this.inbox) return true;
    if (this.options.agent.steward !== true) return false;
    return topic === this.sharedCommands || error.code !== 'UNKNOWN_MESSAGE_TYPE';
  }
}

function isStage(name: string): name is Stage {
  return STAGES.some((stage) => stage === name);
}

/** What a record that could not be read says of itself: its headers, else the bare JSON. */
function subjectOf(record: LogRecord): { readonly type: string | undefined; readonly target: string | null } {
  const header = record.headers[HEADER.type]?.toString();
  if (header !== undefined)
    return { type: header, target: record.headers[HEADER.target]?.toString() || null };
  try {
    const json = JSON.parse(record.value?.toString() ?? 'null') as Record<string, unknown> | null;
    const type = json?.['messageType'] ?? json?.['message_type'];
    const target = json?.['targetAgentId'] ?? json?.['target_agent_id'];
    return {
      type: typeof type === 'string' ? type : undefined,
      target: typeof target === 'string' && target !== '' ? target : null,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return { type: undefined, target: null };
    throw error;
  }
}
