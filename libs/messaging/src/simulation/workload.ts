import { type Envelope, type MessageDefinition, PRIORITIES, RetryParked } from '@aika/contracts';
import type { OutgoingMessage } from '../client/index.js';
import {
  Book,
  BookAndAsk,
  BookAndPay,
  BookLater,
  type EntryPayload,
  ledgerAgent,
  type LedgerScript,
} from './ledger-agent.js';
import type { Random } from './random.js';

/** Bytes as they are, on a partition of the commands that the writer chose. */
export interface RawInput {
  readonly customerId: string;
  readonly value: string;
  /** Whether it goes to another partition than its customer's. */
  readonly isMisplaced: boolean;
}

export type Input =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | { readonly kind: 'raw'; readonly raw: RawInput };

/** What arrives at one time. */
export interface Wave {
  /** Milliseconds since the start of the run. */
  readonly at: number;
  readonly inputs: readonly Input[];
}

/** The inputs of one run, and what has to come of them. */
export interface Workload {
  readonly waves: readonly Wave[];
  readonly script: LedgerScript;
  /** Entries that are to be booked, per customer, in the order in which they are sent. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Number of records that have to end among the dead letters. */
  readonly deadLetters: number;
}

export interface Entry {
  readonly seq: number;
  readonly kind: 'BOOK' | 'BOOK_LATER' | 'BOOK_AND_PAY' | 'BOOK_AND_ASK';
  readonly priority: Envelope['priority'];
}

export interface WorkloadSize {
  readonly customers: number;
  readonly entriesPerCustomer: number;
  readonly waves: number;
}

const KINDS = ['BOOK', 'BOOK', 'BOOK', 'BOOK_LATER', 'BOOK_AND_PAY', 'BOOK_AND_ASK'] as const;
const DEFINITIONS: Readonly<Record<Entry['kind'], MessageDefinition>> = {
  BOOK: Book,
  BOOK_LATER: BookLater,
  BOOK_AND_PAY: BookAndPay,
  BOOK_AND_ASK: BookAndAsk,
};
const WAVE_MS = 25;
/** More than are tried in place, so that keys park, and fewer than send a message to the dead letters. */
const MOST_FAILURES = 6;

/** Draws a workload: all kinds of messages, among them ones that fail, come twice, or are no messages. */
export function drawWorkload(random: Random, size: WorkloadSize): Workload {
  const names = Array.from({ length: size.customers }, (_, n) => `c-${n}`);
  const entries = new Map<string, Entry[]>(names.map((name) => [name, []]));
  const script = {
    flaky: new Map<string, number>(),
    poison: new Set<string>(),
    dueInMs: random.between(5, 120),
  };
  const waves: Input[][] = Array.from({ length: size.waves }, () => []);
  for (let seq = 1; seq <= size.entriesPerCustomer; seq += 1) {
    for (const customerId of names) {
      const kind = random.pick(KINDS);
      const entry = { seq, kind, priority: random.pick(PRIORITIES) };
      entries.get(customerId)?.push(entry);
      const message = messageOf(customerId, entry);
      const wave = Math.floor(((seq - 1) * size.waves) / size.entriesPerCustomer);
      waves[wave]?.push({ kind: 'message', message });
      if (random.next() < 0.2)
        script.flaky.set(message.messageId as string, random.between(1, MOST_FAILURES));
      // The same message again, at once or much later.
      if (random.next() < 0.2)
        waves[random.between(wave, size.waves - 1)]?.push({ kind: 'message', message });
    }
  }
  const deadLetters = addUnwanted(waves, entries, { random, script });
  const retry = retryOf(random.pick(names));
  waves[random.between(0, size.waves - 1)]?.push({ kind: 'message', message: retry });
  entries.set('c-forwarded', [{ seq: 1, kind: 'BOOK', priority: 'NORMAL' }]);
  waves[random.between(0, size.waves - 1)]?.push(misplaced('c-forwarded'));
  return {
    waves: waves.map((inputs, n) => ({ at: 10 + n * WAVE_MS, inputs })),
    script,
    entries,
    deadLetters,
  };
}

/** Messages that are never taken, at once or after many tries, another one under a used id, and no message. */
function addUnwanted(
  waves: Input[][],
  entries: ReadonlyMap<string, readonly Entry[]>,
  { random, script }: { readonly random: Random; readonly script: LedgerScript },
): number {
  const [customerId, [earliest]] = random.pick([...entries]);
  const bad = messageOf(customerId, { seq: 0, kind: 'BOOK', priority: random.pick(PRIORITIES) });
  script.poison.add(bad.messageId as string);
  waves[random.between(0, waves.length - 1)]?.push({ kind: 'message', message: bad });
  const stubborn = { ...bad, messageId: `${bad.messageId}-stubborn` };
  script.flaky.set(stubborn.messageId, Infinity);
  waves[random.between(0, waves.length - 1)]?.push({ kind: 'message', message: stubborn });
  // In the lane of the message whose id it claims: in another one it could be the first of the two.
  const first = messageOf(customerId, { seq: 1, kind: 'BOOK', priority: earliest?.priority ?? 'NORMAL' });
  const other: EntryPayload = { customerId, seq: 999 };
  waves.at(-1)?.push({ kind: 'message', message: { ...first, payload: other } });
  const raw = { customerId, value: 'no message', isMisplaced: false };
  waves[random.between(0, waves.length - 1)]?.push({ kind: 'raw', raw });
  return 4;
}

/** A person's wish that what is parked is tried at once. */
function retryOf(customerId: string): OutgoingMessage {
  const payload = { customerId, reason: 'simulated' };
  return {
    definition: RetryParked,
    payload,
    messageId: `msg-${customerId}-retry`,
    targetAgentId: ledgerAgent.id,
  };
}

function misplaced(customerId: string): Input {
  const value = JSON.stringify({ messageType: 'BOOK', payload: { customerId, seq: 1 } });
  return { kind: 'raw', raw: { customerId, value, isMisplaced: true } };
}

function messageOf(customerId: string, { seq, kind, priority }: Entry): OutgoingMessage {
  return {
    definition: DEFINITIONS[kind],
    payload: { customerId, seq },
    messageId: `msg-${customerId}-${seq}`,
    priority,
  };
}
