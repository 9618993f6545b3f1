import {
  AskTimedOut,
  type Envelope,
  type MessageDefinition,
  type Metadata,
  type PayloadOf,
} from '@aika/contracts';
import type {
  AgentManifest,
  AskArguments,
  AskDefinition,
  EffectDefinition,
  EmitOptions,
  HandlerContext,
  Store,
  StoreDefinition,
} from '../agent/index.js';
import { assertWithin } from '../agent/ask.js';
import { TerminalError } from '../agent/handler-error.js';
import type { OutgoingRecord } from '../ports/index.js';
import { outputId } from './message-id.js';
import type { MessageOutbox } from './message-outbox.js';
import type { EffectEntry, TimerEntry } from './partition-state.js';
import { deadlineTimerOf, type Origin, PENDING_ASKS } from './pending-asks.js';
import { stateKey } from './state-key.js';
import { StateOverlay, type StateReader } from './state-overlay.js';
import { StoreView } from './store-view.js';

export interface MessageContextOptions {
  readonly agent: AgentManifest;
  readonly outbox: MessageOutbox;
  readonly maxStateValueBytes: number;
  /** Milliseconds since 1970 UTC. Only the deadlines of asks count from it. */
  readonly clock: () => number;
}

/**
 * One message's context: collects what the handler asks for. Nothing leaves it before the handler has
 * returned, so a failed attempt is undone by forgetting the context.
 */
export class MessageContext implements HandlerContext {
  readonly outputs: OutgoingRecord[] = [];
  readonly state: StateOverlay;
  private emitted = 0;
  private origin: Origin;

  constructor(
    readonly message: Envelope,
    readonly customerId: string,
    below: StateReader,
    private readonly options: MessageContextOptions,
  ) {
    this.state = new StateOverlay(below);
    this.origin = message;
  }

  get now(): string {
    return this.message.timestamp;
  }

