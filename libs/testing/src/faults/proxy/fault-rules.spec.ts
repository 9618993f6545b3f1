import { describe, expect, it } from '@jest/globals';
import { FaultRules, type FrameFacts } from './fault-rules.js';

const END_TXN: FrameFacts = { api: 'EndTxn', broker: 2, direction: 'answer' };
const FETCH: FrameFacts = { api: 'Fetch', broker: 2, direction: 'answer' };

const ends = (rules: FaultRules, frame: FrameFacts, times: number) =>
  Array.from({ length: times }, () => rules.judge(frame).end);

describe('fault rules', () => {
  it('let everything pass when there are none', () => {
    expect(new FaultRules().judge(FETCH)).toEqual({ delayMs: 0, end: 'pass' });
  });

  it('meet frames of their request, broker and direction only', () => {
    const rules = new FaultRules();
    const fault = rules.add({ api: 'EndTxn', broker: 2, direction: 'answer', action: 'drop' });
    expect(rules.judge(FETCH).end).toBe('pass');
    expect(rules.judge({ ...END_TXN, broker: 1 }).end).toBe('pass');
    expect(rules.judge({ ...END_TXN, direction: 'request' }).end).toBe('pass');
    expect(fault.hits).toBe(0);
    expect(rules.judge(END_TXN).end).toBe('drop');
    expect(fault.hits).toBe(1);
  });

  it('meet everything of a broker when only the broker is named', () => {
    const rules = new FaultRules();
    rules.add({ broker: 2, action: 'drop' });
    expect(rules.judge(FETCH).end).toBe('drop');
    expect(rules.judge({ ...FETCH, direction: 'request' }).end).toBe('drop');
    expect(rules.judge({ ...FETCH, broker: 3 }).end).toBe('pass');
  });

  it('let the first frames pass and end after a count', () => {
    const rules = new FaultRules();
    rules.add({ api: 'EndTxn', action: 'reset', after: 1, count: 2 });
    expect(ends(rules, END_TXN, 5)).toEqual(['pass', 'reset', 'reset', 'pass', 'pass']);
  });

  it('end when they are cleared, alone or all', () => {
    const rules = new FaultRules();
    const first = rules.add({ api: 'EndTxn', action: 'drop' });
    rules.add({ api: 'Fetch', action: 'drop' });
    first.clear();
    expect(rules.judge(END_TXN).end).toBe('pass');
    expect(rules.judge(FETCH).end).toBe('drop');
    rules.clear();
    expect(rules.judge(FETCH).end).toBe('pass');
  });

  it('add delays up, and a delay goes with another action', () => {
    const rules = new FaultRules();
    rules.add({ action: 'delay', delayMs: 200 });
    rules.add({ api: 'Fetch', action: 'delay', delayMs: 100 });
    rules.add({ api: 'EndTxn', action: 'reset' });
    expect(rules.judge(FETCH)).toEqual({ delayMs: 300, end: 'pass' });
    expect(rules.judge(END_TXN)).toEqual({ delayMs: 200, end: 'reset' });
  });

  it('draw by their seed which frames they meet', () => {
    const drawn = (seed: number) => {
      const rules = new FaultRules();
      rules.add({ action: 'drop', probability: 0.3, seed });
      return ends(rules, FETCH, 200);
    };
    expect(drawn(5)).toEqual(drawn(5));
    expect(drawn(5)).not.toEqual(drawn(6));
    const dropped = drawn(5).filter((end) => end === 'drop').length;
    expect(dropped).toBeGreaterThan(30);
    expect(dropped).toBeLessThan(90);
  });

  it('say when they were not met', async () => {
    const fault = new FaultRules().add({ api: 'EndTxn', action: 'drop' });
    await expect(fault.hit(1, 20)).rejects.toThrow('0 of 1 hits');
  });
});
