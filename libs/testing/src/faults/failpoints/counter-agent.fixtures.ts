/**
 * A whole agent in one process, for tests of failpoints: it adds up amounts, and confirms some of them outside.
 * Run by node itself, which strips the types: no decorators, and the built packages.
 */
import { createCatalogue, defineMessage, fields } from '@aika/contracts';
import {
  AgentRuntime,
  defineAgent,
  defineEffect,
  defineStore,
  type EffectHandler,
  type HandlerContext,
  type MessageHandler,
  MessageSender,
  outcome,
  silentLogger,
} from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { createLocalStateStores } from '@aika/messaging/local-state';

const COUNTER = 'risk-assessment-agent';
const TIMEOUT_MS = 2_000;

class AddPayload {
  declare readonly customerId: string;
  declare readonly amount: number;
}
fields.Id()(AddPayload.prototype, 'customerId');
fields.Int({ min: -1000, max: 1000 })(AddPayload.prototype, 'amount');

const shared = { owner: COUNTER, payload: AddPayload, example: { customerId: 'c-1', amount: 1 } } as const;
const Add = defineMessage({ ...shared, type: 'ADD', kind: 'command', stage: 'intake' });
const AddOutside = defineMessage({ ...shared, type: 'ADD_OUTSIDE', kind: 'command', stage: 'intake' });
const Added = defineMessage({ ...shared, type: 'ADDED', kind: 'event', stage: 'decision' });
const Confirmed = defineMessage({ ...shared, type: 'CONFIRMED', kind: 'event', stage: 'settlement' });
const catalogue = createCatalogue([Add, AddOutside, Added, Confirmed]);
const Confirm = defineEffect<AddPayload>({ name: 'confirm', backoffMs: 5, maxBackoffMs: 20 });
const Totals = defineStore<number>('totals');

const agent = defineAgent({
  id: COUNTER,
  inbox: 'agent.risk',
  handles: [Add, AddOutside],
  emits: [Added, Confirmed],
  effects: [Confirm],
  steward: true,
});

const add = (payload: AddPayload, context: HandlerContext): void => {
  const totals = context.store(Totals);
  totals.put('total', (totals.get('total') ?? 0) + payload.amount);
  context.emit(Added, payload);
};
const addOutside = (payload: AddPayload, context: HandlerContext): void => {
  context.effect(Confirm, payload);
};
const confirm: EffectHandler<object> = (request) =>
  Promise.resolve(outcome(Confirmed, request as AddPayload));

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const namespace = process.env['COUNTER_NAMESPACE'] ?? '';
const log = createKafkaLog({ brokers, clientId: 'counter', requestTimeoutMs: 500 });

/** Commands to send before the agent starts: "ADD,ADD_OUTSIDE". */
const commands = (process.env['COUNTER_SEND'] ?? '').split(',').filter((type) => type !== '');
const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'test' });
for (const type of commands) {
  await sender.send(type === 'ADD' ? Add : AddOutside, { customerId: 'c-1', amount: 1 });
}
await sender.close();

/** Local copies of state, where a folder is named. */
const directory = process.env['COUNTER_STATE_DIR'];
const copies = {
  groupId: `${namespace}.${COUNTER}`,
  instanceId: 'counter-1',
  maxAgeMs: 3_600_000,
  logger: silentLogger,
};

new AgentRuntime({
  agent,
  log,
  namespace,
  instanceId: 'counter-1',
  catalogue,
  handlers: new Map([
    ['ADD', add as MessageHandler],
    ['ADD_OUTSIDE', addOutside as MessageHandler],
  ]),
  effects: new Map([['confirm', confirm]]),
  logger: silentLogger,
  ...(directory === undefined ? {} : { stores: createLocalStateStores({ ...copies, directory }) }),
  settings: { sessionTimeoutMs: TIMEOUT_MS, transactionTimeoutMs: TIMEOUT_MS, idleCommitMs: 100 },
}).start();
