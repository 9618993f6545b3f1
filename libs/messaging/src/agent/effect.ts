import type { MessageDefinition, PayloadOf } from '@aika/contracts';

/**
 * Something that reaches outside: a payment, an e-mail, a model call. A handler asks for it; it runs after
 * the commit, with a key under which the other side does it once; its result comes back as a message.
 */
export interface EffectDefinition<Request extends object = object> {
  readonly name: string;
  /** One attempt may take this long. */
  readonly timeoutMs: number;
  /**
   * Attempts before giving up; Infinity where an unknown outcome must never be taken for a refusal
   * (a payment whose answer was lost may have been made).
   */
  readonly maxAttempts: number;
  /** First wait between attempts; doubles up to `maxBackoffMs`. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** Never set: carries the request's type. */
  readonly request?: Request;
}

export interface EffectCall {
  /** Derived from the message that asked: the same in every attempt and after every crash. */
  readonly idempotencyKey: string;
  readonly attempt: number;
  readonly customerId: string;
  /** Aborts on time-out, on shutdown, and when the partition moves to another machine. */
  readonly signal: AbortSignal;
}

/** The message that an effect's outcome becomes. */
export interface EffectResult<D extends MessageDefinition = MessageDefinition> {
  readonly definition: D;
  readonly payload: PayloadOf<D>;
}

export type EffectHandler<Request extends object> = (
  request: Request,
  call: EffectCall,
) => Promise<EffectResult>;

const DEFAULTS = { timeoutMs: 10_000, maxAttempts: 10, backoffMs: 200, maxBackoffMs: 30_000 };

/** Declares an effect; what is left out has a default (10 s, 10 attempts, 200 ms doubling to 30 s). */
export function defineEffect<Request extends object>(
  effect: Pick<EffectDefinition, 'name'> & Partial<EffectDefinition<Request>>,
): EffectDefinition<Request> {
  return Object.freeze({ ...DEFAULTS, ...effect });
}

/** Gives an effect's result its checked type. */
export function outcome<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): EffectResult<D> {
  return { definition, payload };
}
