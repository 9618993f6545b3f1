import type { AgentId } from './agents.js';
import type { AuditMark } from './audit-mark.js';
import type { Stage } from './envelope.js';
import type { TopicName } from './topics.js';

/** A class whose decorated fields are the contract of a payload. */
export type PayloadClass<P extends object = object> = new () => P;

/** An earlier version of a message, which is read for ever and never sent again. */
export interface PreviousVersion<Old extends object = object> {
  readonly version: number;
  readonly payload: PayloadClass<Old>;
  readonly example: Old;
  /** The same message in the words of the version after it. Unknown fields are to be carried over. */
  upcast(old: Old): object;
}

/** One message type: everything that the rest of the system derives from its name. */
export interface MessageDefinition<T extends string = string, P extends object = object> {
  /** SCREAMING_SNAKE: a command in the imperative, an event in the past tense. */
  readonly type: T;
  readonly kind: 'command' | 'event';
  /** Newest version of the payload, from 1. */
  readonly version: number;
  readonly payload: PayloadClass<P>;
  /** The one agent that handles the command or emits the event; `any` = each may emit it. */
  readonly owner: AgentId | 'any';
  readonly topic: TopicName;
  readonly stage: Stage;
  /** Emitting an event, or handling a command, leaves a line in the audit trail. */
  readonly audited: boolean;
  /** What the line says; undefined where there is none. */
  readonly audit: AuditMark<P> | undefined;
  readonly example: P;
  /** Oldest first, without gaps. */
  readonly previousVersions: readonly PreviousVersion[];
  /** The partition key: the customer's id unless the definition says otherwise. */
  key(payload: P): string;
}

/** The payload's type of a definition. */
export type PayloadOf<D> = D extends MessageDefinition<string, infer P> ? P : never;

/** What a definition has to say; the rest has defaults. */
export interface MessageSpec<T extends string, P extends object> {
  readonly type: T;
  readonly kind: 'command' | 'event';
  /** Default 1. */
  readonly version?: number;
  readonly payload: PayloadClass<P>;
  readonly owner: AgentId | 'any';
  /** Default `commands` or `events`, by the kind. */
  readonly topic?: TopicName;
  readonly stage: Stage;
  /** Default false. True is `{ kind: 'command' }` or `{ kind: 'decision' }`, by the kind of the message. */
  readonly audited?: boolean | AuditMark<NoInfer<P>>;
  readonly example: NoInfer<P>;
  readonly previousVersions?: readonly PreviousVersion[];
  /** Default: `customerId` of the payload. */
  key?(payload: NoInfer<P>): string;
}

const TYPE_PATTERN = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * Declares a message type.
 *
 * @throws Error at start-up when the definition contradicts itself: a name that is not SCREAMING_SNAKE,
 * versions with gaps, or no partition key.
 */
export function defineMessage<const T extends string, P extends object>(
  spec: MessageSpec<T, P>,
): MessageDefinition<T, P> {
  const version = spec.version ?? 1;
  const previousVersions = spec.previousVersions ?? [];
  const key = spec.key ?? customerIdOf;
  if (!TYPE_PATTERN.test(spec.type)) throw new Error(`Message type ${spec.type} is not SCREAMING_SNAKE.`);
  const known = [...previousVersions.map((previous) => previous.version), version];
  if (known.some((number, index) => number !== index + 1)) {
    throw new Error(`${spec.type}: versions have to be 1, 2, … without gaps, found ${known.join(', ')}.`);
  }
  if (!key(spec.example)) throw new Error(`${spec.type}: its example has no partition key.`);
  const audit = auditOf(spec);
  return {
    type: spec.type,
    kind: spec.kind,
    version,
    payload: spec.payload,
    owner: spec.owner,
    topic: spec.topic ?? (spec.kind === 'command' ? 'commands' : 'events'),
    stage: spec.stage,
    audited: audit !== undefined,
    audit,
    example: spec.example,
    previousVersions,
    key,
  };
}

function auditOf<T extends string, P extends object>({
  kind,
  audited = false,
}: MessageSpec<T, P>): AuditMark<P> | undefined {
  if (typeof audited === 'object') return audited;
  return audited ? { kind: kind === 'command' ? 'command' : 'decision' } : undefined;
}

/** Declares an earlier version; only there so that `upcast` and `example` are typed by the class. */
export function previousVersion<Old extends object>(spec: {
  readonly version: number;
  readonly payload: PayloadClass<Old>;
  readonly example: NoInfer<Old>;
  upcast(old: NoInfer<Old>): object;
}): PreviousVersion<Old> {
  return spec;
}

function customerIdOf(payload: object): string {
  const { customerId } = payload as { readonly customerId?: unknown };
  return typeof customerId === 'string' ? customerId : '';
}
