import type { MessageDefinition, PayloadOf } from '@aika/contracts';

/**
 * A question of an agent to another one: a command, and a later message that answers it. Nobody waits: the ask is
 * kept in state, and its outcome is handed to the asker's answer handler, exactly once.
 */
export interface AskDefinition<
  C extends MessageDefinition = MessageDefinition,
  R extends MessageDefinition = MessageDefinition,
  Memory = unknown,
> {
  readonly name: string;
  readonly command: C;
  /** The messages that answer it. A `COMMAND_REJECTED` that names the command always does. */
  readonly replies: readonly R[];
  /** Without an answer after this time the outcome is `timed-out`, milliseconds. */
  readonly withinMs: number;
  /** Never set: carries the type of what an ask remembers. */
  readonly memory?: Memory;
}

/** A declared ask; `remembering` gives what it remembers a type. */
export interface DeclaredAsk<
  C extends MessageDefinition,
  R extends MessageDefinition,
  Memory,
> extends AskDefinition<C, R, Memory> {
  /** What the asker wants to know again when the answer comes; JSON. */
  remembering<M>(): DeclaredAsk<C, R, M>;
}

/** How an ask ended. `refused` carries the code of the asked agent's `COMMAND_REJECTED`. */
export type Answer<A extends AskDefinition = AskDefinition> =
  A extends AskDefinition<MessageDefinition, infer R, infer Memory>
    ? AnswerBase<Memory> & (Reply<R> | Refused | TimedOut)
    : never;

interface AnswerBase<Memory> {
  /** What `ask` returned: the id of the command. */
  readonly askId: string;
  readonly customerId: string;
  readonly remembered: Memory;
}
type Reply<R extends MessageDefinition> = R extends MessageDefinition
  ? { readonly outcome: 'replied'; readonly type: R['type']; readonly payload: PayloadOf<R> }
  : never;
interface Refused {
  readonly outcome: 'refused';
  /** For programs, such as `quote_expired`. */
  readonly code: string;
  readonly detail: string;
}
interface TimedOut {
  readonly outcome: 'timed-out';
}

export interface AskOptions<Memory = unknown> {
  /** Given back with the answer. Needed where the ask is declared as `remembering`. */
  readonly remember: Memory;
  /** Instead of the definition's `withinMs`. */
  readonly withinMs?: number;
}

/** Nothing has to be said where an ask remembers nothing. */
export type AskArguments<Memory> = undefined extends Memory
  ? [options?: Partial<AskOptions<Memory>>]
  : [options: AskOptions<Memory>];

/**
 * Declares an ask: `defineAsk({ name: 'check-cover', command: VerifyCoverage, replies: [CoverageVerified],
 * withinMs: 5_000 }).remembering<{ claimId: string }>()`. The agent names it under `asks`.
 *
 * @throws TypeError when it names no reply, the command is nobody's, or the time is none
 */
export function defineAsk<const C extends MessageDefinition, const R extends MessageDefinition>(
  options: Pick<AskDefinition<C, R>, 'name' | 'command' | 'replies' | 'withinMs'>,
): DeclaredAsk<C, R, undefined> {
  const { name, command, replies } = options;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new TypeError(`An ask's name is lower-case letters, digits and dashes, not "${name}".`);
  }
  if (replies.length === 0) throw new TypeError(`Ask ${name} names no message that answers it.`);
  if (command.kind !== 'command' || command.owner === 'any') {
    throw new TypeError(`Ask ${name}: ${command.type} is not a command that one agent owns.`);
  }
  assertWithin(name, options.withinMs);
  return declared(options);
}

/** @throws TypeError */
export function assertWithin(name: string, withinMs: number): void {
  if (Number.isFinite(withinMs) && withinMs > 0) return;
  throw new TypeError(`Ask ${name}: withinMs is milliseconds above 0, not ${withinMs}.`);
}

function declared<C extends MessageDefinition, R extends MessageDefinition, Memory>(
  options: AskDefinition<C, R>,
): DeclaredAsk<C, R, Memory> {
  const { name, command, replies, withinMs } = options;
  const remembering = <M>(): DeclaredAsk<C, R, M> => declared<C, R, M>(options);
  return Object.freeze({ name, command, replies, withinMs, remembering });
}
