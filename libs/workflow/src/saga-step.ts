import type { MessageDefinition, PayloadOf, Reason } from '@aika/contracts';
import type { EffectDefinition } from '@aika/messaging';
import type { CommandOrigin } from './entity.js';

/** A command on the saga's own entity; the engine adds id, time and actor of the handled message. */
export type Intent<C> = C extends CommandOrigin ? Omit<C, keyof CommandOrigin> : never;

/** What a step knows beside the entity's state. */
export interface SagaScope<D> {
  /** The entity's id. */
  readonly id: string;
  readonly customerId: string;
  /** What the run remembered when it began. */
  readonly remembered: D;
}

/** What a step does at once when it begins. */
export type StepAction<C> =
  | { readonly kind: 'send'; readonly definition: MessageDefinition; readonly payload: object }
  | { readonly kind: 'request'; readonly effect: EffectDefinition; readonly request: object }
  | { readonly kind: 'run'; readonly intent: Intent<C> };

/** A message that the saga sends to itself unless the step ends in time. */
export interface StepDeadline<S, D> {
  readonly afterMs: number;
  readonly definition: MessageDefinition;
  readonly payload: (state: S, scope: SagaScope<D>) => object;
}

/** A message that the saga sends to itself at a time that the entity's state names. */
export interface StepAppointment<S, D> {
  /** RFC 3339 UTC; undefined = none. */
  readonly at: (state: S) => string | undefined;
  readonly definition: MessageDefinition;
  readonly payload: (state: S, scope: SagaScope<D>) => object;
}

export interface SagaStep<S, C, D> {
  readonly name: string;
  readonly onlyIf: (state: S) => boolean;
  readonly begins: readonly ((state: S, scope: SagaScope<D>) => StepAction<C>)[];
  readonly deadline?: StepDeadline<S, D>;
  readonly appointment?: StepAppointment<S, D>;
  /** By message type: the command that an answer becomes, or undefined when it is not for this step. */
  readonly awaits: ReadonlyMap<string, (payload: object, state: S) => Intent<C> | undefined>;
  /** By message type: why the step failed, or undefined when the message is not for this step. */
  readonly fails: ReadonlyMap<string, (payload: object, state: S) => Reason | undefined>;
  readonly until: (state: S) => boolean;
  readonly undo?: (state: S, scope: SagaScope<D>, cause: Reason) => Intent<C> | undefined;
}

/** Collects a step's parts. `N` is what the step knows of the state from its `onlyIf`. */
export class SagaStepBuilder<S, N extends S, C, D> {
  constructor(private readonly parts: Pick<SagaStep<S, C, D>, 'name'> & Partial<SagaStep<S, C, D>>) {}

  /** The step is left out in every other state. */
  onlyIf<M extends N>(guard: (state: S) => state is M): SagaStepBuilder<S, M, C, D> {
    return new SagaStepBuilder<S, M, C, D>({ ...this.parts, onlyIf: guard });
  }

  /** Sends a message when the step begins; several are sent together. */
  asks<M extends MessageDefinition>(
    definition: M,
    payload: (state: N, scope: SagaScope<D>) => PayloadOf<M>,
  ): SagaStepBuilder<S, N, C, D> {
    return this.begins((state, scope) => ({
      kind: 'send',
      definition,
      payload: payload(state, scope) as object,
    }));
  }

  /** Asks for an effect when the step begins. */
  requests<R extends object>(
    effect: EffectDefinition<R>,
    request: (state: N, scope: SagaScope<D>) => R,
  ): SagaStepBuilder<S, N, C, D> {
    return this.begins((state, scope) => ({ kind: 'request', effect, request: request(state, scope) }));
  }

  /** Decides a command on the entity when the step begins. */
  does(intent: (state: N, scope: SagaScope<D>) => Intent<C>): SagaStepBuilder<S, N, C, D> {
    return this.begins((state, scope) => ({ kind: 'run', intent: intent(state, scope) }));
  }

  /** Turns an answer into a command on the entity; undefined ignores it. */
  awaits<M extends MessageDefinition>(
    definition: M,
    intent: (payload: PayloadOf<M>, state: S) => Intent<C> | undefined,
  ): SagaStepBuilder<S, N, C, D> {
    const awaits = new Map(this.parts.awaits);
    awaits.set(definition.type, (payload, state) => intent(payload as PayloadOf<M>, state));
    return this.with({ awaits });
  }

  /** A message that means that the step failed, and why; undefined ignores it. What was done is undone. */
  failsOn<M extends MessageDefinition>(
    definition: M,
    cause: (payload: PayloadOf<M>, state: S) => Reason | undefined,
  ): SagaStepBuilder<S, N, C, D> {
    const fails = new Map(this.parts.fails);
    fails.set(definition.type, (payload, state) => cause(payload as PayloadOf<M>, state));
    return this.with({ fails });
  }

  /** A reminder to the agent itself, `afterMs` after the message that began the step; leaving cancels it. */
  within<M extends MessageDefinition>(
    afterMs: number,
    definition: M,
    payload: (state: N, scope: SagaScope<D>) => PayloadOf<M>,
  ): SagaStepBuilder<S, N, C, D> {
    const text = (state: S, scope: SagaScope<D>) => payload(state as N, scope) as object;
    return this.with({ deadline: { afterMs, definition, payload: text } });
  }

  /**
   * A reminder to the agent itself at the time that the state names, for as long as the step lasts: a state that names
   * another time moves it, one that names none cancels it.
   */
  dueAt<M extends MessageDefinition>(
    at: (state: N) => string | undefined,
    definition: M,
    payload: (state: N, scope: SagaScope<D>) => PayloadOf<M>,
  ): SagaStepBuilder<S, N, C, D> {
    return this.with({
      appointment: {
        at: (state) => at(state as N),
        definition,
        payload: (state, scope) => payload(state as N, scope) as object,
      },
    });
  }

  /** The state that ends the step; without it the step ends as soon as it has begun. */
  until(ended: (state: S) => boolean): SagaStepBuilder<S, N, C, D> {
    return this.with({ until: ended });
  }

  /** The command that undoes this step when a later one fails; undefined when there is nothing to undo. */
  undoneBy(
    undo: (state: S, scope: SagaScope<D>, cause: Reason) => Intent<C> | undefined,
  ): SagaStepBuilder<S, N, C, D> {
    return this.with({ undo });
  }

  build(): SagaStep<S, C, D> {
    const always = () => true;
    return { onlyIf: always, until: always, begins: [], awaits: new Map(), fails: new Map(), ...this.parts };
  }

  private begins(begin: (state: N, scope: SagaScope<D>) => StepAction<C>): SagaStepBuilder<S, N, C, D> {
    // `onlyIf` was checked before a step begins, so the state is an N.
    return this.with({ begins: [...(this.parts.begins ?? []), (state, scope) => begin(state as N, scope)] });
  }

  private with(more: Partial<SagaStep<S, C, D>>): SagaStepBuilder<S, N, C, D> {
    return new SagaStepBuilder<S, N, C, D>({ ...this.parts, ...more });
  }
}
