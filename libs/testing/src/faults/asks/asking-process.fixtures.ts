/**
 * One process of an installation in which a shop asks a warehouse, for tests that kill it: the shop's agent, the
 * warehouse's, or the edge that asks from outside. Run by node itself, which strips the types: no decorators, and
 * the built packages.
 */
import {
  AskTimedOut,
  CommandRejected,
  createCatalogue,
  defineMessage,
  fields,
  type MessageDefinition,
} from '@aika/contracts';
import {
  type AgentManifest,
  AgentRuntime,
  type Answer,
  type AnswerHandler,
  defineAgent,
  defineAsk,
  defineStore,
  type HandlerContext,
  type MessageHandler,
  MessageSender,
  silentLogger,
} from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';

const SHOP = 'risk-assessment-agent';
const WAREHOUSE = 'policy-recommendation-agent';
const SESSION_MS = 2_000;
const WITHIN_MS = 30_000;
/** Long enough that no transaction for positions alone falls between those of a question and its answer. */
const IDLE_COMMIT_MS = 60_000;

class OrderPayload {
  declare readonly customerId: string;
  /** What becomes of it, see `Item`. */
  declare readonly item: string;
  /** How many of the customer's the writer of the message has counted, this one included. */
  declare readonly count: number;
}
class EndedPayload extends OrderPayload {
  declare readonly orderId: string;
  declare readonly outcome: string;
}
for (const payload of [OrderPayload, EndedPayload]) {
  fields.Id()(payload.prototype, 'customerId');
  fields.Text()(payload.prototype, 'item');
  fields.Int({ min: 0 })(payload.prototype, 'count');
}
fields.Id()(EndedPayload.prototype, 'orderId');
fields.Text()(EndedPayload.prototype, 'outcome');

const example = { customerId: 'c-1', item: 'plain', count: 0 };
const shop = { owner: SHOP, stage: 'intake', payload: OrderPayload, example } as const;
const Order = defineMessage({ ...shop, kind: 'command', type: 'ORDER' });
const OrderEnded = defineMessage({
  ...{ ...shop, kind: 'event', type: 'ORDER_ENDED', payload: EndedPayload },
  example: { ...example, orderId: 'msg-1', outcome: 'replied' },
});
const warehouse = { ...shop, owner: WAREHOUSE } as const;
const CheckStock = defineMessage({ ...warehouse, kind: 'command', type: 'CHECK_STOCK' });
const StockChecked = defineMessage({ ...warehouse, kind: 'event', type: 'STOCK_CHECKED' });
const catalogue = createCatalogue([
  Order,
  OrderEnded,
  CheckStock,
  StockChecked,
  CommandRejected,
  AskTimedOut,
]);

const AskStock = defineAsk({
  name: 'stock',
  command: CheckStock,
  replies: [StockChecked],
  withinMs: WITHIN_MS,
}).remembering<{ readonly orderId: string; readonly item: string }>();
const Counts = defineStore<number>('counts');

const asks = process.env['ASKING_ROLE'] === 'impatient-shop' ? [] : [AskStock];
const shopAgent = defineAgent({
  ...{ id: SHOP, inbox: 'agent.risk', handles: [Order], emits: [OrderEnded], asks },
  steward: true,
});
const warehouseAgent = defineAgent({
  ...{ id: WAREHOUSE, inbox: 'agent.policy', handles: [CheckStock] },
  emits: [StockChecked, CommandRejected],
});

function counted(context: HandlerContext): number {
  const counts = context.store(Counts);
  const count = (counts.get('count') ?? 0) + 1;
  counts.put('count', count);
  return count;
}

function handler(
  { type }: MessageDefinition,
  handle: (payload: OrderPayload, context: HandlerContext) => unknown,
): [string, MessageHandler] {
  return [type, handle as MessageHandler];
}

/** Item `never` is given so long, and nobody answers it. */
const NEVER_MS = 1_500;

