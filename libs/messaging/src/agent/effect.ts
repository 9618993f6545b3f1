import type { MessageDefinition, PayloadOf } from '@aika/contracts';

/** When the other side of an effect counts as out of order, and how it is asked whether it is back. */
export interface EffectBreakerSettings {
  /**
   * Failed attempts in a row, over all customers of the process, that open the circuit; Infinity = never.
   * Default 5, or `maxAttempts` where that is less: above it, an effect that is alone would be out of attempts
   * before the outage is noticed.
   */
  readonly failures: number;
  /** Wait before the first probe of an open circuit, milliseconds; doubles with each failed probe. Default 1 s. */
  readonly pauseMs: number;
  /** Longest wait between two probes, milliseconds. Default 10 s, or `pauseMs` where that is more. */
  readonly maxPauseMs: number;
}

/**
 * Something that reaches outside: a payment, an e-mail, a model call. A handler asks for it; it runs after
 * the commit, with a key under which the other side does it once; its result comes back as a message.
 */
export interface EffectDefinition<Request extends object = object> {
  readonly name: string;
  /** One attempt may take this long, milliseconds; then its signal aborts. */
  readonly timeoutMs: number;
  /**
   * How long an attempt may go on after its signal has aborted, milliseconds. An answer within it counts;
   * after it the attempt has failed, its place is free, and whatever it still does runs beside the next one.
   */
  readonly graceMs: number;
  /**
   * Attempts before giving up; Infinity where an unknown outcome must never be taken for a refusal
   * (a payment whose answer was lost may have been made). Failures of an outage are not counted.
   */
  readonly maxAttempts: number;
  /** First wait between attempts, milliseconds; doubles up to `maxBackoffMs`; shortened by up to half. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** Attempts of this effect at the same time in one process, besides the process's own limit. */
  readonly concurrency: number;
  /**
   * True: one at a time per customer and effect, in the order asked, also after a restart. The next one starts
   * when the result of the one before is committed. One that is stuck holds up those behind it.
   */
  readonly ordered: boolean;
  readonly breaker: EffectBreakerSettings;
  /** Names of the request's own fields that hold personal data. */
  readonly personal?: readonly string[];
  /**
   * What is told of a call that was refused or is out of attempts; the effect has then ended. Left out where that is
   * no outcome (a payment that may have been made): the effect is stuck until a person releases it.
   */
  givenUp?(request: Request, error: unknown): EffectResult;
  /** Never set: carries the request's type. */
  readonly request?: Request;
}

export interface EffectCall {
  /** Derived from the message that asked: the same in every attempt and after every crash. */
  readonly idempotencyKey: string;
  /** From 1; counted in this process. The same number again follows a failure that was part of an outage. */
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

/**
 * Makes one attempt.
 *
 * @throws TerminalError a refusal: the other side will never do it. The effect ends with what its definition says of
 * one that is given up, or is stuck until it is released
 * @throws anything else: not done, or not known; it is tried again, and enough of it in a row is an outage
 */
export type EffectHandler<Request extends object> = (
  request: Request,
  call: EffectCall,
) => Promise<EffectResult>;

const DEFAULTS = {
  timeoutMs: 10_000,
  graceMs: 1000,
  maxAttempts: 10,
  backoffMs: 200,
  maxBackoffMs: 30_000,
  concurrency: Infinity,
  ordered: false,
};
const BREAKER_DEFAULTS = { failures: 5, pauseMs: 1000, maxPauseMs: 10_000 };

export type EffectOptions<Request extends object> = Pick<EffectDefinition, 'name'> &
  Partial<Omit<EffectDefinition<Request>, 'name' | 'breaker'>> & {
    readonly breaker?: Partial<EffectBreakerSettings>;
  };

/**
 * Declares an effect; what is left out has a default: 10 s and 1 s of grace an attempt, 10 attempts, 200 ms
 * doubling to 30 s between them, no limit but the process's, no order, a circuit that opens after 5 failures.
 *
 * @throws TypeError when a number cannot be what it stands for
 */
export function defineEffect<Request extends object>(
  options: EffectOptions<Request>,
): EffectDefinition<Request> {
  const effect = { ...DEFAULTS, ...options };
  const failures = Math.min(BREAKER_DEFAULTS.failures, effect.maxAttempts);
  const pauseMs = options.breaker?.pauseMs ?? BREAKER_DEFAULTS.pauseMs;
  const maxPauseMs = Math.max(pauseMs, BREAKER_DEFAULTS.maxPauseMs);
  const breaker = Object.freeze({ failures, pauseMs, maxPauseMs, ...options.breaker });
  const definition = Object.freeze({ ...effect, breaker });
  assertPossible(definition);
  return definition;
}

/** Timers of Node fire at once when they are asked to wait longer than this. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

function assertPossible({ name, breaker, ...effect }: EffectDefinition): void {
  const { maxAttempts, concurrency, timeoutMs, graceMs, backoffMs, maxBackoffMs } = effect;
  const counts = { maxAttempts, concurrency, 'breaker.failures': breaker.failures };
  const { pauseMs, maxPauseMs } = breaker;
  const waits = {
    timeoutMs,
    graceMs,
    backoffMs,
    maxBackoffMs,
    'breaker.pauseMs': pauseMs,
    'breaker.maxPauseMs': maxPauseMs,
  };
  const faults = [
    ...Object.entries(counts)
      .filter(([, count]) => count !== Infinity && !(Number.isInteger(count) && count >= 1))
      .map(([field, count]) => `${field} is a whole number from 1, or Infinity, not ${count}`),
    ...Object.entries(waits)
      .filter(([, wait]) => !(wait >= 0 && wait <= LONGEST_WAIT_MS))
      .map(([field, wait]) => `${field} is milliseconds from 0 to ${LONGEST_WAIT_MS}, not ${wait}`),
  ];
  if (faults.length > 0) throw new TypeError(`Effect ${name}: ${faults.join('; ')}.`);
}

/** Gives an effect's result its checked type. */
export function outcome<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): EffectResult<D> {
  return { definition, payload };
}
