import type { Reason } from '@aika/contracts';
import { defineStore } from '@aika/messaging';
import type { HandlerContext, StoreDefinition } from '@aika/messaging';
import type { Entity, EntityEvent } from './entity.js';
import { SagaStepBuilder } from './saga-step.js';
import type { SagaStep } from './saga-step.js';

/**
 * Where one entity's saga stands. `done` names the steps that a failure would have to undo, in the order in
 * which they were done.
 */
export type SagaRun<D> =
  | {
      readonly status: 'running';
      readonly step: string;
      readonly done: readonly string[];
      readonly remembered: D;
    }
  | { readonly status: 'completed'; readonly done: readonly string[] }
  | {
      readonly status: 'compensated';
      readonly failedIn: string;
      readonly undone: readonly string[];
      readonly cause: Reason;
    };

/** What a run may read when it begins, to remember it: the customer's own state. */
export type SagaReads = Pick<HandlerContext, 'store'>;

/** Steps that lead one entity through a process that several parties take part in. */
export interface Saga<S, C, E extends EntityEvent, D> {
  readonly name: string;
  readonly entity: Entity<S, C, E>;
  readonly startsWhen: (state: S) => boolean;
  readonly remembers: (state: S, reads: SagaReads) => D;
  readonly steps: readonly SagaStep<S, C, D>[];
  readonly store: StoreDefinition<SagaRun<D>>;
}

/**
 * Declares a saga over an entity. The entity's decider keeps all rules; the saga only says who is asked what,
 * who is waited for and for how long, and what undoes a step when a later one fails:
 *
 * ```ts
 * defineSaga('claim-settlement', claim)
 *   .startsWhen((claim) => claim.status === 'filed')
 *   .step('check cover', (step) =>
 *     step
 *       .asks(VerifyCoverage, (claim) => ({ ... }))
 *       .awaits(CoverageVerified, (data) => ({ type: 'RECORD_COVERAGE', data }))
 *       .within(minutes(5), EscalateClaim, (claim, { id, customerId }) => ({ customerId, claimId: id }))
 *       .until((claim) => claim.status !== 'filed'))
 *   .step('pay', (step) => step.requests(PayClaim, ...).failsOn(PaymentRefused, ({ reason }) => reason))
 *   .build();
 * ```
 */
export function defineSaga<S, C, E extends EntityEvent>(
  name: string,
  entity: Entity<S, C, E>,
): SagaBuilder<S, C, E, undefined> {
  return new SagaBuilder(
    name,
    entity,
    () => false,
    () => undefined,
    [],
  );
}

/** Collects a saga's parts; every call returns a new builder. */
export class SagaBuilder<S, C, E extends EntityEvent, D> {
  constructor(
    private readonly name: string,
    private readonly entity: Entity<S, C, E>,
    private readonly starts: Saga<S, C, E, D>['startsWhen'],
    private readonly memory: Saga<S, C, E, D>['remembers'],
    private readonly steps: readonly SagaStep<S, C, D>[],
  ) {}

  /** A run begins whenever none is under way and the entity is in such a state. */
  startsWhen(starts: (state: S) => boolean): SagaBuilder<S, C, E, D> {
    return new SagaBuilder(this.name, this.entity, starts, this.memory, this.steps);
  }

  /** What a run keeps from its beginning beside the entity's state. Comes before the first step. */
  remembers<M>(memory: (state: S, reads: SagaReads) => M): SagaBuilder<S, C, E, M> {
    if (this.steps.length > 0) throw new TypeError(`${this.name}: remembers() comes before the first step.`);
    return new SagaBuilder<S, C, E, M>(this.name, this.entity, this.starts, memory, []);
  }

  /** The next step. @throws TypeError for a name that another step has: a run's position is kept by name */
  step(name: string, describe: (step: SagaStepBuilder<S, S, C, D>) => { build(): SagaStep<S, C, D> }) {
    if (this.steps.some((step) => step.name === name)) {
      throw new TypeError(`${this.name} has two steps named "${name}".`);
    }
    const step = describe(new SagaStepBuilder<S, S, C, D>({ name })).build();
    return new SagaBuilder(this.name, this.entity, this.starts, this.memory, [...this.steps, step]);
  }

  build(): Saga<S, C, E, D> {
    const { name, entity, starts: startsWhen, memory: remembers, steps } = this;
    const store = defineStore<SagaRun<D>>(`saga-${name}`);
    return Object.freeze({ name, entity, startsWhen, remembers, steps, store });
  }
}
