import { describe, expect, it } from '@jest/globals';
import {
  fold,
  rejected,
  type Command,
  type CommandRejected,
  type Decider,
  type DomainEvent,
} from './decider.js';
import { SpecificationError, specify } from './testing.js';

type Open = Command<'OPEN', { readonly customerId: string }>;
type Opened = DomainEvent<'OPENED', { readonly customerId: string; readonly note?: string }>;

const door: Decider<{ readonly open: boolean }, Open, Opened | CommandRejected> = {
  initialState: { open: false },
  decide: (state, command) => {
    if (command.data.customerId === 'nobody') return [rejected(command, 'locked', 'it is locked', 'd1')];
    return state.open ? [] : [{ type: 'OPENED', data: command.data }];
  },
  evolve: (state, event) => (event.type === 'OPENED' ? { open: true } : state),
};
const command = (customerId: string): Open => ({
  type: 'OPEN',
  id: 'msg-1',
  at: '2026-01-01T00:00:00Z',
  actor: 'test',
  data: { customerId },
});
const opened: Opened = { type: 'OPENED', data: { customerId: 'c1' } };

describe('a specification of a decider', () => {
  it('accepts what follows: events, nothing, a refusal', () => {
    specify(door).when(command('c1')).then(opened);
    specify(door)
      .when(command('c1'))
      .then({ type: 'OPENED', data: { note: undefined, customerId: 'c1' } });
    specify(door).given(opened).when(command('c1')).thenNothing();
    specify(door).when(command('nobody')).thenRejected('locked');
    expect(specify(door).when(command('c1')).outcome()).toEqual({ events: [opened], state: { open: true } });
    expect(fold(door, [opened])).toEqual({ open: true });
  });

  it('fails on anything else', () => {
    const expectation = specify(door).when(command('c1'));
    expect(() => expectation.thenNothing()).toThrow(SpecificationError);
    expect(() => expectation.then()).toThrow(SpecificationError);
    expect(() => expectation.then(opened, opened)).toThrow(SpecificationError);
    expect(() => expectation.thenRejected('locked')).toThrow(SpecificationError);
  });
});
