import type { Envelope, MessageDefinition, PayloadOf } from '@aika/contracts';
import { deriveId, validatePayload } from '@aika/contracts';
import type {
  AgentManifest,
  AskDefinition,
  EffectDefinition,
  EmitOptions,
  HandlerContext,
  Store,
  StoreDefinition,
} from '@aika/messaging';

export interface EmittedMessage {
  readonly id: string;
  readonly type: string;
  readonly priority: Envelope['priority'];
  readonly payload: object;
}

export interface TestTimer {
  readonly dueAt: string;
  readonly type: string;
  readonly payload: object;
}

export interface RequestedEffect {
  readonly name: string;
  readonly idempotencyKey: string;
  readonly request: object;
}

export interface PutQuestion {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
  /** As JSON keeps it. */
  readonly remembered: unknown;
  readonly withinMs: number;
}

type MessageOverrides = Partial<Omit<Envelope, 'payload'>>;

/**
 * One customer's side of an agent in memory, for specs of handlers: keeps state from message to message as
 * JSON, collects what was emitted, scheduled and asked for, and fails where the runtime would refuse (an
 * undeclared message, a payload that breaks its contract).
 */
export class TestAgent {
  readonly emitted: EmittedMessage[] = [];
  readonly timers = new Map<string, TestTimer>();
  readonly effects: RequestedEffect[] = [];
  /** What was asked of other agents. An answer handler is called with an answer of the spec's own making. */
  readonly asks: PutQuestion[] = [];
  private readonly values = new Map<string, string>();
  private received = 0;

  constructor(
    private readonly manifest: AgentManifest,
    readonly customerId: string = 'cust-1',
  ) {}

  /** The context of the next message; `overrides` replace fields of its envelope. */
  context(definition: MessageDefinition, payload: object, overrides: MessageOverrides = {}): HandlerContext {
    const message: Envelope = {
      messageId: `msg-${++this.received}`,
      timestamp: '2026-06-15T10:00:00Z',
      sourceAgentId: 'somebody',
      targetAgentId: null,
      messageType: definition.type,
      priority: 'NORMAL',
      schemaVersion: definition.version,
      payload: payload as Record<string, unknown>,
      metadata: {},
      ...overrides,
    };
    return this.contextOf(message);
  }

  /** Types of what was emitted since the last call, in order. */
  takeTypes(): string[] {
    return this.takeEmitted().map(({ type }) => type);
  }

  /** What was emitted since the last call. */
  takeEmitted(): EmittedMessage[] {
    return this.emitted.splice(0);
  }

  private contextOf(message: Envelope): HandlerContext {
    let outputs = 0;
    const nextId = () => `${message.messageId}-${outputs++}`;
    const emit = (definition: MessageDefinition, payload: object, { priority = message.priority } = {}) =>
      this.emit({ id: nextId(), priority }, definition, payload);
    return {
      message,
      customerId: this.customerId,
      now: message.timestamp,
      emit: <D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, options?: EmitOptions) =>
        emit(definition, payload as object, options),
      reply: <D extends MessageDefinition>(definition: D, payload: PayloadOf<D>) =>
        emit(definition, payload as object),
      store: <T>(definition: StoreDefinition<T>) => this.store(definition),
      schedule: (timerId, dueAt, definition, payload) => {
        assertDeclared(this.manifest.handles, definition);
        assertValid(definition, payload as object);
        this.timers.set(timerId, { dueAt, type: definition.type, payload: payload as object });
      },
      cancel: (timerId) => void this.timers.delete(timerId),
      ask: (ask, payload, ...[options = {}]) =>
        this.ask(nextId(), ask, payload as object, { withinMs: ask.withinMs, ...options }),
      effect: <Request extends object>(effect: EffectDefinition<Request>, request: Request) =>
        this.request(deriveId('eff', nextId()), effect.name, request),
    };
  }

  private emit(
    origin: Pick<EmittedMessage, 'id' | 'priority'>,
    definition: MessageDefinition,
    payload: object,
  ): string {
    assertDeclared(this.manifest.emits, definition);
    assertValid(definition, payload);
    this.emitted.push({ ...origin, type: definition.type, payload });
    return origin.id;
  }

  private ask(
    id: string,
    { name, command }: AskDefinition,
    payload: object,
    { remember, withinMs }: { readonly remember?: unknown; readonly withinMs: number },
  ): string {
    if (!this.manifest.asks?.some((ask) => ask.name === name)) {
      throw new Error(`${this.manifest.id} does not declare the ask ${name}.`);
    }
    assertValid(command, payload);
    if (command.key(payload) !== this.customerId) throw new Error(`${name} asks about another customer.`);
    const remembered: unknown = remember === undefined ? undefined : JSON.parse(JSON.stringify(remember));
    this.asks.push({ id, name, payload, remembered, withinMs });
    return id;
  }

  private request(idempotencyKey: string, name: string, request: object): string {
    if (!this.manifest.effects?.some((effect) => effect.name === name)) {
      throw new Error(`${this.manifest.id} does not declare the effect ${name}.`);
    }
    this.effects.push({ name, idempotencyKey, request });
    return idempotencyKey;
  }

  private store<T>({ name }: StoreDefinition<T>): Store<T> {
    const key = (id: string) => `${name}/${id}`;
    const parse = (text: string) => JSON.parse(text) as T;
    return {
      get: (id) => {
        const text = this.values.get(key(id));
        return text === undefined ? undefined : parse(text);
      },
      put: (id, value) => void this.values.set(key(id), JSON.stringify(value)),
      delete: (id) => void this.values.delete(key(id)),
      list: (prefix = '') =>
        [...this.values]
          .filter(([id]) => id.startsWith(key(prefix)))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, text]) => ({ id: id.slice(name.length + 1), value: parse(text) })),
    };
  }
}

function assertDeclared(list: readonly MessageDefinition[], { type }: MessageDefinition): void {
  if (!list.some((declared) => declared.type === type)) throw new Error(`${type} is not in the manifest.`);
}

/** Undefined fields vanish in JSON, so they count as absent. */
function assertValid(definition: MessageDefinition, payload: object): void {
  const violations = validatePayload(definition, JSON.parse(JSON.stringify(payload)) as object);
  if (violations.length > 0) throw new Error(`${definition.type}: ${JSON.stringify(violations)}`);
}
