import {
  AskTimedOut,
  CommandRejected,
  createCatalogue,
  defineMessage,
  fields,
  RetryParked,
} from '@aika/contracts';
import {
  type AnswerHandler,
  defineAgent,
  defineAsk,
  defineEffect,
  defineStore,
  type EffectHandler,
  type HandlerContext,
  type MessageHandler,
  outcome,
  RetriableError,
  TerminalError,
} from '../agent/index.js';

/** An agent that keeps an account per customer and uses all that delivery offers. */
const LEDGER = 'risk-assessment-agent';

export class EntryPayload {
  @fields.Id()
  readonly customerId!: string;
  /** Number of the entry among the customer's, from 1. */
  @fields.Int({ min: 0 })
  readonly seq!: number;
}
export class BookedPayload extends EntryPayload {
  /** A checksum over the entries so far, in their order. */
  @fields.Int({})
  readonly chain!: number;
}
export class ReportedPayload extends BookedPayload {
  @fields.Int({})
  readonly due!: number;
  @fields.Int({})
  readonly paid!: number;
  @fields.Int({})
  readonly confirmed!: number;
}

const example = { customerId: 'c-1', seq: 1 };
const entry = { owner: LEDGER, payload: EntryPayload, example } as const;
const command = { ...entry, kind: 'command', stage: 'intake' } as const;
const event = { ...entry, kind: 'event', stage: 'decision' } as const;

export const Book = defineMessage({ ...command, type: 'BOOK' });
/** Booked at once, and once more when its time has come. */
export const BookLater = defineMessage({ ...command, type: 'BOOK_LATER' });
export const BookDue = defineMessage({ ...command, type: 'BOOK_DUE' });
/** Booked, and paid in the outside world. */
export const BookAndPay = defineMessage({ ...command, type: 'BOOK_AND_PAY' });
/** Booked, and another agent asked about it: here the asker itself. */
export const BookAndAsk = defineMessage({ ...command, type: 'BOOK_AND_ASK' });
export const Confirm = defineMessage({ ...command, type: 'CONFIRM' });
export const Confirmed = defineMessage({ ...event, type: 'CONFIRMED' });
/** The answer has reached its handler. */
export const Acknowledged = defineMessage({ ...event, type: 'ACKNOWLEDGED' });
export const Report = defineMessage({ ...command, type: 'REPORT' });
export const Booked = defineMessage({
  ...event,
  type: 'BOOKED',
  payload: BookedPayload,
  example: { ...example, chain: 1 },
});
export const Noted = defineMessage({ ...event, type: 'NOTED' });
export const DueBooked = defineMessage({ ...event, type: 'DUE_BOOKED' });
export const Paid = defineMessage({ ...event, type: 'PAID' });
export const Reported = defineMessage({
  ...event,
  type: 'REPORTED',
  payload: ReportedPayload,
  example: { ...example, chain: 1, due: 0, paid: 0, confirmed: 0 },
});

export const catalogue = createCatalogue([
  Book,
  BookLater,
  BookDue,
  BookAndPay,
  BookAndAsk,
  Confirm,
  Confirmed,
  Acknowledged,
  Report,
  Booked,
  Noted,
  DueBooked,
  Paid,
  Reported,
  RetryParked,
  CommandRejected,
  AskTimedOut,
]);

export interface Account {
  readonly seq: number;
  readonly chain: number;
  readonly due: number;
  readonly paid: number;
  readonly confirmed: number;
}

export const EMPTY_ACCOUNT: Account = { seq: 0, chain: 0, due: 0, paid: 0, confirmed: 0 };
const Accounts = defineStore<Account>('accounts');
const Pay = defineEffect<EntryPayload>({
  name: 'pay',
  backoffMs: 10,
  maxBackoffMs: 40,
  maxAttempts: Infinity,
});

/** Longer than any run: whoever is not answered has lost an answer. */
const NEVER_MS = 3_600_000;
const Confirmation = defineAsk({
  name: 'confirmation',
  command: Confirm,
  replies: [Confirmed],
  withinMs: NEVER_MS,
}).remembering<{ readonly seq: number }>();

export const ledgerAgent = defineAgent({
  id: LEDGER,
  inbox: 'agent.risk',
  handles: [Book, BookLater, BookDue, BookAndPay, BookAndAsk, Confirm, Report, Paid],
  emits: [Booked, Noted, DueBooked, Paid, Confirmed, Acknowledged, Reported],
  effects: [Pay],
  asks: [Confirmation],
  steward: true,
});