const order = (payload: OrderPayload, context: HandlerContext): void => {
  const { customerId, item } = payload;
  const remember = { orderId: context.message.messageId, item };
  const withinMs = item === 'never' ? NEVER_MS : WITHIN_MS;
  context.ask(AskStock, { customerId, item, count: 0 }, { remember, withinMs });
};
const answered = (answer: Answer<typeof AskStock>, context: HandlerContext): void => {
  const { customerId, remembered } = answer;
  const outcome = answer.outcome === 'refused' ? answer.code : answer.outcome;
  context.emit(OrderEnded, { customerId, ...remembered, outcome, count: counted(context) });
};
/** What an agent must not do, and what others' code looks like: ask from within a handler, and wait. */
const orderImpatiently = async (payload: OrderPayload, context: HandlerContext): Promise<void> => {
  const { customerId, item } = payload;
  const orderId = context.message.messageId;
  const outcome = await outcomeOf({ customerId, item, metadata: { causationId: orderId } });
  context.emit(OrderEnded, { customerId, item, orderId, outcome, count: counted(context) });
};
const checkStock = (payload: OrderPayload, context: HandlerContext): void => {
  const { customerId, item } = payload;
  const count = counted(context);
  const { messageId: commandId, messageType: commandType } = context.message;
  if (item === 'never') return;
  if (item === 'plain') return void context.reply(StockChecked, { customerId, item, count });
  context.reply(CommandRejected, { customerId, commandId, commandType, code: 'sold_out', detail: item });
};

interface Question {
  readonly customerId: string;
  readonly item: string;
  readonly messageId?: string;
  readonly timeoutMs?: number;
  readonly metadata?: { readonly causationId: string };
}

/** `replied`, the code of a refusal, or the code of the error with which the wait ended. */
async function outcomeOf({ customerId, item, ...options }: Question): Promise<string> {
  try {
    const answer = await sender.ask(CheckStock, { customerId, item, count: 0 }, options);
    const { customerId: about } = answer.payload as unknown as OrderPayload;
    return about === customerId ? 'replied' : `replied about ${about}`;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

const { KAFKA_BROKERS = '', ASKING_NAMESPACE: namespace = '', ASKING_ROLE: role = '' } = process.env;
const log = createKafkaLog({ brokers: KAFKA_BROKERS.split(','), clientId: role, requestTimeoutMs: 500 });
const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'edge' });

function runAgent(
  agent: AgentManifest,
  handlers: readonly [string, MessageHandler][],
  answers: readonly [string, AnswerHandler][] = [],
): void {
  const runtime = new AgentRuntime({
    ...{ agent, log, namespace, catalogue, instanceId: 'one', effects: new Map(), logger: silentLogger },
    handlers: new Map(handlers),
    answers: new Map(answers),
    // Static: what comes back after a kill -9 need not wait for the end of the dead one's session.
    settings: { membership: 'static', sessionTimeoutMs: SESSION_MS, idleCommitMs: IDLE_COMMIT_MS },
  });
  runtime.start();
  const ready = setInterval(() => {
    if (runtime.status().state !== 'RUNNING' || runtime.status().partitions.length === 0) return;
    clearInterval(ready);
    process.send?.({ ready: true });
  }, 10);
}

/** Asks what it is told to, all at once, and tells each outcome; ends in good order when its starter lets go. */
function runEdge(): void {
  process.on('message', (questions: readonly Question[]) => {
    for (const question of questions) {
      void outcomeOf(question).then((outcome) => process.send?.({ ...question, outcome }));
    }
  });
  process.once('disconnect', () => void sender.close().then(() => log.close()));
  process.send?.({ ready: true });
}

switch (role) {
  case 'shop':
    runAgent(shopAgent, [handler(Order, order)], [['stock', answered as AnswerHandler]]);
    break;
  case 'impatient-shop':
    runAgent(shopAgent, [handler(Order, orderImpatiently)]);
    break;
  case 'warehouse':
    runAgent(warehouseAgent, [handler(CheckStock, checkStock)]);
    break;
  case 'edge':
    runEdge();
    break;
  default:
    throw new Error(`ASKING_ROLE is "${role}".`);
}
if (role !== 'edge') process.once('disconnect', () => process.exit(0));
