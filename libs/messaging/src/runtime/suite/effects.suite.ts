import { beforeEach, describe, expect, it } from '@jest/globals';
import { RetryParked } from '@aika/contracts';
import {
  defineAgent,
  defineEffect,
  type EffectCall,
  type EffectDefinition,
  type EffectHandler,
  type MessageHandler,
  outcome,
  RetriableError,
  TerminalError,
} from '../../agent/index.js';
import type { AgentRuntime } from '../agent-runtime.js';
import { AddOutside, type AddPayload, Confirmed, counterAgent } from './counter-agent.fixtures.js';
import { type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

/** One call of the other side. */
interface Asked {
  readonly key: string;
  readonly customerId: string;
  readonly amount: number;
}
type OtherSide = (asked: Asked, call: EffectCall) => Promise<void>;

const isUp: OtherSide = () => Promise.resolve();
const isDown: OtherSide = () => Promise.reject(new RetriableError('DOWN', 'nobody there'));
const options = {
  name: 'confirm',
  maxAttempts: 3,
  backoffMs: 5,
  maxBackoffMs: 20,
  breaker: { pauseMs: 5, maxPauseMs: 20 },
};
const Confirm = defineEffect<AddPayload>(options);
const ConfirmInOrder = defineEffect<AddPayload>({ ...options, ordered: true });

/** Rules of effects, the same on every adapter. */
export function describeEffects(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`effects of an agent on ${name}`, () => {
    const world = useCounterWorld(open);
    let otherSide: OtherSide;
    /** What the other side adds to its answer. */
    let extra: object;
    /** Every call, and those that were answered. */
    let asked: Asked[];
    let answered: Asked[];

    const customer = (): string => world().customer();
    const amountsOf = (calls: readonly Asked[], customerId: string): number[] =>
      calls.filter((call) => call.customerId === customerId).map(({ amount }) => amount);

    const confirm = async (request: AddPayload, call: EffectCall) => {
      const { customerId, amount } = request;
      const one = { key: call.idempotencyKey, customerId, amount };
      asked.push(one);
      await otherSide(one, call);
      answered.push(one);
      return outcome(Confirmed, { customerId, amount, ...extra });
    };

    const start = (effect: EffectDefinition<AddPayload>): Promise<AgentRuntime> => {
      const askForIt = (payload: AddPayload, context: Parameters<MessageHandler>[1]): void => {
        context.effect(effect, payload);
      };
      return world().start('one', {
        agent: defineAgent({ ...counterAgent, handles: [AddOutside], effects: [effect] }),
        handlers: new Map([[AddOutside.type, askForIt as MessageHandler]]),
        effects: new Map([[effect.name, confirm as EffectHandler<object>]]),
      });
    };

    const ask = (...requests: readonly AddPayload[]) =>
      world().sender.sendAll(requests.map((payload) => ({ definition: AddOutside, payload })));

    beforeEach(() => {
      asked = [];
      answered = [];
      otherSide = isUp;
      extra = {};
    });

    it('outlive an outage of many more attempts than they have: each is done, and none is stuck', async () => {
      const agent = await start(Confirm);
      otherSide = isDown;
      const ids = Array.from({ length: 6 }, customer);
      await ask(...ids.map((customerId) => ({ customerId, amount: 1 })));
      // With three attempts each, six effects would be out of them after 18.
      await until(() => asked.length >= 20 && agent.status().pendingEffects === ids.length);
      expect(agent.status().openCircuits).toMatchObject([{ effect: 'confirm' }]);
      expect(agent.status().stuckEffects).toBe(0);
      otherSide = isUp;
      await until(() => agent.status().pendingEffects === 0);
      expect(answered.map(({ customerId }) => customerId).sort()).toEqual([...ids].sort());
      expect(agent.status()).toMatchObject({ openCircuits: [], stuckEffects: 0 });
    });

    it('that were refused, or whose result fits no message, are stuck until a person asks for a retry', async () => {
      const agent = await start(Confirm);
      const [refused, tooLarge] = [customer(), customer()];
      otherSide = ({ customerId }) =>
        customerId === refused ? Promise.reject(new TerminalError('NO_WAY', 'never')) : Promise.resolve();
      extra = { note: 'x'.repeat(1_000_000) };
      await ask({ customerId: refused, amount: 1 }, { customerId: tooLarge, amount: 2 });
      await until(() => agent.status().stuckEffects === 2);
      expect(agent.status().openCircuits).toEqual([]);
      otherSide = isUp;
      extra = {};
      const targetAgentId = counterAgent.id;
      for (const customerId of [refused, tooLarge]) {
        await world().sender.send(RetryParked, { customerId, reason: 'cured' }, { targetAgentId });
      }
      await until(() => agent.status().pendingEffects === 0);
      expect(agent.status().stuckEffects).toBe(0);
      expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
    });

    it('that are ordered run in order per customer, and those of different customers at the same time', async () => {
      const agent = await start(ConfirmInOrder);
      const [ada, bob] = [customer(), customer()];
      const atWork = new Map<string, number>();
      const bothAtWork = Promise.withResolvers<void>();
      let mostPerCustomer = 0;
      otherSide = async ({ customerId }) => {
        const now = (atWork.get(customerId) ?? 0) + 1;
        atWork.set(customerId, now);
        mostPerCustomer = Math.max(mostPerCustomer, now);
        if (atWork.get(ada) === 1 && atWork.get(bob) === 1) bothAtWork.resolve();
        await bothAtWork.promise;
        atWork.set(customerId, now - 1);
      };
      const amounts = [1, 2, 3, 4, 5];
      await ask(...amounts.flatMap((amount) => [ada, bob].map((customerId) => ({ customerId, amount }))));
      await until(
        () =>
          [ada, bob].every((id) => amountsOf(answered, id).length === amounts.length) &&
          agent.status().pendingEffects === 0,
      );
      expect([ada, bob].map((id) => amountsOf(answered, id))).toEqual([amounts, amounts]);
      expect(mostPerCustomer).toBe(1);
    });

    it('that are pending at a stop run again in their order, under the same keys', async () => {
      otherSide = isDown;
      const customerId = customer();
      const first = await start(ConfirmInOrder);
      const amounts = [1, 2, 3, 4];
      for (const amount of amounts) await ask({ customerId, amount });
      await until(() => first.status().pendingEffects === amounts.length && asked.length > 0);
      await first.stop();
      const [before] = asked;
      otherSide = isUp;
      const second = await start(ConfirmInOrder);
      await until(() => answered.length === amounts.length && second.status().pendingEffects === 0);
      expect(amountsOf(answered, customerId)).toEqual(amounts);
      expect(answered[0]).toEqual(before);
      expect(new Set(answered.map(({ key }) => key)).size).toBe(amounts.length);
    });
  });
}