/** The account after one more entry: depends on the order of all entries and counts each of them. */
export function booked(account: Account, seq: number): Account {
  return { ...account, seq, chain: (account.chain * 31 + seq) % 1_000_003 };
}

export interface LedgerScript {
  /** How often each message's handler fails before it succeeds, by message id. */
  readonly flaky: Map<string, number>;
  /** Ids of messages that are never taken. */
  readonly poison: Set<string>;
  readonly dueInMs: number;
}

export function ledgerHandlers(script: LedgerScript): ReadonlyMap<string, MessageHandler> {
  const book = (payload: EntryPayload, context: HandlerContext): void => {
    change(context, (account) => {
      const after = booked(account, payload.seq);
      context.emit(Booked, { ...payload, chain: after.chain });
      context.emit(Noted, payload);
      return after;
    });
    failIfPlanned(script, context.message.messageId);
  };
  return new Map([
    handler('BOOK', book),
    handler('BOOK_AND_PAY', (payload, context) => {
      context.effect(Pay, payload);
      book(payload, context);
    }),
    handler('BOOK_AND_ASK', (payload, context) => {
      context.ask(Confirmation, payload, { remember: { seq: payload.seq } });
      book(payload, context);
    }),
    handler('CONFIRM', (payload, context) => void context.reply(Confirmed, payload)),
    handler('BOOK_LATER', (payload, context) => {
      const due = new Date(Date.parse(context.now) + script.dueInMs).toISOString();
      context.schedule(`due-${payload.seq}`, due, BookDue, payload);
      book(payload, context);
    }),
    handler('BOOK_DUE', (payload, context) => {
      change(context, (account) => ({ ...account, due: account.due + payload.seq }));
      context.emit(DueBooked, payload);
    }),
    handler('PAID', ({ seq }, context) => {
      change(context, (account) => ({ ...account, paid: account.paid + seq }));
    }),
    handler('REPORT', (payload, context) => {
      const { chain, due, paid, confirmed } = context.store(Accounts).get('account') ?? EMPTY_ACCOUNT;
      context.emit(Reported, { ...payload, chain, due, paid, confirmed });
    }),
  ]);
}

/** Takes what the reply says and not what was remembered, and both have to agree. */
export const ledgerAnswers: ReadonlyMap<string, AnswerHandler> = new Map([
  [
    Confirmation.name,
    ((answer, context) => {
      const { remembered, customerId } = answer;
      const seq = answer.outcome === 'replied' ? answer.payload.seq : undefined;
      if (seq === undefined || seq !== remembered.seq) return;
      change(context, (account) => ({ ...account, confirmed: account.confirmed + seq }));
      context.emit(Acknowledged, { customerId, seq });
    }) as AnswerHandler<typeof Confirmation>,
  ] as [string, AnswerHandler],
]);

function handler(type: string, handle: MessageHandler<EntryPayload>): [string, MessageHandler] {
  return [type, handle as MessageHandler];
}

/** The outside world: does each payment once per idempotency key, and remembers under which keys. */
export class PaymentBook {
  /** Idempotency keys by `customer/seq`. */
  readonly keys = new Map<string, Set<string>>();

  pay({ customerId, seq }: EntryPayload, idempotencyKey: string): void {
    const entryId = `${customerId}/${seq}`;
    this.keys.set(entryId, (this.keys.get(entryId) ?? new Set()).add(idempotencyKey));
  }
}

/** The effect as one process runs it: `reach` is the way to the outside world. */
export function payEffect(
  payments: PaymentBook,
  reach: (call: () => Promise<void>) => Promise<void>,
): ReadonlyMap<string, EffectHandler<object>> {
  const pay: EffectHandler<object> = async (request, { idempotencyKey }) => {
    const payload = request as EntryPayload;
    await reach(() => Promise.resolve(payments.pay(payload, idempotencyKey)));
    return outcome(Paid, { customerId: payload.customerId, seq: payload.seq });
  };
  return new Map([['pay', pay]]);
}

function change(context: HandlerContext, step: (account: Account) => Account): void {
  const accounts = context.store(Accounts);
  accounts.put('account', step(accounts.get('account') ?? EMPTY_ACCOUNT));
}

/** After the work, so that what is left of a failed attempt would be seen. */
function failIfPlanned({ flaky, poison }: LedgerScript, messageId: string): void {
  if (poison.has(messageId)) throw new TerminalError('POISON', 'never taken');
  const left = flaky.get(messageId) ?? 0;
  if (left === 0) return;
  flaky.set(messageId, left - 1);
  throw new RetriableError('BUSY', 'not now');
}