  emit<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, options: EmitOptions = {}): string {
    this.assertDeclared(definition);
    const messageId = outputId(this.options.agent.id, this.message.messageId, this.emitted++);
    return this.output(messageId, definition, payload, options);
  }

  private output(
    messageId: string,
    definition: MessageDefinition,
    payload: object,
    options: EmitOptions,
    metadata = this.metadataOf(definition),
  ): string {
    const owner = definition.kind === 'command' && definition.owner !== 'any' ? definition.owner : null;
    const records = this.options.outbox.records(definition, payload, {
      messageId,
      timestamp: this.message.timestamp,
      targetAgentId: options.targetAgentId === undefined ? owner : options.targetAgentId,
      priority: options.priority ?? this.message.priority,
      metadata,
    });
    this.outputs.push(...records);
    return messageId;
  }

  reply<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): string {
    return this.emit(definition, payload, { targetAgentId: this.origin.sourceAgentId });
  }

  store<T>(definition: StoreDefinition<T>): Store<T> {
    return new StoreView(this.state, definition, this.customerId, this.options.maxStateValueBytes);
  }

  schedule<D extends MessageDefinition>(
    timerId: string,
    dueAt: string,
    definition: D,
    payload: PayloadOf<D>,
  ): void {
    if (!this.options.agent.handles.includes(definition)) {
      throw new TerminalError(
        'UNDECLARED_OUTPUT',
        `${this.options.agent.id} schedules ${definition.type}, which its manifest does not handle.`,
      );
    }
    // Checked now: when the timer fires there is no message left that could be refused.
    this.options.outbox.assertValid(definition, payload);
    const due = Date.parse(dueAt);
    if (Number.isNaN(due))
      throw new TerminalError('INVALID_TIMER', `A timer is due at an RFC 3339 time, not "${dueAt}".`);
    const entry: TimerEntry = {
      dueAt: due,
      messageId: outputId(this.options.agent.id, this.message.messageId, `timer/${timerId}`),
      messageType: definition.type,
      payload,
      priority: this.message.priority,
      metadata: this.derivedMetadata(),
    };
    this.state.set(stateKey('timer', this.customerId, timerId), JSON.stringify(entry));
  }

  cancel(timerId: string): void {
    const key = stateKey('timer', this.customerId, timerId);
    if (this.state.get(key) !== undefined) this.state.set(key, null);
  }

  ask<C extends MessageDefinition, R extends MessageDefinition, Memory>(
    ask: AskDefinition<C, R, Memory>,
    payload: PayloadOf<C>,
    ...[options = {}]: AskArguments<Memory>
  ): string {
    this.assertCanAsk(ask, payload as object);
    const { command, name, withinMs } = { ...ask, ...options };
    assertWithin(name, withinMs);
    const askId = outputId(this.options.agent.id, this.message.messageId, `ask/${this.emitted++}`);
    const metadata = { ...this.derivedMetadata(), requestId: askId };
    this.output(askId, command, payload as object, {}, metadata);
    const { origin } = this;
    const askedAgentId = command.owner;
    this.store(PENDING_ASKS).put(askId, {
      name,
      askedAgentId,
      origin: { sourceAgentId: origin.sourceAgentId, metadata: this.correlated() },
      remembered: options.remember,
    });
    const deadline = new Date(this.options.clock() + withinMs).toISOString();
    const { customerId } = this;
    this.schedule(deadlineTimerOf(askId), deadline, AskTimedOut, { customerId, requestId: askId });
    return askId;
  }

  /** From here on this context stands for the message that an ask was made for. */
  actFor(origin: Origin): void {
    this.origin = origin;
  }

  effect<Request extends object>(effect: EffectDefinition<Request>, request: Request): string {
    if (!this.options.agent.effects?.some((declared) => declared.name === effect.name)) {
      throw new TerminalError(
        'UNDECLARED_EFFECT',
        `${this.options.agent.id} asks for the effect ${effect.name}, which its manifest does not name.`,
      );
    }
    const id = outputId(this.options.agent.id, this.message.messageId, `effect/${this.emitted++}`);
    const entry: EffectEntry = {
      name: effect.name,
      idempotencyKey: id.replace(/^msg-/, 'eff-'),
      customerId: this.customerId,
      request,
      ...(effect.ordered ? { sequence: this.nextSequence() } : {}),
      priority: this.message.priority,
      metadata: this.derivedMetadata(),
    };
    this.state.set(stateKey('effect', this.customerId, entry.idempotencyKey), JSON.stringify(entry));
    return entry.idempotencyKey;
  }

  /** One above the customer's pending effects: no clock and no counter that would have to be kept for ever. */
  private nextSequence(): number {
    const pending = [...this.state.entries(stateKey('effect', this.customerId, ''))];
    const sequences = pending.map(([, text]) => (JSON.parse(text) as EffectEntry).sequence ?? 0);
    return 1 + sequences.reduce((highest, sequence) => Math.max(highest, sequence), 0);
  }

  private assertCanAsk(ask: AskDefinition, payload: object): void {
    const { agent } = this.options;
    if (!agent.asks?.some(({ name }) => name === ask.name)) {
      throw new TerminalError(
        'UNDECLARED_ASK',
        `${agent.id} asks ${ask.name}, which its manifest does not name.`,
      );
    }
    const key = ask.command.key(payload);
    if (key === this.customerId) return;
    // The answer would come under the other key: perhaps to another machine, and never to this customer's state.
    throw new TerminalError(
      'ASK_OTHER_KEY',
      `${ask.name} asks about ${key} in a message of ${this.customerId}: an ask stays with its customer.`,
    );
  }

  private derivedMetadata(): Metadata {
    return { ...this.correlated(), causationId: this.message.messageId };
  }

  private correlated(): Metadata {
    // Who is behind a command acted on it alone: what agents do because of it is their own doing.
    const { actor: _actor, ...metadata } = this.origin.metadata;
    return { ...metadata, correlationId: metadata.correlationId ?? this.message.messageId };
  }

  /** What follows from a request may answer it; a command to another agent begins something of its own. */
  private metadataOf(definition: MessageDefinition): Metadata {
    const { requestId, ...metadata } = this.derivedMetadata();
    const isForAnother = definition.kind === 'command' && definition.owner !== this.options.agent.id;
    return requestId === undefined || isForAnother ? metadata : { ...metadata, requestId };
  }

  private assertDeclared(definition: MessageDefinition): void {
    if (!this.options.agent.emits.some((declared) => declared.type === definition.type)) {
      throw new TerminalError(
        'UNDECLARED_OUTPUT',
        `${this.options.agent.id} emits ${definition.type}, which its manifest does not name.`,
      );
    }
  }
}
