import { describe, expect, it } from '@jest/globals';
import { AskTimedOut, CommandRejected } from '@aika/contracts';
import {
  Add,
  AddLater,
  Added,
  Confirmed,
  COUNTER,
  Foreign,
} from '../runtime/suite/counter-agent.fixtures.js';
import { type AskDefinition, defineAgent, defineAsk } from './index.js';

type AnyAsk = Pick<AskDefinition, 'name' | 'command' | 'replies' | 'withinMs'>;
const spec = { name: 'foreign', command: Foreign, replies: [Added], withinMs: 1000 } as const;

describe('the definition of an ask', () => {
  it.each<[AnyAsk, RegExp]>([
    [{ ...spec, name: 'Not A Name' }, /lower-case/],
    [{ ...spec, replies: [] }, /names no message that answers it/],
    [{ ...spec, command: Added }, /ADDED is not a command that one agent owns/],
    [{ ...spec, withinMs: 0 }, /milliseconds above 0, not 0/],
    [{ ...spec, withinMs: Infinity }, /not Infinity/],
  ])('refuses what cannot be asked', (options, message) => {
    expect(() => defineAsk(options)).toThrow(message);
  });

  it('keeps what is asked, whatever type its memory has', () => {
    expect(defineAsk(spec).remembering<{ readonly id: string }>()).toMatchObject(spec);
  });
});

describe('an agent that asks', () => {
  const manifest = { id: COUNTER, inbox: 'agent.risk', handles: [Add, AddLater], emits: [Confirmed] };

  it('handles what may end the ask, and emits its command, without naming them', () => {
    const agent = defineAgent({ ...manifest, asks: [defineAsk(spec)] });
    expect(agent.handles).toEqual([Add, AddLater, Added, CommandRejected, AskTimedOut]);
    expect(agent.emits).toEqual([Confirmed, Foreign]);
  });

  it('names each ask once', () => {
    const asks = [defineAsk(spec), defineAsk(spec)];
    expect(() => defineAgent({ ...manifest, asks })).toThrow(/names foreign twice in "asks"/);
  });
});
