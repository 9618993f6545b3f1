import { ClaimClosed, ClaimReopened, ClaimWithdrawn, CommandRejected, WithdrawClaim } from '@aika/contracts';
import { defineAgent } from '@aika/messaging';
import { describe, expect, it } from '@jest/globals';
import { commandOf, decideOn, defineEntity, stateOf } from './entity.js';
import { TestAgent } from './testing/index.js';

type Event = { readonly type: string; readonly data: object };
type Command = { readonly type: string; readonly data: object };

/** A decider that says what its command tells it to, and counts it. */
const echo = defineEntity<{ readonly count: number }, Command & { readonly say: readonly string[] }, Event>({
  name: 'echo',
  observes: ['CLAIM_REOPENED'],
  decider: {
    initialState: { count: 0 },
    decide: (_, { say, data }) => say.map((type) => ({ type, data })),
    evolve: ({ count }) => ({ count: count + 1 }),
  },
});

const ids = { customerId: 'cust-1', claimId: 'clm-1' };
const withdraw = { ...ids, reason: 'Paid by the other party.' };
const agentOf = () =>
  new TestAgent(
    defineAgent({
      id: 'echo-agent',
      inbox: 'agent.claims',
      handles: [],
      emits: [ClaimWithdrawn, ClaimClosed, ClaimReopened, CommandRejected],
    }),
  );

describe('an entity', () => {
  const tell = (agent: TestAgent, say: readonly string[], data: object = withdraw) => {
    const context = agent.context(WithdrawClaim, withdraw);
    return decideOn(context, echo, 'clm-1', { ...commandOf(context, 'SAY', data), say });
  };

  it('emits each event under its own type, in order', () => {
    const agent = agentOf();
    tell(agent, ['CLAIM_WITHDRAWN', 'CLAIM_WITHDRAWN']);
    expect(agent.takeTypes()).toEqual(['CLAIM_WITHDRAWN', 'CLAIM_WITHDRAWN']);
  });

  it('keeps its state from message to message, per id', () => {
    const agent = agentOf();
    tell(agent, ['CLAIM_WITHDRAWN']);
    tell(agent, ['CLAIM_WITHDRAWN']);
    const context = agent.context(WithdrawClaim, withdraw);
    expect(stateOf(context, echo, 'clm-1')).toEqual({ count: 2 });
    expect(stateOf(context, echo, 'clm-2')).toEqual({ count: 0 });
  });

  it('keeps an observed event in its state without emitting it again', () => {
    const agent = agentOf();
    expect(tell(agent, ['CLAIM_REOPENED'])).toHaveLength(1);
    expect(agent.takeTypes()).toEqual([]);
    expect(stateOf(agent.context(WithdrawClaim, withdraw), echo, 'clm-1')).toEqual({ count: 1 });
  });

  it('answers a refused command under the id and type of the message that its sender knows', () => {
    const agent = agentOf();
    const refusal = { ...ids, commandId: 'x', commandType: 'SAY', code: 'no', detail: 'No.' };
    tell(agent, ['COMMAND_REJECTED'], refusal);
    expect(agent.takeEmitted()).toMatchObject([
      { payload: { code: 'no', commandId: 'msg-1', commandType: 'WITHDRAW_CLAIM' } },
    ]);
  });

  it('stores and emits nothing for a command that has nothing new to say', () => {
    const agent = agentOf();
    expect(tell(agent, [])).toEqual([]);
    expect(agent.context(WithdrawClaim, withdraw).store(echo.store).get('clm-1')).toBeUndefined();
  });

  it('refuses an event that no contract defines', () => {
    expect(() => tell(agentOf(), ['SOMETHING_HAPPENED'])).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT', retriable: false }),
    );
  });

  it('names the person behind a program as the actor, else the sender', () => {
    const agent = agentOf();
    const byProgram = agent.context(WithdrawClaim, withdraw, { sourceAgentId: 'portal' });
    const byPerson = agent.context(WithdrawClaim, withdraw, { metadata: { actor: 'manager-7' } });
    expect(commandOf(byProgram, 'SAY', {}).actor).toBe('portal');
    expect(commandOf(byPerson, 'SAY', {}).actor).toBe('manager-7');
  });
});
