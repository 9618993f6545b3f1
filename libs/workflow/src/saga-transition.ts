import type { MessageDefinition, Reason } from '@aika/contracts';
import { TerminalError } from '@aika/messaging';
import type { EffectDefinition } from '@aika/messaging';
import type { CommandOrigin, EntityEvent } from './entity.js';
import type { Saga, SagaRun } from './saga.js';
import type { Intent, SagaScope, SagaStep } from './saga-step.js';

/** What came in: a command on the entity, or a message that some step may be waiting for. */
export type SagaInput<C> =
  | { readonly kind: 'command'; readonly command: C }
  | { readonly kind: 'message'; readonly type: string; readonly payload: object };

/** What a transition knows beside the two states. */
export interface SagaOccasion<S, D> {
  readonly id: string;
  readonly customerId: string;
  readonly origin: CommandOrigin;
  /** Called once, when a run begins. */
  readonly remember: (state: S) => D;
}

/** What has to happen, in this order. */
export type SagaAction<E> =
  | { readonly kind: 'publish'; readonly event: E }
  | { readonly kind: 'send'; readonly definition: MessageDefinition; readonly payload: object }
  | { readonly kind: 'request'; readonly effect: EffectDefinition; readonly request: object }
  | {
      readonly kind: 'remind';
      readonly timerId: string;
      readonly afterMs: number;
      readonly definition: MessageDefinition;
      readonly payload: object;
    }
  | {
      readonly kind: 'remindAt';
      readonly timerId: string;
      /** RFC 3339 UTC. */
      readonly dueAt: string;
      readonly definition: MessageDefinition;
      readonly payload: object;
    }
  | { readonly kind: 'forget'; readonly timerId: string };

export interface SagaPosition<S, D> {
  readonly state: S;
  readonly run: SagaRun<D> | undefined;
}

export interface SagaTransition<S, E, D> extends SagaPosition<S, D> {
  /** False for a message that no step waits for: nothing changed. */
  readonly accepted: boolean;
  readonly actions: readonly SagaAction<E>[];
}

/**
 * One step of a saga as a function of (where it stands, what came in): reads no clock, changes nothing.
 *
 * @throws TerminalError `UNKNOWN_SAGA_STEP` when the run stands in a step that the saga no longer has
 */
export function transition<S, C, E extends EntityEvent, D>(
  saga: Saga<S, C, E, D>,
  before: SagaPosition<S, D>,
  input: SagaInput<C>,
  occasion: SagaOccasion<S, D>,
): SagaTransition<S, E, D> {
  const conductor = new Conductor(saga, before, occasion);
  const accepted = conductor.take(input);
  if (accepted) conductor.proceed();
  return { accepted, state: conductor.state, run: conductor.run, actions: conductor.actions };
}

/** A reminder that stands. */
interface Appointed {
  readonly timerId: string;
  readonly dueAt: string;
}

/** The positions and actions of one transition while it is computed. */
class Conductor<S, C, E extends EntityEvent, D> {
  readonly actions: SagaAction<E>[] = [];
  state: S;
  run: SagaRun<D> | undefined;
  private readonly appointed: Appointed | undefined;

  constructor(
    private readonly saga: Saga<S, C, E, D>,
    before: SagaPosition<S, D>,
    private readonly occasion: SagaOccasion<S, D>,
  ) {
    this.state = before.state;
    this.run = before.run;
    this.appointed = this.appointmentNow();
  }

  take(input: SagaInput<C>): boolean {
    if (input.kind === 'command') {
      this.decide(input.command);
      return true;
    }
    const step = this.currentStep();
    if (!step) return false;
    const cause = step.fails.get(input.type)?.(input.payload, this.state);
    if (cause) {
      this.compensate(step, cause);
      return true;
    }
    const intent = step.awaits.get(input.type)?.(input.payload, this.state);
    if (intent) this.carryOut(intent);
    return intent !== undefined;
  }

  /** Begins a run if it is time, and passes every step that has ended. */
  proceed(): void {
    if (this.run?.status !== 'running' && this.saga.startsWhen(this.state)) {
      const remembered = this.occasion.remember(this.state);
      this.enterFrom(0, { done: [], remembered });
    }
    let step = this.currentStep();
    while (step?.until(this.state) && this.run?.status === 'running') {
      this.forgetDeadline(step);
      const { done, remembered } = this.run;
      this.enterFrom(this.saga.steps.indexOf(step) + 1, { done: [...done, step.name], remembered });
      step = this.currentStep();
    }
    this.keepAppointment();
  }

