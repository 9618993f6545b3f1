import {
  AskTimedOut,
  CommandRejected,
  createCatalogue,
  defineMessage,
  fields,
  type MessageDefinition,
} from '@aika/contracts';
import {
  type Answer,
  type AnswerHandler,
  defineAgent,
  defineAsk,
  type HandlerContext,
  type MessageHandler,
  RetriableError,
} from '../../agent/index.js';

/** A shop that asks a warehouse what is in stock, which asks the shop back for some items. */
export const SHOP = 'risk-assessment-agent';
export const WAREHOUSE = 'policy-recommendation-agent';

/** What an order's item makes the warehouse do. */
export const ITEM = {
  plain: 'plain',
  twice: 'answered-twice',
  refused: 'refused',
  never: 'never-answered',
  later: 'answered-by-a-timer',
  askedBack: 'asked-back',
  elsewhere: 'of-another-customer',
} as const;

export class OrderPayload {
  @fields.Id()
  readonly customerId!: string;
  @fields.Text()
  readonly item!: string;
}
export class OrderEndedPayload extends OrderPayload {
  @fields.Text()
  readonly outcome!: string;
  @fields.Text()
  readonly remembered!: string;
}

const example = { customerId: 'c-1', item: 'plain' };
const shop = { owner: SHOP, stage: 'intake', payload: OrderPayload, example } as const;
const warehouse = { ...shop, owner: WAREHOUSE } as const;
export const Order = defineMessage({ ...shop, kind: 'command', type: 'ORDER' });
const GivePrice = defineMessage({ ...shop, kind: 'command', type: 'GIVE_PRICE' });
const PriceGiven = defineMessage({ ...shop, kind: 'event', type: 'PRICE_GIVEN' });
export const CheckStock = defineMessage({ ...warehouse, kind: 'command', type: 'CHECK_STOCK' });
const CountLater = defineMessage({ ...warehouse, kind: 'command', type: 'COUNT_LATER' });
export const StockChecked = defineMessage({ ...warehouse, kind: 'event', type: 'STOCK_CHECKED' });
const StockCounted = defineMessage({ ...warehouse, kind: 'event', type: 'STOCK_COUNTED' });
export const OrderEnded = defineMessage({
  ...shop,
  kind: 'event',
  type: 'ORDER_ENDED',
  payload: OrderEndedPayload,
  example: { ...example, outcome: 'replied', remembered: '' },
});

const AskStock = defineAsk({
  name: 'stock',
  command: CheckStock,
  replies: [StockChecked, StockCounted],
  withinMs: 20_000,
}).remembering<{ readonly item: string }>();
const AskPrice = defineAsk({ name: 'price', command: GivePrice, replies: [PriceGiven], withinMs: 20_000 });

export const askCatalogue = createCatalogue([
  Order,
  GivePrice,
  PriceGiven,
  CheckStock,
  CountLater,
  StockChecked,
  StockCounted,
  OrderEnded,
  CommandRejected,
  AskTimedOut,
]);

export const shopAgent = defineAgent({
  id: SHOP,
  inbox: 'agent.risk',
  handles: [Order, GivePrice, StockChecked],
  emits: [OrderEnded, PriceGiven],
  asks: [AskStock],
});
export const warehouseAgent = defineAgent({
  id: WAREHOUSE,
  inbox: 'agent.policy',
  handles: [CheckStock, CountLater],
  emits: [StockChecked, StockCounted, CommandRejected],
  asks: [AskPrice],
});

const SHORT_MS = 150;

/** How the shop behaves; counts what its handlers saw. */
export class ShopScript {
  /** So many calls of the answer handler fail. */
  failures = 0;
  /** STOCK_CHECKED messages that answered nothing and went to their plain handler. */
  unasked = 0;

  readonly handlers: ReadonlyMap<string, MessageHandler> = new Map([
    handler(Order, ({ customerId, item }, context) => {
      const about = item === ITEM.elsewhere ? `${customerId}-other` : customerId;
      const withinMs = item === ITEM.never ? SHORT_MS : 20_000;
      context.ask(AskStock, { customerId: about, item }, { remember: { item: `for ${item}` }, withinMs });
    }),
    handler(GivePrice, (payload, context) => void context.reply(PriceGiven, payload)),
    handler(StockChecked, () => void this.unasked++),
  ]);

  readonly answers: ReadonlyMap<string, AnswerHandler> = new Map([
    [
      'stock',
      ((answer: Answer<typeof AskStock>, context: HandlerContext) => {
        context.emit(OrderEnded, {
          customerId: answer.customerId,
          item: answer.outcome === 'replied' ? answer.payload.item : '-',
          outcome: answer.outcome === 'refused' ? `refused: ${answer.code}` : answer.outcome,
          remembered: answer.remembered.item,
        });
        if (this.failures-- > 0) throw new RetriableError('BUSY', 'not now');
      }) as AnswerHandler,
    ],
  ]);
}

export const warehouseHandlers: ReadonlyMap<string, MessageHandler> = new Map([
  handler(CheckStock, (payload, context) => {
    const { customerId, item } = payload;
    if (item === ITEM.askedBack) return void context.ask(AskPrice, payload);
    if (item === ITEM.never) return;
    if (item === ITEM.later) {
      const due = new Date(Date.parse(context.now) + SHORT_MS).toISOString();
      return context.schedule(item, due, CountLater, payload);
    }
    if (item === ITEM.refused) {
      const { messageId: commandId, messageType: commandType } = context.message;
      const refusal = { customerId, commandId, commandType, code: 'sold_out', detail: 'None is left.' };
      return void context.reply(CommandRejected, refusal);
    }
    context.reply(StockChecked, payload);
    if (item === ITEM.twice) context.reply(StockCounted, payload);
  }),
  // A timer has no sender to reply to: what it emits answers the request that it goes on with.
  handler(CountLater, (payload, context) => void context.emit(StockCounted, payload)),
]);

export const warehouseAnswers: ReadonlyMap<string, AnswerHandler> = new Map([
  [
    'price',
    ((answer: Answer<typeof AskPrice>, context: HandlerContext) => {
      const { customerId } = answer;
      const item = answer.outcome === 'replied' ? `${answer.payload.item} with price` : answer.outcome;
      context.reply(StockChecked, { customerId, item });
    }) as AnswerHandler,
  ],
]);

function handler(
  { type }: MessageDefinition,
  handle: (payload: OrderPayload, context: HandlerContext) => void,
): [string, MessageHandler] {
  return [type, handle as MessageHandler];
}
