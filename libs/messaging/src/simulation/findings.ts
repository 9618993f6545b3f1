import { isDeepStrictEqual } from 'node:util';
import { lanesOf, readMessage, topicOf } from '@aika/contracts';
import type { LogRecord, MessageLog } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/index.js';
import { booked, catalogue, EMPTY_ACCOUNT, type PaymentBook } from './ledger-agent.js';
import type { Entry, Workload } from './workload.js';

export type FindingKind = 'lost' | 'doubled' | 'reordered' | 'divergent';

/** One message or customer that came out other than it should. */
export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
}

interface Output {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface FindingsInput {
  readonly workload: Workload;
  readonly payments: PaymentBook;
  /** Committed records of the events and of the dead letters, all lanes, in order per lane and partition. */
  readonly events: readonly LogRecord[];
  readonly deadLetters: readonly LogRecord[];
  /** Entries that were booked, in the order that the changelog has recorded; undefined where it keeps none. */
  readonly recorded: readonly RecordedEntry[] | undefined;
}

export interface RecordedEntry {
  readonly customerId: string;
  readonly seq: number;
}

/** Compares what was committed with a plain fold of the inputs. */
export function findingsOf({
  workload,
  payments,
  events,
  deadLetters,
  recorded,
}: FindingsInput): readonly Finding[] {
  const outputs = events.map(outputOf);
  const perCustomer = [...workload.entries].flatMap(([customerId, entries]) => {
    const own = outputs.filter(({ payload }) => payload['customerId'] === customerId);
    const order = recorded?.filter((entry) => entry.customerId === customerId).map(({ seq }) => seq);
    return findingsOfCustomer(customerId, entries, { outputs: own, payments, order });
  });
  return [...perCustomer, ...findingsOfDeadLetters(deadLetters, workload.deadLetters)];
}

/** All committed records of a topic, lane after lane. */
export async function readTopic(log: MessageLog, namespace: string, name: string): Promise<LogRecord[]> {
  const lanes = lanesOf(name).map((lane) => readLane(log, topicOf(namespace, lane)));
  return (await Promise.all(lanes)).flat();
}

async function readLane(log: MessageLog, topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (let partition = 0; partition < (await log.partitionCount(topic)); partition += 1) {
    const { start, end } = await log.offsets({ topic, partition });
    for await (const batch of log.read({ topic, partition }, { from: start, until: end }))
      records.push(...batch);
  }
  return records;
}

interface CustomersOutcome {
  readonly outputs: readonly Output[];
  readonly payments: PaymentBook;
  readonly order: readonly number[] | undefined;
}

function findingsOfCustomer(
  customerId: string,
  entries: readonly Entry[],
  { outputs, payments, order }: CustomersOutcome,
): readonly Finding[] {
  const seqsOf = (kind?: Entry['kind']): number[] =>
    entries.filter((entry) => kind === undefined || entry.kind === kind).map(({ seq }) => seq);
  const found = (type: string): number[] =>
    outputs.filter((output) => output.type === type).map(({ payload }) => Number(payload['seq']));
  const keys = seqsOf('BOOK_AND_PAY').flatMap((seq) =>
    [...(payments.keys.get(`${customerId}/${seq}`) ?? [])].map(() => seq),
  );
  const compare = (type: string, expected: readonly number[], actual = found(type)): Finding[] =>
    compareSequences(`${type} of ${customerId}`, expected, actual);
  return [
    ...['BOOKED', 'NOTED'].flatMap((type) => compare(type, seqsOf()).filter(isNotOrder)),
    ...['BOOKED', 'NOTED'].flatMap((type) => disorder(`${type} of ${customerId}`, entries, found(type))),
    ...compare('DUE_BOOKED', seqsOf('BOOK_LATER')).filter(isNotOrder),
    ...compare('PAID', seqsOf('BOOK_AND_PAY')).filter(isNotOrder),
    ...['CONFIRMED', 'ACKNOWLEDGED'].flatMap((type) =>
      compare(type, seqsOf('BOOK_AND_ASK')).filter(isNotOrder),
    ),
    ...compare('payment', seqsOf('BOOK_AND_PAY'), keys),
    ...compare('REPORTED', [0]),
    ...divergence(customerId, entries, { outputs, order }),
  ];
}

/** What is urgent overtakes: each lane has an order of its own. */
function disorder(what: string, entries: readonly Entry[], actual: readonly number[]): readonly Finding[] {
  return lanes(entries)
    .map((lane) => lane.map(({ seq }) => seq))
    .flatMap((lane) =>
      compareSequences(
        what,
        lane,
        actual.filter((seq) => lane.includes(seq)),
      ),
    )
    .filter(({ kind }) => kind === 'reordered');
}

function lanes(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return [true, false].map((isUrgent) =>
    entries.filter(({ priority }) => (priority === 'HIGH') === isUrgent),
  );
}

/** Judged by lane; timers and payments end in an order of their own. */
function isNotOrder({ kind }: Finding): boolean {
  return kind !== 'reordered';
}

/** How a sequence of distinct numbers differs from the expected one. */
export function compareSequences(
  what: string,
  expected: readonly number[],
  actual: readonly number[],
): Finding[] {
  const first = [...new Set(actual)];
  const lost = expected.filter((seq) => !first.includes(seq));
  const doubled = actual.filter((seq, at) => actual.indexOf(seq) !== at || !expected.includes(seq));
  const isInOrder = first
    .filter((seq) => expected.includes(seq))
    .every((seq, at, all) => {
      const before = all[at - 1];
      return before === undefined || expected.indexOf(before) < expected.indexOf(seq);
    });
  return [
    ...lost.map((seq): Finding => ({ kind: 'lost', what: `${what} #${seq}` })),
    ...doubled.map((seq): Finding => ({ kind: 'doubled', what: `${what} #${seq}` })),
    ...(isInOrder ? [] : [{ kind: 'reordered', what: `${what}: ${actual.join(' ')}` } as const]),
  ];
}

/**
 * The checksums on the way, the order that was recorded, and the state as it was restored from the changelog in
 * the end: all of them have to be those of one order of the entries, in which each lane keeps its own.
 */
function divergence(
  customerId: string,
  entries: readonly Entry[],
  { outputs, order }: Pick<CustomersOutcome, 'outputs' | 'order'>,
): Finding[] {
  const booking = orderOfBooking(entries, outputs);
  const chain = booking.reduce((account, seq) => booked(account, seq), EMPTY_ACCOUNT).chain;
  const sum = (kind: Entry['kind']): number =>
    entries.filter((entry) => entry.kind === kind).reduce((total, { seq }) => total + seq, 0);
  const expected = {
    chain,
    due: sum('BOOK_LATER'),
    paid: sum('BOOK_AND_PAY'),
    confirmed: sum('BOOK_AND_ASK'),
  };
  const wrong = outputs.flatMap(({ type, payload }) => {
    const { seq, chain: found, due, paid, confirmed } = payload;
    const reported = { chain: found, due, paid, confirmed };
    if (type === 'BOOKED' && !booking.includes(Number(seq))) return [`BOOKED #${String(seq)}`];
    const isRight = isDeepStrictEqual(reported, expected);
    return type !== 'REPORTED' || isRight ? [] : [`REPORTED ${JSON.stringify(reported)}`];
  });
  if (order !== undefined && order.join() !== booking.join())
    wrong.push(`recorded as ${order.join(' ')}, booked as ${booking.join(' ')}`);
  return wrong.length === 0 ? [] : [{ kind: 'divergent', what: `${customerId}: ${wrong.join(', ')}` }];
}

/** The order in which the entries were booked, as far as the checksums of the outputs link up. */
function orderOfBooking(entries: readonly Entry[], outputs: readonly Output[]): readonly number[] {
  const chains = new Map(
    outputs.flatMap(({ type, payload }) =>
      type === 'BOOKED' ? [[Number(payload['seq']), payload['chain']] as const] : [],
    ),
  );
  const waiting = lanes(entries).map((lane) => lane.map(({ seq }) => seq));
  const order: number[] = [];
  for (let account = EMPTY_ACCOUNT; ;) {
    const lane = waiting.find(([seq]) => seq !== undefined && booked(account, seq).chain === chains.get(seq));
    const seq = lane?.shift();
    if (seq === undefined) return order;
    account = booked(account, seq);
    order.push(seq);
  }
}

function findingsOfDeadLetters(letters: readonly LogRecord[], expected: number): Finding[] {
  const ids = letters.map(({ headers }) => headers[DEAD_LETTER_HEADER.id]?.toString() ?? '');
  const distinct = new Set(ids).size;
  const lost = Math.max(0, expected - distinct);
  const extra = ids.length - distinct + Math.max(0, distinct - expected);
  return [
    ...Array.from({ length: lost }, (): Finding => ({ kind: 'lost', what: 'a dead letter' })),
    ...Array.from({ length: extra }, (): Finding => ({ kind: 'doubled', what: 'a dead letter' })),
  ];
}

function outputOf(record: LogRecord): Output {
  const read = readMessage(record.value as Buffer, {
    catalogue,
    receivedAt: new Date(record.timestamp).toISOString(),
  });
  if (!read.ok) throw read.error;
  return { type: read.envelope.messageType, payload: read.envelope.payload };
}