  /** Brings the reminder of the step in line with the state, where it is not already. */
  private keepAppointment(): void {
    const [before, now] = [this.appointed, this.appointmentNow()];
    if (before?.timerId === now?.timerId && before?.dueAt === now?.dueAt) return;
    if (before && before.timerId !== now?.timerId) {
      this.actions.push({ kind: 'forget', timerId: before.timerId });
    }
    const { appointment } = this.currentStep() ?? {};
    if (!now || !appointment || this.run?.status !== 'running') return;
    const payload = appointment.payload(this.state, this.scope(this.run.remembered));
    this.actions.push({ kind: 'remindAt', ...now, definition: appointment.definition, payload });
  }

  private appointmentNow(): Appointed | undefined {
    const step = this.currentStep();
    const dueAt = step?.appointment?.at(this.state);
    return step && dueAt !== undefined ? { timerId: `${this.timerId(step.name)}/due`, dueAt } : undefined;
  }

  /** Enters the first step from `index` on that applies, or completes the run. */
  private enterFrom(index: number, { done, remembered }: { done: readonly string[]; remembered: D }): void {
    const step = this.saga.steps.slice(index).find((candidate) => candidate.onlyIf(this.state));
    if (!step) {
      this.run = { status: 'completed', done };
      return;
    }
    this.run = { status: 'running', step: step.name, done, remembered };
    const scope = this.scope(remembered);
    for (const begin of step.begins) {
      const action = begin(this.state, scope);
      if (action.kind === 'run') this.carryOut(action.intent);
      else this.actions.push(action);
    }
    this.setDeadline(step, scope);
  }

  /** Undoes what was done, the latest first; the failed step itself did nothing. */
  private compensate(failed: SagaStep<S, C, D>, cause: Reason): void {
    if (this.run?.status !== 'running') return;
    const { done, remembered } = this.run;
    this.forgetDeadline(failed);
    const undone = [...done].reverse().filter((name) => this.undo(name, this.scope(remembered), cause));
    this.run = { status: 'compensated', failedIn: failed.name, undone, cause };
  }

  private undo(name: string, scope: SagaScope<D>, cause: Reason): boolean {
    const intent = this.stepNamed(name).undo?.(this.state, scope, cause);
    if (intent) this.carryOut(intent);
    return intent !== undefined;
  }

  private carryOut(intent: Intent<C>): void {
    this.decide({ ...intent, ...this.occasion.origin } as unknown as C);
  }

  private decide(command: C): void {
    const { decider } = this.saga.entity;
    for (const event of decider.decide(this.state, command)) {
      this.state = decider.evolve(this.state, event);
      this.actions.push({ kind: 'publish', event });
    }
  }

  private setDeadline({ name, deadline }: SagaStep<S, C, D>, scope: SagaScope<D>): void {
    if (!deadline) return;
    const { afterMs, definition } = deadline;
    const payload = deadline.payload(this.state, scope);
    this.actions.push({ kind: 'remind', timerId: this.timerId(name), afterMs, definition, payload });
  }

  private forgetDeadline({ name, deadline }: SagaStep<S, C, D>): void {
    if (deadline) this.actions.push({ kind: 'forget', timerId: this.timerId(name) });
  }

  private timerId(step: string): string {
    return `${this.saga.name}/${this.occasion.id}/${step}`;
  }

  private scope(remembered: D): SagaScope<D> {
    return { id: this.occasion.id, customerId: this.occasion.customerId, remembered };
  }

  private currentStep(): SagaStep<S, C, D> | undefined {
    return this.run?.status === 'running' ? this.stepNamed(this.run.step) : undefined;
  }

  private stepNamed(name: string): SagaStep<S, C, D> {
    const step = this.saga.steps.find((candidate) => candidate.name === name);
    if (step) return step;
    throw new TerminalError(
      'UNKNOWN_SAGA_STEP',
      `A run of ${this.saga.name} stands in "${name}", which it lacks.`,
    );
  }
}
